"""What a person has booked, in her own panel: see, pay, move, cancel."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import money, panel

from . import parts, paying, picking, policies, queries, services
from .errors import AmountChanged, SlotTaken
from .kinds import MODULES
from .models import Booking, CalendarLink
from .services.moving import MOVABLE, around
from .states import BLOCKING, BOOKINGS, By, Status

PAGE = 20
PARTS = {"": gettext_lazy("Coming"), "gecmis": gettext_lazy("Past")}


class Mine(panel.PanelView):
    """Open while any of the modules that book times is on."""

    modules = MODULES


class Bookings(Mine):
    template_name = "booking/panel/bookings.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        part = self.request.GET.get("donem", "")
        part = part if part in PARTS else ""
        rows = queries.bookings_of(self.request.user)
        ahead = rows.filter(status__in=BLOCKING).order_by("starts_at", "pk")
        shown = rows.exclude(status__in=BLOCKING) if part else ahead
        page = Paginator(shown, PAGE).get_page(self.request.GET.get("page"))
        link = CalendarLink.objects.filter(user=self.request.user.pk).first()
        found = {
            "page": page,
            "part": part,
            "parts": PARTS.items(),
            "calendar": settings.BASE_URL + link.get_absolute_url() if link else "",
        }
        return super().get_context_data(**found, **kwargs)


class OfMine(Mine):
    """Base: a booking of the person who is signed in."""

    @cached_property
    def booking(self) -> Booking:
        return get_object_or_404(queries.bookings_of(self.request.user), public_id=self.kwargs["public_id"])


class Detail(OfMine):
    template_name = "booking/panel/booking.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        booking, now = self.booking, timezone.now()
        has_begun = booking.starts_at <= now and booking.status != Status.HELD
        found = {
            "booking": booking,
            "due": _due(booking),
            "tiers": policies.tiers(booking.policy, booking.starts_at, booking.paid or booking.due),
            "back": policies.back(booking, by=By.CUSTOMER, now=now),
            "later": booking.price - booking.due,
            "again": again(booking),
            "parts": parts.of(booking, parts.OWNER, now=now),
            "is_kept": booking.status == Status.HELD and booking.until and booking.until > now,
            "may_cancel": BOOKINGS.allows(booking.status, Status.CANCELLED) and not has_begun,
            "may_move": booking.status in MOVABLE and not has_begun and policies.may_move(booking, now),
        }
        return super().get_context_data(**found, **kwargs)


def again(booking: Booking) -> str:
    """The same animals and nights, for the page of the offering."""
    chosen = [("hayvan", str(item.pet.public_id)) for item in booking.items.all() if item.pet]
    return urlencode([*chosen, ("gece", max(booking.nights, 1))])


def _due(booking: Booking) -> Decimal:
    """What is paid for it now; several that are held together are paid together."""
    if not (booking.is_of_several and booking.status == Status.HELD):
        return booking.due
    return sum((one.due for one in queries.together(booking)), Decimal(0))


class Pay(OfMine):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return redirect(paying.next_page(request, self.booking))


class Cancel(OfMine):
    """The amount that was shown goes with the press; another one by now is asked anew."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        booking = self.booking
        agreed, now = agreed_in(request.POST), timezone.now()
        back = services.cancel(booking=booking, role=By.CUSTOMER, by=request.user, now=now, agreed=agreed)
        messages.success(request, cancelled_words(back))
        return redirect(booking.url())


class Move(OfMine):
    """The times of the same offering, her own included; one press moves it."""

    template_name = "booking/panel/move.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        booking = self.booking
        asked = self.request.GET.copy()
        asked["gece"] = str(max(booking.nights, 1))
        asked.setdefault("hafta", timezone.localdate(booking.starts_at).isoformat())
        asked.setlist("hayvan", [str(one.pet.public_id) for one in booking.items.all() if one.pet])
        now = timezone.now()
        choice = picking.read(around(booking, now), self.request.user, asked, now=now)
        return super().get_context_data(booking=booking, choice=choice, offering=booking.offering, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        booking, wish = self.booking, picking.wish_of(request.POST)
        if wish is None:
            raise SlotTaken
        services.move(booking=booking, starts_at=wish, role=By.CUSTOMER, by=request.user, now=timezone.now())
        messages.success(request, _("It is moved to %(when)s.") % {"when": _when(wish)})
        return redirect(booking.url())


def agreed_in(given: Any) -> Decimal:
    """The amount that was shown. Raises AmountChanged: then it is shown anew."""
    try:
        return Decimal(given.get("agreed", ""))
    except InvalidOperation:
        raise AmountChanged from None


def cancelled_words(back: Decimal) -> str:
    if not back:
        return _("Your appointment is cancelled.")
    return _("Your appointment is cancelled. %(amount)s goes back.") % {"amount": money.display(back)}


def _when(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F l H:i")
