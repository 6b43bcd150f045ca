"""Ninety days after a journey nobody has to know any more where exactly it went."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from booking.states import OVER
from core import journal

from .. import events, rules
from ..models import TransferJob, TransferRequest
from ..states import OPEN, Asked
from . import photos

EXACT: dict[str, Any] = {
    f"{end}_{name}": "" for end in ("from", "to") for name in ("address", "name", "phone")
} | {"note": ""}


def forget_old(*, now: datetime, limit: int = 500) -> int:
    """Addresses, names, phones, points and photos; the districts stay. Returns how many were forgotten."""
    jobs = TransferJob.objects.filter(forgotten_at=None, booking__status__in=OVER)
    jobs = jobs.annotate(over_at=Coalesce("ended_at", "booking__ended_at", "booking__ends_at"))
    old = list(jobs.filter(over_at__lte=now - rules.PLACES_KEPT).order_by("pk")[:limit])
    for job in old:
        _forget_job(job, now)
    return len(old) + _forget_requests(now, limit)


@transaction.atomic
def _forget_job(job: TransferJob, now: datetime) -> None:
    names = [name for name in job.events.values_list("photo", flat=True) if name]
    job.events.update(latitude=None, longitude=None, place="", photo="")
    TransferRequest.objects.filter(quotes__jobs=job).update(**EXACT, forgotten_at=now)
    TransferJob.objects.filter(pk=job.pk).update(forgotten_at=now)
    journal.write(events.FORGOTTEN, subject=job)
    transaction.on_commit(partial(_drop_all, names))


def _drop_all(names: list[str]) -> None:
    for name in names:
        photos.drop(name)


def _forget_requests(now: datetime, limit: int) -> int:
    """Those that came to nothing."""
    rows = TransferRequest.objects.filter(forgotten_at=None, ended_at__lte=now - rules.REQUESTS_KEPT)
    rows = rows.exclude(Q(status__in=OPEN) | Q(status=Asked.ACCEPTED))
    keys = list(rows.values_list("pk", flat=True)[:limit])
    return TransferRequest.objects.filter(pk__in=keys).update(**EXACT, forgotten_at=now)
