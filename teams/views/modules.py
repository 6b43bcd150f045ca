"""Which modules a person or a business uses. Each switch is a form of its own, so it needs no script."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from core import panel

from .. import module_states, modules, permissions, services
from ..access import BusinessPanelView


class Switches(panel.PanelView):
    """Base of both pages."""

    template_name = "teams/modules.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(modules=module_states.states(self.request), **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        code, is_on = request.POST.get("module", ""), request.POST.get("on") == "1"
        if code not in module_states.pages_of(request.place.scope):  # type: ignore[attr-defined]
            raise Http404
        services.switch_module(module=code, is_on=is_on, by=request.user, **self.holder())
        off = _("“%(module)s” is off: its pages and notices are gone.")
        told = _("“%(module)s” is on.") if is_on else off
        messages.success(request, told % {"module": modules.BY_CODE[code].label})
        return redirect(self._back() or request.path)

    def holder(self) -> dict[str, Any]:
        raise NotImplementedError

    def _back(self) -> str:
        """The card on the first page has the same switches."""
        url = self.request.POST.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(url, {self.request.get_host()})
        return url if is_ours else ""


class OfPerson(Switches):
    def holder(self) -> dict[str, Any]:
        return {"user": self.request.user}


class OfBusiness(BusinessPanelView, Switches):
    right = permissions.MODULES

    def holder(self) -> dict[str, Any]:
        return {"business": self.business}
