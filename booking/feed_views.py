"""Calendars by their private address, and the file of one booking."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View

from accounts.models import User
from core import panel

from . import entries, queries
from .models import CalendarLink
from .models.links import new_token
from .owner_views import OfMine

TYPE = "text/calendar; charset=utf-8"


class Feed(View):
    """Whoever has the address; asks for no session and tells no robot."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        link = get_object_or_404(CalendarLink.objects.select_related("user", "resource"), token=token)
        now = timezone.now()
        name = _("My appointments at Diji.vet") if link.user else str(link.resource)
        rows = queries.bookings_of(link.user) if link.user else queries.bookings_on(link.resource)
        found = entries.of_feed(rows, now)
        body = entries.calendar(found, name=name, now=now, is_private=bool(link.user))
        return HttpResponse(body, TYPE, headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex"})


class OneFile(OfMine):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        booking = self.booking
        body = entries.calendar([booking], name=booking.title, now=timezone.now(), is_private=True)
        answer = HttpResponse(body, TYPE)
        answer["Content-Disposition"] = f'attachment; filename="randevu-{booking.number}.ics"'
        return answer


class MyLink(panel.PanelView):
    """Her private address; pressed again there is a new one and the old one ends."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        CalendarLink.objects.update_or_create(user=cast(User, request.user), defaults={"token": new_token()})
        return redirect("my_bookings")
