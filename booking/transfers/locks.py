"""How rows are locked here: resources and bookings first (`booking.locks`), then requests or journeys."""

from __future__ import annotations

from booking import locks as bookings
from booking.models import Booking

from .models import Quote, TransferJob, TransferRequest


def request(pk: int) -> TransferRequest:
    return TransferRequest.objects.select_for_update(of=("self",)).get(pk=pk)


def quote(pk: int) -> Quote:
    """With its request, which is locked first."""
    found = Quote.objects.only("request_id").get(pk=pk)
    request(found.request_id)
    return Quote.objects.select_for_update(of=("self",)).select_related("request").get(pk=pk)


def journey(job: TransferJob) -> tuple[Booking, TransferJob]:
    """The booking with all it stands on, then its journey."""
    booking = bookings.booking(job.booking_id)
    return booking, TransferJob.objects.select_for_update(of=("self",)).get(pk=job.pk)
