"""What this room proves about itself."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal

from django.apps import apps
from django.db.models import F, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.proofs import Result, State, proof
from finance import ledger
from finance.models import Account, AccountKind

from . import forms, ways
from .live import all_ways
from .models import Attempt, RefundPart
from .providers import registry
from .services.submitting import OPEN
from .states import RefundStatus

LATELY = timedelta(days=30)
CARD_FIELDS = re.compile(r"card_?(number|no|holder)|\bpan\b|cvv|cvc|expiry|kart_?no", re.IGNORECASE)


@proof("payments.ways_as_shown", title=gettext_lazy("What is shown can be paid with, on the provider’s page"))
def ways_as_shown() -> Result:
    """The shown table is what checkout offers; each way is set up; no form or model takes a card."""
    shown = {row["provider"] for row in all_ways()["providers"]}
    offered = ways.open_now()
    broken = [way.provider for way in offered if not ways.usable(registry.get(way.provider), way.method)]
    takes_cards = [*_fields_of_forms(), *_fields_of_models()]
    detail = f"{len(offered)} ways, {len(broken)} not set up, fields for cards: {takes_cards or 'none'}"
    if broken or takes_cards or shown != {str(way.label) for way in offered}:
        return Result(State.FAILED, _("The table of ways to pay is not what checkout offers."), detail)
    if not offered:
        return Result(State.DEGRADED, _("No way to pay is open at this moment."), detail)
    return Result(
        State.OK,
        _("Each way in the table is open in checkout; card numbers are typed on the provider’s page only."),
        detail,
    )


@proof("payments.refund_same_day", title=gettext_lazy("Refunds leave the same day, or a person has them"))
def refund_same_day() -> Result:
    """By local days: sent on the day of the decision, or given to a person on it; never above what came."""
    now = timezone.now()
    late = [part.pk for part in _lately(now) if _is_late(part, now)]
    too_much = Attempt.objects.filter(refunded__gt=F("captured")).count()
    detail = f"{_lately(now).count()} parts of 30 days, {len(late)} late, {too_much} above what was captured"
    if too_much or late:
        return Result(State.FAILED, _("A refund of the last 30 days did not leave on its day."), detail)
    return Result(
        State.OK, _("Every refund of the last 30 days left, or reached a person, on the same day."), detail
    )


@proof("payments.nothing_left_over", title=gettext_lazy("Money under way is accounted for to the kuruş"))
def nothing_left_over() -> Result:
    """Nothing stands unassigned, and what is on its way back is what refunds say."""
    passing, transit = _sum_of(AccountKind.PASSING), _sum_of(AccountKind.TRANSIT)
    open_parts = RefundPart.objects.filter(status__in=OPEN, attempt__isnull=False)
    under_way = open_parts.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    detail = f"unassigned {passing}, on its way back {transit}, by refunds {under_way}"
    if passing or transit != under_way:
        return Result(State.FAILED, _("The books and the refunds differ; staff are on it."), detail)
    return Result(State.OK, _("All money that arrived is assigned; the books and the refunds agree."), detail)


def _lately(now: datetime) -> QuerySet[RefundPart]:
    return RefundPart.objects.filter(refund__requested_at__gte=now - LATELY).select_related("refund")


def _is_late(part: RefundPart, now: datetime) -> bool:
    """Seen by nobody and sent to nobody until its day was over."""
    day = timezone.localdate(part.refund.requested_at)
    acted = [at for at in (part.submitted_at, part.with_person_at, part.settled_at) if at]
    on_its_day = any(timezone.localdate(at) == day for at in acted)
    is_silent = part.status in (RefundStatus.UNKNOWN, RefundStatus.FAILED) and part.with_person_at is None
    is_over = timezone.localdate(now) > day
    return is_over and (not on_its_day or is_silent)


def _sum_of(kind: AccountKind) -> Decimal:
    return sum((ledger.balance(row) for row in Account.objects.filter(kind=kind)), Decimal(0))


def _fields_of_forms() -> list[str]:
    kinds = [one for one in vars(forms).values() if hasattr(one, "base_fields")]
    return [f"{one.__name__}.{name}" for one in kinds for name in one.base_fields if CARD_FIELDS.search(name)]


def _fields_of_models() -> list[str]:
    ours = [model for room in ("payments", "finance") for model in apps.get_app_config(room).get_models()]
    return [
        f"{model.__name__}.{field.name}"
        for model in ours
        for field in model._meta.get_fields()
        if CARD_FIELDS.search(field.name)
    ]
