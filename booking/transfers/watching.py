"""A journey as those see it who are not in the vehicle: how far it is, what was told, and what is new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from core import text

from . import codes, queries, vehicles
from .models import TrackingEvent, TransferJob
from .states import ENDED, Ride

STEP = 5  # percent; the road has a class for each
TONES = {
    Ride.ASSIGNED: ("", "clock"),
    Ride.PICKED_UP: ("info", "package"),
    Ride.IN_TRANSIT: ("info", "truck"),
    Ride.PROBLEM: ("bad", "siren"),
    Ride.UNCONFIRMED: ("warn", "circle-help"),
    Ride.DELIVERED: ("ok", "circle-check"),
    Ride.RETURNED: ("warn", "undo-2"),
}


@dataclass(frozen=True)
class Tracking:
    """`is_owner`: with the code; `shows_points`: with links to places."""

    job: TransferJob
    now: datetime
    is_owner: bool = False
    shows_points: bool = True

    @cached_property
    def events(self) -> list[TrackingEvent]:
        return queries.events_of(self.job)

    @property
    def last(self) -> TrackingEvent | None:
        return self.events[0] if self.events else None

    @property
    def tone(self) -> str:
        return TONES[Ride(self.job.status)][0]

    @property
    def icon(self) -> str:
        return TONES[Ride(self.job.status)][1]

    @property
    def state(self) -> Any:
        """Before it begins its booking knows better."""
        booking = self.job.booking
        if self.job.status == Ride.ASSIGNED and booking.status in ("cancelled", "no_show"):
            return booking.get_status_display()
        return self.job.get_status_display()

    @property
    def is_over(self) -> bool:
        return self.job.is_over

    @property
    def percent(self) -> int:
        """By the clock between pick-up and planned arrival, in steps. Never there before it is there."""
        job = self.job
        if job.status in ENDED or job.handed_over_at:
            return 100
        if job.picked_up_at is None:
            return 0
        whole = (job.booking.ends_at - job.booking.starts_at).total_seconds()
        gone = (self.now - job.picked_up_at).total_seconds()
        return max(STEP, min(95, int(gone / whole * 100) // STEP * STEP))

    @property
    def arrives(self) -> datetime:
        """As planned, counted from the real pick-up."""
        job = self.job
        begun = job.picked_up_at or job.booking.starts_at
        return begun + (job.booking.ends_at - job.booking.starts_at)

    @property
    def is_late(self) -> bool:
        """Nobody came for it, or it is not there in time."""
        job = self.job
        if job.status == Ride.ASSIGNED:
            return job.booking.status == "confirmed" and self.now > job.booking.starts_at + timedelta(
                minutes=15
            )
        return job.is_rolling and self.now > self.arrives

    @property
    def arrives_said(self) -> str:
        local = timezone.localtime(self.arrives)
        return text.at_time(local.hour, local.minute)

    @cached_property
    def plate(self) -> str:
        return vehicles.of_job(self.job)

    @cached_property
    def code(self) -> str:
        """Only for the owner, and only while it opens something."""
        is_useful = self.job.status not in (*ENDED, Ride.UNCONFIRMED) and not self.job.is_over
        return codes.of(self.job) if self.is_owner and is_useful else ""

    @cached_property
    def version(self) -> str:
        """Changes with everything that is shown."""
        return version_of(self.job, [one.pk for one in self.events])


def version_of(job: TransferJob, events: list[int]) -> str:
    parts = (job.status, job.booking.status, job.code_number, job.code_tries, job.share_number, len(events))
    return "-".join(str(one) for one in (*parts, max(events, default=0)))


def current_version(job: TransferJob) -> str:
    return version_of(job, list(job.events.values_list("pk", flat=True)))


def photo_answer(job: TransferJob, event_id: Any) -> HttpResponse:
    """The picture as a picture and nothing else. Ask first who looks."""
    event = get_object_or_404(job.events.exclude(photo=""), public_id=event_id)
    try:
        with event.photo_file() as file:  # a few hundred kilobytes at most: we made it
            answer = HttpResponse(file.read(), content_type="image/jpeg")
    except FileNotFoundError as error:
        raise Http404 from error
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
