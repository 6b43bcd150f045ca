"""The report of a day: written while the animal is there, and anew until the day ends."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from PIL import Image

from core import journal, photos

from ... import locks
from ...models import Booking
from ...states import Status
from .. import events, rules
from ..errors import NotHere, TooManyPhotos
from ..models import Report, ReportPhoto


@dataclass(frozen=True)
class Picture:
    """A JPEG that was drawn anew (`core.photos.checked_image`), and what it shows."""

    jpeg: bytes
    alt: str = ""


@transaction.atomic
def write_report(
    *,
    booking: Booking,
    text: str,
    by: Any,
    now: datetime,
    pictures: Sequence[Picture] = (),
    alts: Mapping[int, str] | None = None,
    drop: Collection[int] = (),
) -> Report:
    """Of today; a second one of the day replaces the words of the first. `alts` and `drop` are about pictures
    that are there. Raises NotHere, TooManyPhotos."""
    row = locks.booking(booking.pk)
    if row.status != Status.IN_SERVICE:
        raise NotHere
    day = timezone.localdate(now)
    report = Report.objects.filter(booking=row, day=day).first()
    is_new = report is None
    report = report or Report(booking=row, day=day, by=by, written_at=now)
    report.text, report.edited_at = text, None if is_new else now
    report.save()
    _arrange(report, pictures, alts or {}, drop)
    event = events.REPORTED if is_new else events.REPORT_EDITED
    journal.write(event, actor=by, subject=booking, data={"day": day.isoformat(), "report": report.pk})
    return report


def _arrange(
    report: Report, pictures: Sequence[Picture], alts: Mapping[int, str], drop: Collection[int]
) -> None:
    for photo in report.photos.filter(pk__in=drop):
        remove(photo)
    kept = list(report.photos.all())
    if len(kept) + len(pictures) > rules.MOST_PHOTOS:
        raise TooManyPhotos
    for photo in kept:
        photo.alt = alts.get(photo.pk, "").strip() or photo.alt
        photo.save(update_fields=["alt"])
    free = [one for one in range(rules.MOST_PHOTOS) if one not in {photo.position for photo in kept}]
    for position, picture in zip(free, pictures, strict=False):
        _keep(report, position, picture)


def _keep(report: Report, position: int, picture: Picture) -> None:
    small = photos.resized(picture.jpeg, edge=rules.SMALL)
    width, height = Image.open(io.BytesIO(small)).size
    row = ReportPhoto(report=report, position=position, width=width, height=height)
    row.alt = picture.alt.strip() or _usual_alt(report)
    row.large.save("photo.jpg", ContentFile(picture.jpeg), save=False)
    row.small.save("photo.jpg", ContentFile(small), save=False)
    row.save()


def _usual_alt(report: Report) -> str:
    names = ", ".join(report.booking.items.order_by("pk").values_list("name", flat=True))
    words = {"names": names, "day": date_format(report.day, "j F")}
    return (_("%(names)s on %(day)s") % words)[:160]


def remove(photo: ReportPhoto) -> None:
    """Files go once the row is gone for good: a crash leaves a file too many, never one too few."""
    large, small = photo.large, photo.small
    photo.delete()
    for file in (large, small):
        transaction.on_commit(partial(file.storage.delete, str(file.name)))
