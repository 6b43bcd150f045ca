"""What all pages of upkeep in the back office share: a right, a window, a form that is answered with 422."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from core.errors import Refused

from .. import forms, permissions
from ..models import MaintenanceWindow


def may_run(request: HttpRequest) -> bool:
    return request.user.has_perm(permissions.RUN)


class OfficeView(PermissionRequiredMixin, TemplateView):
    permission_required = permissions.RUN

    def found(self) -> MaintenanceWindow:
        rows = MaintenanceWindow.objects.prefetch_related("components", "updates", "rounds")
        return get_object_or_404(rows.select_related("follows", "continued_by"), pk=self.kwargs["pk"])


class Form(OfficeView):
    """Base of a page with one form that is answered with 422 when it is refused."""

    template_name = "upkeep/back_office/form.html"
    form_class: type[BaseForm] = forms.Nothing
    title: Any = ""
    button: Any = gettext_lazy("Save")
    note: Any = ""
    window: Any = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"title": self.title, "button": self.button, "note": self.note, "window": self.window}
        return super().get_context_data(**(words | kwargs))

    def answer(self, form: BaseForm, *, status: int = 200, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, **context), status=status)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.answer(self.form_class(initial=self.initial()))

    def initial(self) -> dict[str, Any]:
        return {}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self.answer(form, status=422)
        try:
            return self.done(form)
        except Refused as error:
            form.add_error(None, str(error.message))
            return self.answer(form, status=422)

    def done(self, form: Any) -> HttpResponse:
        raise NotImplementedError
