"""Lost, found again, passed away: pages that have to find the right words."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from .. import forms
from ..models import LostPage
from ..services import pets, sharing
from ..states import Status
from .base import FormPage, PetAction, PetView
from .pets import photo_answer


class Lost(FormPage, PetView):
    """At home: when did you miss it? Lost: what to do, and the page for finders."""

    template_name = "pets/lost.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated and not self.pet.is_alive:
            raise Http404

    def open_page(self) -> LostPage | None:
        return self.pet.lost_pages.filter(closed_at=None).first()

    def form(self, data: Any) -> Any:
        return forms.ShowLost(data, instance=self.open_page()) if self.pet.is_lost else forms.SinceDay(data)

    def done(self, form: Any) -> HttpResponse:
        user = self.request.user
        if self.pet.is_lost:
            sharing.open_lost_page(pet=self.pet, by=user, now=self.now, **form.cleaned_data)
            messages.success(self.request, _("The page is open. Share its link."))
        else:
            pets.report_lost(pet=self.pet, on=form.cleaned_data["on"], by=user, now=self.now)
        return self.back("lost")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = self.open_page()
        return super().get_context_data(
            page=page,
            page_url=self.request.build_absolute_uri(page.get_absolute_url()) if page else "",
            duty=self.pet.duties.filter(kind="loss_report").first(),
            **kwargs,
        )


class Found(PetAction):
    def act(self) -> str:
        pets.report_found(pet=self.pet, by=self.request.user, now=self.now)
        return _("How good that %(name)s is home. The page for finders is closed.") % {"name": self.pet.name}


class ClosePage(PetAction):
    back_to = "lost"

    def act(self) -> str:
        sharing.close_lost_page(pet=self.pet, by=self.request.user, now=self.now)
        return _("The page is closed; its link leads nowhere.")


class Farewell(FormPage, PetView):
    template_name = "pets/farewell.html"

    def form(self, data: Any) -> forms.SinceDay:
        return forms.SinceDay(data)

    def done(self, form: Any) -> HttpResponse:
        user = self.request.user
        pets.report_death(pet=self.pet, on=form.cleaned_data["on"], by=user, now=self.now)
        return self.back("file")


class TakeBack(PetAction):
    def act(self) -> str:
        pets.take_back_death(pet=self.pet, by=self.request.user, now=self.now)
        return _("Corrected: %(name)s is at home.") % {"name": self.pet.name}


def _shown(token: str) -> LostPage:
    rows = LostPage.objects.filter(closed_at=None, pet__status=Status.LOST, pet__archived_at=None)
    return get_object_or_404(rows.select_related("pet"), token=token)


def lost_page(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever has the link, until it is closed."""
    page = _shown(token)
    answer = render(request, "pets/lost_page.html", {"page": page, "pet": page.pet})
    add_never_cache_headers(answer)
    return answer


def lost_photo(request: HttpRequest, token: str) -> Any:
    page = _shown(token)
    if not page.shows_photo:
        raise Http404
    answer = photo_answer(page.pet, "large")
    add_never_cache_headers(answer)
    return answer
