"""Verbs of licences: kept with evidence, put in force by a review, reminded of, over."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core import journal
from core.uploads import Accepted

from . import events, shown
from .errors import LicenceFixed, TooManyFiles
from .models import Business, Evidence, Licence
from .states import LICENCE_MOVES, LicenceStatus

MOST_FILES = 10
REMIND = (30, 7, 1)  # days ahead


@transaction.atomic
def save_licence(
    *, business: Business, licence: Licence, files: Iterable[Accepted], by: Any, now: datetime
) -> Licence:
    """Keep a licence that waits for its review, with more evidence. Raises LicenceFixed, TooManyFiles."""
    Business.objects.select_for_update().get(pk=business.pk)
    if licence.pk and not Licence.objects.filter(pk=licence.pk, status=LicenceStatus.WAITING).exists():
        raise LicenceFixed
    licence.business, licence.address = business, licence.location.address
    licence.save()
    for accepted in files:
        _attach(licence, accepted, by, now)
    if Evidence.objects.filter(licence=licence).count() > MOST_FILES:  # a page may hold those of before
        raise TooManyFiles
    journal.write(events.LICENCE_SAVED, actor=by, subject=licence)
    return licence


def _attach(licence: Licence, accepted: Accepted, by: Any, now: datetime) -> None:
    digest = hashlib.sha256(accepted.content).hexdigest()
    if not licence.evidence.filter(digest=digest).exists():
        facts = {"name": accepted.name, "content_type": accepted.content_type}
        size = len(accepted.content)
        Evidence.objects.create(
            licence=licence, file=accepted.file, size=size, digest=digest, by=by, at=now, **facts
        )


def note_addresses(business: Business) -> None:
    """A draft may have moved since its permits were filled in: they go to review for where it is now."""
    for licence in business.licences.filter(status=LicenceStatus.WAITING).select_related("location"):
        licence.address = licence.location.address
        licence.save(update_fields=["address"])


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: Any) -> None:
    """Raises LicenceFixed once the licence was sent in force."""
    licence = Licence.objects.select_for_update().get(pk=evidence.licence_id)
    if licence.status != LicenceStatus.WAITING:
        raise LicenceFixed
    storage, name = evidence.file.storage, str(evidence.file.name)
    evidence.delete()
    transaction.on_commit(lambda: storage.delete(name))
    journal.write(events.LICENCE_SAVED, actor=by, subject=licence)


@transaction.atomic
def put_in_force(*, licence: Licence, by: Any) -> None:
    """After its review. The one it renews is over at the same moment."""
    if licence.replaces:
        LICENCE_MOVES.move(licence.replaces, LicenceStatus.REPLACED, event=events.LICENCE_REPLACED, actor=by)
    LICENCE_MOVES.move(licence, LicenceStatus.IN_FORCE, event=events.LICENCE_IN_FORCE, actor=by)


@transaction.atomic
def withdraw(*, licence: Licence, by: Any) -> None:
    """It will not come into force; another one may renew the same licence."""
    LICENCE_MOVES.move(
        licence, LicenceStatus.WITHDRAWN, event=events.LICENCE_WITHDRAWN, actor=by, replaces=None
    )


def watch(*, now: datetime) -> tuple[int, int]:
    """The daily round: remind of what ends soon, close what has ended. Any number of runs do it once."""
    today = timezone.localdate(now)
    expired = [pk for pk in _over(today) if _expire(pk, today)]
    reminded = [pk for pk in _ending(today) if _remind(pk, today)]
    return len(reminded), len(expired)


def _over(today: date) -> list[int]:
    rows = Licence.objects.filter(status=LicenceStatus.IN_FORCE, valid_until__lt=today)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _ending(today: date) -> list[int]:
    soon = today + timedelta(days=max(REMIND))
    rows = Licence.objects.filter(status=LicenceStatus.IN_FORCE, valid_until__range=(today, soon))
    unsaid = Q(reminded_at=None) | Q(reminded_at__gt=min(REMIND))
    return list(rows.filter(unsaid).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _expire(pk: int, today: date) -> bool:
    row = Licence.objects.select_for_update(of=["self"]).select_related("business").get(pk=pk)
    if not row.is_in_force or row.valid_until is None or row.valid_until >= today:
        return False
    LICENCE_MOVES.move(row, LicenceStatus.EXPIRED, event=events.LICENCE_EXPIRED)
    shown.changed(row.business)
    return True


@transaction.atomic
def _remind(pk: int, today: date) -> bool:
    """A round that was missed is made up for by the nearest reminder, not by all of them."""
    row = Licence.objects.select_for_update().get(pk=pk)
    left = (row.valid_until - today).days if row.is_in_force and row.valid_until else None
    if left is None:
        return False
    due = min((days for days in REMIND if left <= days), default=None)
    if due is None or (row.reminded_at is not None and row.reminded_at <= due):
        return False
    row.reminded_at = due
    row.save(update_fields=["reminded_at"])
    told = {"business": row.business_id, "days": left, "on": str(row.valid_until), "licence": str(row)}
    journal.write(events.LICENCE_ENDS_SOON, subject=row, data=told)
    return True


def missing_permits(business: Business, needed: Iterable[str]) -> list[str]:
    """Permits this kind of business needs and has not handed in with evidence."""
    rows = business.licences.filter(status=LicenceStatus.WAITING, evidence__isnull=False)
    held = set(rows.values_list("kind", flat=True))
    return [kind for kind in needed if kind not in held]
