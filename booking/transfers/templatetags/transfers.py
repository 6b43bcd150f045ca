"""What pages of transfers show: the form of a request, links into the reader's own map, a code in groups."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django import template
from django.utils import timezone

from booking.models import Offering
from booking.transfers.forms import AskForm
from core import phones

register = template.Library()


@register.simple_tag(takes_context=True)
def ask_form(context: Any, offering: Offering) -> AskForm | None:
    """The one that was refused, else a new one; nothing for who has not signed in."""
    user = context["request"].user
    if not user.is_authenticated:
        return None
    return context.get("asked_form") or AskForm(offering=offering, user=user, now=timezone.now())


@register.filter
def spoken(number: str) -> str:
    return phones.shown(number) if number else ""


@register.filter
def grouped(code: str) -> str:
    """“482 193”: read out in two breaths."""
    return f"{code[:3]} {code[3:]}"


@register.filter
def in_maps(address: str) -> str:
    """Opens the map app of a phone."""
    return f"geo:0,0?q={quote(address)}"


@register.filter
def on_web_map(address: str) -> str:
    """For who has no such app; nothing of it is loaded before the press."""
    return f"https://www.openstreetmap.org/search?query={quote(address)}"


@register.filter
def point(event: Any) -> str:
    return f"geo:{event.latitude},{event.longitude}?q={event.latitude},{event.longitude}"


@register.filter
def web_point(event: Any) -> str:
    return f"https://www.openstreetmap.org/?mlat={event.latitude}&mlon={event.longitude}#map=14/{event.latitude}/{event.longitude}"


@register.filter
def in_hours(minutes: int) -> tuple[int, int]:
    return divmod(minutes, 60)
