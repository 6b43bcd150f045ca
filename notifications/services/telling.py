"""Tell people something, once each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from core import journal

from .. import events, kinds, queries
from ..categories import Channel, Mode
from ..channels import WAYS
from ..kinds import Kind
from ..models import Delivery, Notice
from ..states import Status
from . import waking

BATCH = 1000
Url = str | dict[str, str]


@transaction.atomic
def notify(
    kind: str,
    *,
    to: Any,
    key: str,
    data: dict[str, Any] | None = None,
    url: Url = "",
    now: datetime,
    without: Iterable[str] = (),
) -> int:
    """Tell one person or many. Who was told this kind with this key before is not told again.

    Belongs to the transaction of what it tells. `without` leaves out channels by which somebody else
    has told her already. Returns how many were told now.
    """
    declared = kinds.declared(kind)
    channels = declared.channels - set(without)
    people = sorted({person.pk for person in _listed(to)})  # two rivals insert in the same order
    facts = {"kind": kind, "key": key, "data": data or {}, "url": url, "at": now}
    told = sum(
        _tell(declared, people[at : at + BATCH], facts, channels) for at in range(0, len(people), BATCH)
    )
    if told:
        journal.write(events.TOLD, data={"kind": kind, "key": key, "people": told})
    return told


def reword(*, kind: str, key: str, data: dict[str, Any], url: Url) -> int:
    """What was told has more to say by now: another language, a corrected title."""
    return Notice.objects.filter(kind=kind, key=key).exclude(data=data, url=url).update(data=data, url=url)


@transaction.atomic
def retract(*, kind: str, key: str, reason: dict[str, str], now: datetime) -> int:
    """It no longer holds: struck through in every list, with the reason by language. Safe to repeat."""
    standing = Notice.objects.filter(kind=kind, key=key, retracted_at=None)
    retracted = standing.update(retracted_at=now, reason=reason)
    if retracted:
        journal.write(events.RETRACTED, data={"kind": kind, "key": key, "people": retracted})
    return retracted


def _listed(to: Any) -> Iterable[Any]:
    return [to] if hasattr(to, "pk") else to


def _tell(kind: Kind, people: list[int], facts: dict[str, Any], channels: Iterable[str]) -> int:
    wishes = queries.wishes(kind.category, people)
    shown = {pk for pk in people if wishes.mode(kind, pk, Channel.PANEL) != Mode.OFF}
    rows = [Notice(recipient_id=pk, in_panel=pk in shown, **facts) for pk in people]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    new = list(Notice.objects.filter(public_id__in=[row.public_id for row in rows]))
    _plan(kind, new, wishes, channels, facts["at"])
    return len(new)


def _plan(
    kind: Kind, new: list[Notice], wishes: queries.Wishes, channels: Iterable[str], now: datetime
) -> None:
    planned = []
    for notice in new:
        for channel in channels:
            mode = wishes.mode(kind, notice.recipient_id, channel)
            if mode != Mode.OFF:
                habits = wishes.habits_of(notice.recipient_id)
                planned.append(WAYS[channel].plan(notice, kind=kind, mode=mode, habits=habits, now=now))
    Delivery.objects.bulk_create(planned)
    if any(row.status == Status.QUEUED for row in planned):
        waking.after_commit()
