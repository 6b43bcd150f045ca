"""Bases: a page of one animal, a form on it, a press of a button."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import Refused
from core.panel import PanelView

from .. import queries

TABS = [
    ("file", _("Overview")),
    ("vaccinations", _("Vaccinations")),
    ("measurements", _("Measurements")),
    ("notes", _("Notes")),
    ("people", _("People")),
    ("sharing", _("Sharing")),
]


class PetView(PanelView):
    """A page of one animal this person keeps. A stranger's is 404."""

    tab = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.now: datetime = timezone.now()
        if request.user.is_authenticated:
            self.pet = get_object_or_404(self.pets(), public_id=kwargs["pet"])
            self.keeper = self.pet.keepers.get(user=request.user)

    def pets(self) -> Any:
        return queries.pets_of(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        of_address = {"pet": self.pet}  # Django hands on what stands in the address; here it is the animal
        return super().get_context_data(**(kwargs | of_address), keeper=self.keeper, tab=self.tab, tabs=TABS)

    def back(self, tab: str = "") -> HttpResponse:
        return redirect(f"pets:{tab or self.tab or 'file'}", self.pet.public_id)


class FormPage:
    """A page that is also a form: errors come back with what was typed."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=self.form(None)))  # type: ignore[attr-defined]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        answer = self.try_done(form) if form.is_valid() else None
        if answer is not None:
            return answer
        return self.render_to_response(self.get_context_data(form=form))  # type: ignore[attr-defined]

    def try_done(self, form: Any) -> HttpResponse | None:
        try:
            return self.done(form)
        except Refused as refused:
            self.refuse(form, refused)
            return None

    def refuse(self, form: Any, refused: Refused) -> None:
        form.add_error(None, refused.message)

    def form(self, data: Any) -> Any:
        raise NotImplementedError

    def done(self, form: Any) -> HttpResponse:
        raise NotImplementedError


class PetAction(PetView):
    """A press of a button. `act` calls one verb and gives the sentence to show."""

    http_method_names = ["post"]
    back_to = "file"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        say(request, self.act)
        return self.back(self.back_to)

    def act(self) -> Any:
        raise NotImplementedError


def say(request: HttpRequest, act: Callable[[], Any]) -> bool:
    """Do it and tell what happened, or why not."""
    try:
        sentence = act()
    except Refused as refused:
        messages.error(request, refused.message)
        return False
    messages.success(request, sentence)
    return True


def kept(view: PetView, kind: Any, pk: int) -> Any:
    """A row of this animal's file, or 404."""
    return get_object_or_404(kind.objects.filter(pet=view.pet), pk=pk)
