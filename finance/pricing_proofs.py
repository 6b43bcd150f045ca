"""What this room promises about itself, examined on the running system."""

from __future__ import annotations

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import money
from core.proofs import Result, State, proof

from . import pricing
from .models import CommissionLine, CommissionRate
from .rates import commission_rate

LOOKED_AT = 500
GUARD = "one_rate_holds_for_a_scope"


@proof("finance.rates_as_shown", title=gettext_lazy("The rates that are shown are the rates that charge"))
def rates_as_shown() -> Result:
    """The last sales were charged by the rates of their day; what is shown today charges; none overlap."""
    lines = CommissionLine.objects.filter(of=None).select_related("rate")[:LOOKED_AT]
    wrong = [line.pk for line in lines if not _is_as_shown(line)]
    differing = _differing_rows()
    figures = f"{len(lines)} lines, wrong {wrong[:20]}, table {differing}, overlaps refused {_is_guarded()}"
    if wrong or differing or not _is_guarded():
        return Result(State.FAILED, _("A rate that is shown is not the one that charges."), figures)
    return Result(
        State.OK, _("The table shows the same rates that were charged, each with its days."), figures
    )


def _is_as_shown(line: CommissionLine) -> bool:
    """Its rate held on its day, for its module, category and business; and the figure is that rate's."""
    if line.rate is None:
        return line.commission == 0
    rate, day = line.rate, timezone.localdate(line.at)
    holds = rate.valid_from <= day and (rate.valid_until is None or day < rate.valid_until)
    fits = rate.module == line.module and rate.category in ("", line.category)
    own = rate.business_id in (None, line.business_id)
    return holds and fits and own and rate.percent == line.percent and _is_counted(line)


def _is_counted(line: CommissionLine) -> bool:
    """With bounds the figure may be another one; it is never more than the price."""
    rate = line.rate
    if rate is None or rate.fixed or rate.minimum or rate.maximum is not None:
        return line.commission <= line.gross
    asked = money.lira(line.gross * rate.percent / 100)
    return line.commission == asked or (line.net == 0 and line.commission < asked)


def _differing_rows() -> list[str]:
    day = timezone.localdate()
    table = pricing.table(day=day)
    return [row.module.code for row in table.now if _counts(row, day) != row.rate]


def _counts(row: pricing.Row, day: object) -> CommissionRate | None:
    return commission_rate(module=row.module.code, category=row.category, day=day)  # type: ignore[arg-type]


def _is_guarded() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_constraint WHERE conname = %s AND contype = 'x'", [GUARD])
        return cursor.fetchone()[0] == 1
