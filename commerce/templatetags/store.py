"""Small helpers of the store's templates."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from commerce import order_links
from commerce.parcel_steps import steps
from commerce.states import ParcelStatus, Withdrawal
from core import money
from finance.documents.masks import masked

register = template.Library()
TONES = {
    ParcelStatus.UNPAID: "status--warn",
    ParcelStatus.NEW: "status--info",
    ParcelStatus.ACCEPTED: "status--info",
    ParcelStatus.PREPARING: "status--info",
    ParcelStatus.SHIPPED: "status--own",
    ParcelStatus.DELIVERED: "status--ok",
    ParcelStatus.CLOSED: "status--ok",
}


@register.filter
def lira(amount: Decimal | None) -> str:
    """`₺1.234,50`; nothing for a price that is not known."""
    return "" if amount is None else money.display(amount)


@register.simple_tag
def written_in_turkish() -> SafeString:
    """Attribute for what sellers wrote: pages in other languages say that it is Turkish."""
    return mark_safe("" if get_language() == "tr" else ' lang="tr"')


@register.simple_tag
def cost(way: Any, goods: Decimal) -> Decimal:
    """What this way of delivery costs for goods of this value."""
    return way.cost(goods)


@register.filter
def withdrawal(line: Any) -> Any:
    """May it be sent back, and if not, why."""
    return Withdrawal(line.withdrawal).label


@register.filter
def parcel_tone(parcel: Any) -> str:
    """The colour of a state: `status--…`."""
    return TONES.get(parcel.status, "")


register.filter("masked", masked)


@register.filter
def near(moment: datetime | None) -> str:
    """A moment as people near it say it: “today 16:00”, “tomorrow 16:00”, “3 May 16:00”."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    days = (local.date() - timezone.localdate()).days
    if days in (-1, 0, 1):
        word = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}[days]
        return f"{word} {local:%H:%M}"
    return f"{date_format(local, 'j F')} {local:%H:%M}"


@register.filter
def hours(span: timedelta) -> str:
    """How long it took, in hours, from two days on in days."""
    number = round(span.total_seconds() / 3600)
    if number < 48:
        return ngettext("%(number)d hour", "%(number)d hours", number) % {"number": number}
    return _("%(number)s days") % {"number": round(number / 24)}


@register.simple_tag
def parcel_steps(parcel: Any) -> list[dict[str, Any]]:
    return steps(parcel)


@register.simple_tag
def parcel_page(parcel: Any, name: str) -> str:
    """The address of its buyer's page or act, member or guest."""
    return order_links.page(parcel.order, name, position=parcel.position)


@register.simple_tag
def is_late(parcel: Any) -> bool:
    return bool(parcel.is_late(timezone.now()))
