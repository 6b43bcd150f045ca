"""What mails about a booking carry beside their words: an entry for her calendar, a question."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.kinds import Extra

from . import entries
from .models import Booking
from .states import Status


def _signer() -> signing.Signer:
    return signing.Signer(salt="booking.answer")


def invitation(notice: Any) -> Extra:
    """As the booking is when the mail leaves; one that was cancelled by then leaves her calendar."""
    booking = _booking(notice)
    if booking is None:
        return Extra()
    now = timezone.now()
    return Extra(calendar=entries.invitation(booking, to=notice.recipient.email, now=now))


def question(notice: Any) -> Extra:
    """Does she come? Both answers lead to a page that asks for a press: scanners of mail open every link."""
    booking = _booking(notice)
    if booking is None or booking.status != Status.CONFIRMED:
        return Extra()
    page = answer_path(booking)
    return Extra(actions=((_("I come"), page), (_("I cannot come"), f"{page}#vazgec")))


def answer_path(booking: Booking) -> str:
    """Works without signing in, for whoever has the mail."""
    return reverse("booking_answer", args=[_signer().sign(str(booking.public_id))])


def answered(token: str) -> Booking | None:
    try:
        public_id = _signer().unsign(token)
    except signing.BadSignature:
        return None
    rows = Booking.objects.select_related("business", "location", "offering", "customer")
    return rows.filter(public_id=public_id).first()


def _booking(notice: Any) -> Booking | None:
    rows = Booking.objects.select_related("business", "location", "offering").prefetch_related("items")
    return rows.filter(pk=notice.data.get("booking"), customer=notice.recipient).first()
