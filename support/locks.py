"""How tickets are locked: always by number, so that two workers cannot wait for each other."""

from __future__ import annotations

from collections.abc import Iterable

from .errors import WentElsewhere
from .models import Ticket


def ticket(pk: int) -> Ticket:
    """The row as it is now. Raises WentElsewhere for one that was joined with another."""
    row = _locked([pk])[pk]
    if row.merged_into_id:
        raise WentElsewhere
    return row


def tickets(pks: Iterable[int]) -> dict[int, Ticket]:
    return _locked(sorted(pks))


def last(pk: int) -> Ticket:
    """Where the talk goes on: whoever writes to a joined ticket writes to the other one."""
    row = _locked([pk])[pk]
    while row.merged_into_id:
        row = _locked([row.merged_into_id])[row.merged_into_id]
    return row


def _locked(pks: Iterable[int]) -> dict[int, Ticket]:
    rows = Ticket.objects.select_for_update(of=("self",)).select_related("requester")
    return {row.pk: row for row in rows.filter(pk__in=pks).order_by("pk")}
