"""Signed addresses: of a driver without an account, and of whoever receives the animal.

A driver's link belongs to one journey and one driver and dies with either; sent again, the old one dies.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse

from . import queries, rules
from .models import TransferJob
from .states import ENDED

DRIVER, SHARE = "transfers.driver", "transfers.share"


def driver_url(job: TransferJob) -> str:
    driver = job.driver
    claim = [job.pk, driver.pk if driver else 0, job.link_number]
    return settings.BASE_URL + reverse("transfer_driver", args=[signing.dumps(claim, salt=DRIVER)])


def share_url(job: TransferJob) -> str:
    return settings.BASE_URL + reverse(
        "transfer_shared", args=[signing.dumps([job.pk, job.share_number], salt=SHARE)]
    )


def job_of_driver(token: str) -> TransferJob | None:
    """None when it was made up, replaced, or given to somebody who does not drive it any more.

    Whether it is over is asked apart (`is_live_for_driver`): what is sent twice hears that it was done.
    """
    job_pk, driver_pk, number = _claim(token, DRIVER, 3)
    job = queries.jobs().filter(pk=job_pk, link_number=number).first()
    return job if job and job.driver and job.driver.pk == driver_pk else None


def is_live_for_driver(job: TransferJob, now: datetime) -> bool:
    """What is over shows nobody's address any more."""
    return not job.is_over and now < job.booking.ends_at + rules.DRIVER_LINK_AFTER


def job_of_share(token: str) -> TransferJob | None:
    """None once it is delivered or cancelled, and when its owner made another."""
    job_pk, number = _claim(token, SHARE, 2)
    job = queries.jobs().filter(pk=job_pk, share_number=number, share_number__gt=0).first()
    return None if job is None or job.status in ENDED or job.is_over else job


def _claim(token: str, salt: str, length: int) -> list[Any]:
    try:
        found = signing.loads(token, salt=salt)
    except signing.BadSignature:
        found = None
    return found if isinstance(found, list) and len(found) == length else [0] * length
