"""What everybody may read: the list of businesses and their pages. Kept answers, exact by tag."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import TemplateView

from core import phones, provinces

from .. import hours, page_parts, queries, shown, structured, trader
from ..kinds import Kind
from ..models import Business

PER_PAGE = 20
LONGEST_QUERY = 80


class BusinessList(TemplateView):
    template_name = "teams/public/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown.lists(timezone.now())
        asked = _asked(self.request)
        found = queries.public_businesses(**asked)
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("page"))
        row: Any
        for row in page:
            row.area = provinces.area(row.district, row.province)
        return super().get_context_data(
            **asked, page=page, kinds=Kind.choices, provinces=provinces.CHOICES, **kwargs
        )


def _asked(request: HttpRequest) -> dict[str, str]:
    """Only what we know: a strange kind or province filters nothing."""
    kind, province = request.GET.get("kind", ""), request.GET.get("province", "")
    return {
        "query": request.GET.get("q", "").strip()[:LONGEST_QUERY],
        "kind": kind if kind in Kind.values else "",
        "province": province if province in provinces.BY_CODE else "",
    }


class BusinessProfile(TemplateView):
    """Only facts in force. A business that is no longer listed is not there."""

    template_name = "teams/public/profile.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        business = get_object_or_404(Business.objects.listed(), slug=self.kwargs["slug"])
        now = timezone.now()
        places = _places(business, now)
        changes = [place["state"].changes_at for place in places if place["state"].changes_at]
        shown.shows(business, now=now, changes_at=min(changes, default=None))
        return super().get_context_data(
            business=business,
            places=places,
            parts=page_parts.of(business),
            people=queries.public_people(business),
            licences=business.licences.valid_on(timezone.localdate(now)).select_related("location"),
            phone=phones.shown(business.phone),
            trader=trader.facts(business) if business.kind == Kind.SHOP else [],
            address=self.request.build_absolute_uri(business.get_absolute_url()),
            structured=structured.as_script(structured.business(business, places, self.request)),
            **kwargs,
        )


def _places(business: Business, now: Any) -> list[dict[str, Any]]:
    today, locations = timezone.localdate(now), list(queries.public_locations(business))
    until = today + timedelta(days=hours.AHEAD)
    books = hours.books(locations, today - timedelta(days=1), until)
    return [_place(location, books[location.pk], now) for location in locations]


def _place(location: Any, book: hours.Book, now: Any) -> dict[str, Any]:
    today, state = timezone.localdate(now), hours.state_in(book, now)
    days = [today + timedelta(days=number) for number in range(7)]
    return {
        "location": location,
        "state": state,
        "sentence": "" if book.is_empty else hours.sentence(state, now),
        "week": [] if book.is_empty else [_day(book, day, today) for day in days],
        "book": book,
        "phone": phones.shown(location.phone),
    }


def _day(book: hours.Book, day: Any, today: Any) -> dict[str, Any]:
    return {"day": day, "is_today": day == today, "periods": book.periods(day), "note": book.note(day)}
