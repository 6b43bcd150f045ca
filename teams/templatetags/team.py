"""Small words of the team pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

register = template.Library()
GROUNDS = 5


@register.filter
def when(moment: datetime | None) -> str:
    """`today 08:50`, `20 Kasım`, and with the year when it is another."""
    if moment is None:
        return "—"
    local, now = timezone.localtime(moment), timezone.localtime()
    if local.date() == now.date():
        return _("today %(time)s") % {"time": date_format(local, "H:i")}
    return date_format(local, "j F" if local.year == now.year else "j F Y")


@register.filter
def ground(pk: int) -> str:
    """One of the five grounds of an avatar, always the same for the same person."""
    return f"avatar--{pk % GROUNDS}"


@register.filter
def initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).replace("i", "İ").upper()


@register.filter
def may(access: Any, right: str) -> bool:
    """`{% if access|may:"teams.members" %}`"""
    return access.can(right)
