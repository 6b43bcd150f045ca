"""Hesap > Verilerim: requests about one's data, the copies, closing the account and coming back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic.edit import BaseFormView

from core import personal_data
from core.errors import Refused

from .. import panel_forms, queries, services
from ..models import Export
from ..services.closing import TIME_TO_THINK
from ..states import Status
from .base import AccountPage


class Data(BaseFormView, AccountPage):
    template_name = "account/data/index.html"
    form_class = panel_forms.AskForData

    def get_initial(self) -> dict[str, Any]:
        return {"kind": "export"}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            request = services.ask_for_data(user=self.request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as error:
            form.add_error("kind", error.message)
            return self.form_invalid(form)
        messages.success(
            self.request, _("We have your request. Its number is %(number)s.") % {"number": request.number}
        )
        return redirect("account_data")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            requests=queries.requests_of(self.request.user), now=timezone.now(), **kwargs
        )


class CopyFile(AccountPage):
    """One of the two files, only for the person it is about and only in its week."""

    def get(self, request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
        ours = Export.objects.filter(request__user=request.user, expires_at__gt=timezone.now())
        export = get_object_or_404(ours.select_related("request"), request__public_id=public_id)
        file = {"json": export.json, "pdf": export.pdf}.get(kind)
        if file is None or not file.storage.exists(file.name):
            raise Http404
        name = f"dijivet-{export.request.number}.{kind}"
        return FileResponse(file.open(), as_attachment=True, filename=name)


class Close(BaseFormView, AccountPage):
    """The last step before the thirty days: what goes, what stays, password."""

    template_name = "account/data/close.html"
    form_class = panel_forms.ConfirmClosing

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            services.begin_closing(user=self.request.user, by=self.request.user, now=timezone.now())
        except Refused as error:
            form.add_error(None, error.message)
            return self.form_invalid(form)
        return redirect("account_return")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = personal_data.OnErase.KEEP
        held = [item for item in personal_data.every() if item.on_erase == kept]
        return super().get_context_data(
            held=[item for item in held if item.rows_of(self.request.user).exists()],
            closes_at=timezone.now() + TIME_TO_THINK,
            **kwargs,
        )


class Return(AccountPage):
    """All that a paused account, or one that is being closed, can see: the way back."""

    template_name = "account/return.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.status == Status.ACTIVE:
            return redirect("panel")
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.status == Status.SUSPENDED:
            services.return_account(user=user, by=user)
        elif user.status == Status.CLOSING:
            services.take_back_closing(user=user, by=user, now=timezone.now())
        messages.success(request, _("Welcome back. Everything is where you left it."))
        return redirect("panel")
