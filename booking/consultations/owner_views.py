"""The consultation in the panel of its customer: enter, say that nobody came, read the summary."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import money
from pets.models import Grant, Scope
from pets.services import sharing

from ..owner_views import Mine
from . import advice, forms, queries, services
from .models import Consultation, Presence
from .room_views import TEMPLATE, RoomMixin
from .states import Side


class OfMine(Mine):
    """Base: a consultation of the person who is signed in."""

    @cached_property
    def room(self) -> Consultation:
        rows = queries.of_owner(self.request.user)
        return get_object_or_404(rows, booking__public_id=self.kwargs["public_id"])


class MyRoom(RoomMixin, OfMine):
    template_name = TEMPLATE
    side = Side.OWNER

    @cached_property
    def paper(self) -> Any:
        return advice.text()

    def form(self, data: Any = None) -> Any:
        """None while no advice text is in force: then no room opens."""
        if self.paper is None:
            return None
        is_accepted = advice.is_accepted(self.room, self.request.user)
        may_share = bool(self._closed_files())
        return forms.EnterForm(data, paper=self.paper, is_accepted=is_accepted, may_share=may_share)

    def enter(self, form: Any, resume: UUID | None, now: datetime) -> Presence:
        if form is not None and form.cleaned_data.get("accept"):
            where = {"ip": get_adapter().get_client_ip(self.request), "locale": get_language() or ""}
            version = self.paper.version
            advice.accept(self.room, version=version, by=self.request.user, now=now, **where)
        presence = super().enter(form, resume, now)
        if form is not None and form.cleaned_data.get("share"):
            self._share(now)
        return presence

    def _closed_files(self) -> list[Any]:
        """Animals whose file she keeps and the business cannot read right now."""
        user: Any = self.request.user
        booking = self.room.booking
        items = booking.items.filter(pet__keepers__user=user, pet__archived_at=None).select_related("pet")
        pets = [item.pet for item in items if item.pet]
        grants = Grant.objects.live(timezone.now()).to(booking.business).filter(pet__in=pets)
        is_open = set(grants.values_list("pet_id", flat=True))
        return [pet for pet in pets if pet.pk not in is_open]

    def _share(self, now: datetime) -> None:
        by, business = self.request.user, self.room.booking.business
        for pet in self._closed_files():
            until = self.room.closes_at
            sharing.grant(pet=pet, business=business, scope=Scope.READ, until=until, by=by, now=now)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(paper=self.paper, **kwargs)


class NobodyCame(OfMine):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        by: Any = request.user
        back = services.report_nobody(consultation=self.room, by=by, now=timezone.now())
        if back:
            messages.success(
                request, _("We are sorry. %(amount)s goes back.") % {"amount": money.display(back)}
            )
        else:
            messages.success(request, _("We are sorry. It is cancelled; nothing was charged."))
        return redirect(self.room.booking.url())


class MySummary(OfMine):
    template_name = "booking/consultations/summary.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        summary = queries.summary_of(self.room)
        if summary is None or summary.sent_at is None:
            raise Http404
        found = {
            "room": self.room,
            "booking": self.room.booking,
            "summary": summary,
            "addenda": summary.addenda.select_related("author"),
            "presences": queries.presences_of(self.room),
            "items": self.room.booking.items.select_related("pet"),
            "lines": self.room.messages.select_related("author"),
        }
        return super().get_context_data(**found, **kwargs)
