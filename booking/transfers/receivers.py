"""What follows when something happens to a transfer: its journey is made, and people are told, once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy

from booking import events as booking_events
from booking import permissions
from booking.models import Booking
from core import journal, money
from core.models import Line
from notifications import kinds
from notifications import services as notices_out
from teams.receivers import holders

from . import events, notices, queries, services
from .models import Quote, TrackingEvent, TransferJob, TransferRequest
from .states import Asked, Ride, What


@journal.on(booking_events.CONFIRMED)
def make_the_journey(line: Line) -> None:
    if isinstance(line.subject, Booking):
        services.make_job(booking=line.subject, now=timezone.now())


@journal.on(booking_events.EXPIRED, booking_events.CANCELLED)
def open_the_quote_again(line: Line) -> None:
    """What was accepted was not paid in time, or let go before it was paid."""
    was_held = line.name == booking_events.EXPIRED or line.data.get("status") == "held"
    if was_held and isinstance(line.subject, Booking):
        services.open_again(booking=line.subject, now=timezone.now())


@journal.on(events.ASKED)
def tell_asked(line: Line) -> None:
    _tell_desk_of_request(notices.ASKED, line)


@journal.on(events.WITHDRAWN)
def tell_withdrawn(line: Line) -> None:
    _tell_desk_of_request(notices.WITHDRAWN, line)


@journal.on(events.ACCEPTED)
def tell_accepted(line: Line) -> None:
    _tell_desk_of_request(notices.ACCEPTED, line)


@journal.on(events.QUOTE_FELL)
def tell_fell(line: Line) -> None:
    _tell_desk_of_request(notices.FELL, line)


@journal.on(events.QUOTED, events.QUOTE_REPLACED)
def tell_quoted(line: Line) -> None:
    _tell_owner_of_request(notices.QUOTED, line)


@journal.on(events.DECLINED)
def tell_declined(line: Line) -> None:
    _tell_owner_of_request(notices.DECLINED, line)


@journal.on(events.EXPIRED)
def tell_expired(line: Line) -> None:
    was_asked = line.data.get("was") == Asked.ASKED
    _tell_owner_of_request(notices.UNANSWERED if was_asked else notices.QUOTE_OVER, line)


@journal.on(events.QUOTE_ENDS_SOON)
def tell_ends_soon(line: Line) -> None:
    """Not when it was answered meanwhile."""
    if isinstance(line.subject, TransferRequest) and line.subject.status == Asked.QUOTED:
        _tell_owner_of_request(notices.ENDS_SOON, line)


@journal.on(events.PICKED_UP)
def tell_picked_up(line: Line) -> None:
    _tell_owner(notices.PICKED_UP, line)


@journal.on(events.TOLD, events.DEPARTED, events.SOLVED)
def tell_event(line: Line) -> None:
    """To who wants to hear of each; a departure that came with an event is told by that."""
    job = _job(line)
    event = _event(line)
    is_double = line.name == events.DEPARTED and event and event.what != "departed"
    if job and job.tells_events and not is_double:
        _tell_owner(notices.EVENT, line)


@journal.on(events.PROBLEM)
def tell_problem(line: Line) -> None:
    _tell_owner(notices.PROBLEM, line)
    _tell_desk(notices.DESK_PROBLEM, line)


@journal.on(events.LEFT)
def tell_left(line: Line) -> None:
    job = _job(line)
    if job and job.status == Ride.UNCONFIRMED:
        _tell_owner(notices.LEFT, line)


@journal.on(events.CODE_SPENT)
def tell_code_spent(line: Line) -> None:
    _tell_owner(notices.CODE_SPENT, line)


@journal.on(events.DELIVERED)
def tell_delivered(line: Line) -> None:
    if line.data.get("how") != "owner":
        _tell_owner(notices.DELIVERED, line)
    _tell_desk(notices.DESK_DELIVERED, line)


@journal.on(events.DISPUTED)
def tell_disputed(line: Line) -> None:
    _tell_desk(notices.DISPUTED, line)


def _tell_owner_of_request(code: str, line: Line) -> None:
    request = line.subject
    if isinstance(request, TransferRequest):
        facts, now = _of_request(request, line), timezone.now()
        url = request.url()
        notices_out.notify(code, to=request.customer, key=str(line.pk), data=facts, url=url, now=now)


def _tell_desk_of_request(code: str, line: Line) -> None:
    request = line.subject
    if isinstance(request, TransferRequest):
        url = reverse("business_quote", args=[request.business.slug, request.public_id])
        people = holders(request.business, permissions.CALENDAR)
        facts, now = _of_request(request, line), timezone.now()
        notices_out.notify(code, to=people, key=str(line.pk), data=facts, url=url, now=now)


def _tell_owner(code: str, line: Line) -> None:
    job = _job(line)
    if job and job.booking.customer:
        facts, now = _of_job(job, line), timezone.now()
        to = job.booking.customer
        notices_out.notify(code, to=to, key=str(line.pk), data=facts, url=job.url(), now=now)


def _tell_desk(code: str, line: Line) -> None:
    job = _job(line)
    if job:
        business = job.booking.business
        url = reverse("business_transfer", args=[business.slug, job.public_id])
        people, facts = holders(business, permissions.CALENDAR), _of_job(job, line)
        notices_out.notify(code, to=people, key=str(line.pk), data=facts, url=url, now=timezone.now())


def _job(line: Line) -> TransferJob | None:
    return (
        queries.jobs().filter(pk=line.subject.pk).first() if isinstance(line.subject, TransferJob) else None
    )


def _event(line: Line) -> TrackingEvent | None:
    return TrackingEvent.objects.filter(pk=line.data.get("event") or 0).first()


def _of_request(request: TransferRequest, line: Line) -> dict[str, Any]:
    """For words in each reader's language."""
    quote = Quote.objects.filter(pk=line.data.get("quote") or 0).first()
    until = quote.valid_until if quote and request.status == Asked.QUOTED else request.until
    return {
        "business": request.business.name,
        "animals": ", ".join(request.pets.values_list("name", flat=True)),
        "road": request.road,
        "when": kinds.words(_moment(request.earliest)),
        "until": kinds.words(_moment(until)) if until else "",
        "price": kinds.words(_lira(quote.price)) if quote else "",
        "reason": request.reason,
    }


def _of_job(job: TransferJob, line: Line) -> dict[str, Any]:
    event = _event(line)
    until = job.confirm_until
    return {
        "animals": job.animals,
        "road": job.request.road,
        "driver": job.driver_name,
        "what": kinds.words(What(event.what).label) if event else "",
        "text": event.text or event.place if event else "",
        "until": kinds.words(_moment(until)) if until else "",
    }


def _written(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F l H:i")


_moment = lazy(_written, str)
_lira = lazy(lambda amount: money.display(money.lira(amount)), str)
