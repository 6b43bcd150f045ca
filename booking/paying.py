"""From a time that is kept to the page on which it is paid."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from payments import links
from payments import services as payments

from . import queries, services
from .models import Booking
from .states import Status


def next_page(request: HttpRequest, booking: Booking) -> str:
    """Where its customer goes on: to pay, or to her booking when nothing is due now. Raises Refused."""
    if booking.status != Status.HELD:
        return booking.url()
    if booking.due:
        return links.path(begin(booking))
    services.take_free(booking=booking, by=request.user, now=timezone.now())
    messages.success(request, _("Your time is fixed."))
    return booking.url()


def begin(booking: Booking) -> Any:
    """The payment of what is due, the same however often one asks; of several all. Raises Refused."""
    whole = list(queries.together(booking).select_related("business")) if booking.is_of_several else [booking]
    return payments.start_payment(
        key=f"booking {whole[0].pk}",
        payables=whole,
        payer=booking.customer,
        locale=get_language() or "tr",
        now=timezone.now(),
    )
