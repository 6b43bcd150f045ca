"""Links that are given out: to a driver without an account, to whoever receives the animal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import sms
from core import journal, limits, mail

from .. import events, links, locks, queries, rules
from ..errors import TooManyRequests, WrongMoment
from ..models import TransferJob

LINKS_AN_HOUR = 6  # of one journey


@transaction.atomic
def send_driver_link(*, job: TransferJob, phone: str, email: str, by: Any, now: datetime) -> None:
    """By text message or mail. A new link ends the one before. Neither address is kept with the journey."""
    _booking, row = locks.journey(job)
    full = queries.jobs().get(pk=row.pk)
    if not links.is_live_for_driver(full, now) or full.driver is None:
        raise WrongMoment
    if limits.is_over("transfers.link", f"job:{row.pk}", most=LINKS_AN_HOUR, seconds=3600):
        raise TooManyRequests
    full.link_number += 1
    full.save(update_fields=["link_number"])
    _send(full, phone, email)
    data = {"business": full.booking.business_id, "by": "phone" if phone else "mail"}
    journal.write(events.LINK_SENT, actor=by, subject=full, data=data)


def _send(job: TransferJob, phone: str, email: str) -> None:
    url, until = links.driver_url(job), job.booking.ends_at + rules.DRIVER_LINK_AFTER
    if phone:
        with translation.override("tr"):
            when = date_format(timezone.localtime(job.booking.starts_at), "j F H:i")
            words = _("%(business)s: your journey of %(when)s. %(url)s") % {
                "business": job.booking.business.name,
                "when": when,
                "url": url,
            }
        sms.send(to=phone, text=words, expires_at=until)
    if email:
        context = {"job": job, "business": job.booking.business.name, "url": url}
        mail.send("transfers/driver_link", to=email, context=context, locale="tr", expires_at=until)


@transaction.atomic
def share(*, job: TransferJob, by: Any, now: datetime) -> TransferJob:
    """A link for whoever receives the animal. The one before ends."""
    _booking, row = locks.journey(job)
    row.share_number += 1
    row.save(update_fields=["share_number"])
    journal.write(events.LINK_SHARED, actor=by, subject=row)
    return row


@transaction.atomic
def stop_sharing(*, job: TransferJob, by: Any, now: datetime) -> None:
    """The link that was given out opens nothing any more."""
    share(job=job, by=by, now=now)


@transaction.atomic
def tell_events(*, job: TransferJob, tells: bool) -> None:
    """A notice of every event on the way, or only of what matters."""
    TransferJob.objects.filter(pk=job.pk).update(tells_events=tells)
