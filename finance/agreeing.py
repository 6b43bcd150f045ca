"""Rates are announced, never edited: the next one ends the one before on its first day.

Whoever sells has to know `settings.RATE_NOTICE_DAYS` ahead when a rate takes more of some price; one that
takes less of every price may begin tomorrow. What has begun stays as it is: lines of sales point at it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core import journal

from . import events, rates
from .errors import RateInForce, RateOverlaps, RateTooSoon
from .models import CommissionRate


@dataclass(frozen=True)
class Terms:
    """What a rate says. Without `business` it holds for everybody."""

    module: str
    percent: Decimal
    valid_from: date
    valid_until: date | None = None
    category: str = ""
    business: Any = None
    fixed: Decimal = Decimal(0)
    minimum: Decimal = Decimal(0)
    maximum: Decimal | None = None
    note: str = ""

    @property
    def scope(self) -> dict[str, Any]:
        return {"module": self.module, "category": self.category, "business": self.business}


@transaction.atomic
def announce(*, terms: Terms, by: Any, now: datetime) -> CommissionRate:
    """From its first day this rate holds, in place of the one before; a passing one gives way to it again.

    Raises RateTooSoon, RateOverlaps.
    """
    before = replaced(terms)
    _check_notice(terms, timezone.localdate(now))
    _check_free(terms, before)
    try:
        with transaction.atomic():
            row = _put_between(terms, before)
    except IntegrityError as error:  # somebody announced another one meanwhile
        raise RateOverlaps from error
    told = {"module": row.module, "percent": str(row.percent), "from": row.valid_from.isoformat()}
    journal.write(events.RATE_ANNOUNCED, actor=by, subject=row, data=told | _of(row))
    return row


def _put_between(terms: Terms, before: CommissionRate | None) -> CommissionRate:
    end = before.valid_until if before else None
    if before:
        CommissionRate.objects.filter(pk=before.pk).update(valid_until=terms.valid_from)
    row = CommissionRate.objects.create(**vars(terms))
    if before and terms.valid_until and (end is None or end > terms.valid_until):
        again = same_terms(before, valid_from=terms.valid_until, valid_until=end)
        CommissionRate.objects.create(**vars(again))
    return row


@transaction.atomic
def take_back(*, rate: CommissionRate, by: Any, now: datetime) -> None:
    """One that has not begun never does; what it was to end goes on. Raises RateInForce."""
    row = CommissionRate.objects.select_for_update().get(pk=rate.pk)
    if row.valid_from <= timezone.localdate(now):
        raise RateInForce
    same = _scoped(same_terms(row))
    told = {"module": row.module, "percent": str(row.percent), "from": row.valid_from.isoformat()}
    row.delete()
    same.filter(valid_until=row.valid_from).update(valid_until=row.valid_until)
    journal.write(events.RATE_TAKEN_BACK, actor=by, data=told | _of(row))


def earliest(terms: Terms, today: date) -> date:
    """The first day on which these terms may begin."""
    is_worse = takes_more(terms, replaced(terms) or _general(terms))
    return today + timedelta(days=settings.RATE_NOTICE_DAYS if is_worse else 1)


def takes_more(terms: Terms, before: CommissionRate | None) -> bool:
    """Of some price at least. Where nothing was kept, everything is more."""
    if before is None:
        return any((terms.percent, terms.fixed, terms.minimum))
    raised = any(getattr(terms, name) > getattr(before, name) for name in ("percent", "fixed", "minimum"))
    lifted = before.maximum is not None and (terms.maximum is None or terms.maximum > before.maximum)
    return raised or lifted


def replaced(terms: Terms) -> CommissionRate | None:
    """What holds in this scope on the day before."""
    return rates.on(terms.valid_from - timedelta(days=1), _scoped(terms)).first()


def _general(terms: Terms) -> CommissionRate | None:
    return rates.commission_rate(
        module=terms.module,
        category=terms.category,
        business=terms.business,
        day=terms.valid_from - timedelta(days=1),
    )


def _scoped(terms: Terms) -> QuerySet[CommissionRate]:
    return CommissionRate.objects.filter(**terms.scope)


def _check_notice(terms: Terms, today: date) -> None:
    first = earliest(terms, today)
    if terms.valid_from < first:
        words = _("Sellers have to know of this earlier: it may begin on %(day)s at the earliest.")
        raise _refusal(RateTooSoon, words, first)


def _check_free(terms: Terms, before: CommissionRate | None) -> None:
    """The one that holds until then gives way; everything else that touches the period is in the way."""
    others = _scoped(terms).exclude(valid_until__lte=terms.valid_from)
    if terms.valid_until:
        others = others.filter(valid_from__lt=terms.valid_until)
    if before:
        others = others.exclude(pk=before.pk)
    if found := others.order_by("valid_from").first():
        words = _("From %(day)s another rate is set for this already. Take that one back first.")
        raise _refusal(RateOverlaps, words, found.valid_from)


def _refusal(kind: type[Any], words: Any, day: date) -> Exception:
    error = kind()
    error.message = words % {"day": date_format(day, "j F Y")}
    return error


def _of(row: CommissionRate) -> dict[str, Any]:
    return {"business": row.business_id} if row.business_id else {}


def same_terms(rate: CommissionRate, **changes: Any) -> Terms:
    """The terms of a row, as the beginning of the next one."""
    names = ("module", "percent", "category", "business", "fixed", "minimum", "maximum")
    terms = Terms(valid_from=rate.valid_from, **{name: getattr(rate, name) for name in names})
    return replace(terms, **changes)
