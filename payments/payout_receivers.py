"""What lines about payouts become for the people of the business."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.functional import lazy

from core import journal, money
from core.models import Line
from finance import permissions
from notifications import kinds, services
from teams.receivers import holders

from . import payout_events as events
from . import payout_notices as notices
from .models import Payout


@journal.on(events.PAID)
def tell_paid(line: Line) -> None:
    _tell(notices.PAID, line)


@journal.on(events.FAILED, events.RETURNED)
def tell_failed(line: Line) -> None:
    _tell(notices.FAILED, line)


@journal.on(events.REQUESTED)
def tell_of_a_request(line: Line) -> None:
    """A person asked: the others hear of it while it can still be called off."""
    if line.actor is not None:
        _tell(notices.ASKED, line, person=line.actor.get_full_name())


def _tell(code: str, line: Line, **more: Any) -> None:
    payout = line.subject
    if not isinstance(payout, Payout):
        return
    data = {
        "business": payout.business.name,
        "amount": kinds.words(lazy(money.display, str)(Decimal(line.data["amount"]))),
        "end": payout.iban[-4:],
    }
    services.notify(
        code,
        to=holders(payout.business, permissions.EARNINGS),
        key=f"{payout.pk} {line.pk}",
        data=data | more,
        url=payout.get_absolute_url(),
        now=timezone.now(),
    )
