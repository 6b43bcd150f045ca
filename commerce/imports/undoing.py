"""Taking an import back: what it made goes, what it changed becomes what it was.

What a person has changed since stays.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from commerce import hand
from commerce.models import Import, ImportRow
from commerce.models.records import StockReason
from commerce.states import ImportStatus, RowStatus
from core.errors import Refused

from . import writing
from .checking import ATTRIBUTE, Present, differ

OrderLine = get_model("order", "Line")
Product = get_model("catalogue", "Product")
StockRecord = get_model("partner", "StockRecord")

TIME = timedelta(hours=24)
BUNCH = 100


class TooLate(Refused):
    code = "too_late"
    message = _("An import can be taken back for 24 hours.")


class WasSold(Refused):
    code = "was_sold"
    message = _("Something of this import was ordered, so it stays. Change the products one by one.")


def may_be_undone(run: Import, now: datetime) -> bool:
    return run.status == ImportStatus.WRITTEN and run.written_at is not None and now < run.written_at + TIME


def stop_sales(run: Import) -> None:
    """What it made is not offered any more. Waits for orders that are being placed now."""
    made = ImportRow.objects.filter(run=run, status=RowStatus.NEW, is_done=True).values("record")
    StockRecord.objects.filter(pk__in=made).update(is_offered=False)


def was_sold(run: Import) -> bool:
    """Ordered since it was written, by whatever price tag of it."""
    return sold_lines(run).exists()


def sold_lines(run: Import) -> QuerySet:
    touched = ImportRow.objects.filter(run=run, is_done=True, record__isnull=False).values("record")
    return OrderLine.objects.filter(stockrecord__in=touched, order__date_placed__gte=run.read_at)


@transaction.atomic
def undo(run: Import, writer: writing.Writer, now: datetime) -> int:
    """The next bunch, the last rows first; how many there were."""
    done = ImportRow.objects.select_for_update(of=("self",)).filter(run=run, is_done=True, is_undone=False)
    waiting = done.exclude(Q(status=RowStatus.REFUSED) | Q(status=RowStatus.UNCHANGED))
    rows = list(waiting.select_related("record__product__parent__product_class").order_by("-number")[:BUNCH])
    if not rows:
        return 0
    with hand.at_work(by=run.asked_by, reason=StockReason.IMPORT, now=now):
        _remove([row for row in rows if row.status == RowStatus.NEW], now)
        _restore([row for row in rows if row.status == RowStatus.CHANGED and row.record], writer, now)
    ImportRow.objects.filter(pk__in=[row.pk for row in rows]).update(is_undone=True)
    return len(rows)


def _remove(rows: list[ImportRow], now: datetime) -> None:
    """What was ordered in spite of all stays, in the archive."""
    pks = [row.record_id for row in rows if row.record_id]
    own = StockRecord.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
    ordered = set(OrderLine.objects.filter(stockrecord__in=pks).values_list("stockrecord_id", flat=True))
    gone = [one for one in own if one.pk not in ordered and not one.num_allocated]
    kept = set(pks) - {one.pk for one in gone}
    StockRecord.objects.filter(pk__in=kept).update(is_offered=False, archived_at=now)
    StockRecord.objects.filter(pk__in=[one.pk for one in gone]).delete()
    made = {row.product_id for row in rows if "product" not in row.data and row.product_id}
    still = set(StockRecord.objects.filter(product__in=made).values_list("product_id", flat=True))
    Product.objects.filter(pk__in=made - still).delete()


def _restore(rows: list[ImportRow], writer: writing.Writer, now: datetime) -> None:
    present = Present([row.record.product for row in rows if row.record])
    for row in rows:
        record = StockRecord.objects.select_for_update(of=("self",)).get(pk=row.record_id)
        record.product = row.record.product if row.record else record.product
        values = {name: old for name, old in row.before.items() if _is_as_written(name, row, record, present)}
        if values.get("stock") is not None and values["stock"] < (record.num_allocated or 0):
            values.pop("stock")
        writing.put(record, values, writer, now)


def _is_as_written(name: str, row: ImportRow, record: Any, present: Present) -> bool:
    """Somebody's later change is not taken back with it."""
    now = present.of(record)
    if name.startswith(ATTRIBUTE):
        code = name.removeprefix(ATTRIBUTE)
        return bool(now["attributes"].get(code) == row.data.get("attributes", {}).get(code))
    return not differ(row.data.get(name), now[name])
