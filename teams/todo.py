"""What a business has to do or waits for, for the card of its first page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import factors

from . import licences, permissions, queries
from .access import Access
from .states import LicenceStatus

AHEAD = timedelta(days=max(licences.REMIND))  # from the first reminder on


@dataclass(frozen=True)
class Task:
    icon: str
    text: str
    url: str
    is_urgent: bool = False


def of(access: Access, *, now: datetime) -> Iterator[Task]:
    """As far as this person may do something about it. At most four queries."""
    if access.can(permissions.PROFILE):
        yield from _changes(access)
    if access.can(permissions.LICENCES):
        yield from _ending_licences(access, now)
    if access.can(permissions.MEMBERS):
        yield from _without_second_step(access)


def _changes(access: Access) -> Iterator[Task]:
    url = _page("business_facts", access)
    for row in queries.returned_changes(access.business):
        text = _("%(topic)s: returned with a note") % {"topic": row.get_topic_display()}
        yield Task("undo-2", text, url, is_urgent=True)
    for row in queries.open_verifications(access.business):
        text = _("%(topic)s: we are looking at it") % {"topic": row.get_topic_display()}
        yield Task("clock", text, url)


def _ending_licences(access: Access, now: datetime) -> Iterator[Task]:
    last_day = timezone.localdate(now + AHEAD)
    alive = [LicenceStatus.IN_FORCE, LicenceStatus.EXPIRED]
    rows = access.business.licences.filter(status__in=alive, valid_until__lte=last_day, replaced_by=None)
    for row in rows.order_by("valid_until"):
        told = {"licence": row.get_kind_display(), "day": date_format(row.valid_until)}  # type: ignore[arg-type]
        is_over = row.status == LicenceStatus.EXPIRED
        text = _("%(licence)s ended on %(day)s") if is_over else _("%(licence)s ends on %(day)s")
        yield Task("calendar-clock", text % told, _page("business_facts", access), is_urgent=is_over)


def _without_second_step(access: Access) -> Iterator[Task]:
    rows = access.business.memberships.select_related("role").filter(~factors.exists_for("user"))
    missing = sum(row.role.is_sensitive for row in rows)
    if missing:
        text = ngettext(
            "%(count)d person with rights over money or roles has no second step",
            "%(count)d people with rights over money or roles have no second step",
            missing,
        )
        yield Task("shield", text % {"count": missing}, _page("business_team", access))


def _page(name: str, access: Access) -> str:
    return reverse(name, kwargs={"business": access.business.slug})
