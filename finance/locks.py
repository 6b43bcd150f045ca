"""How rows of this room are locked."""

from __future__ import annotations

from .models import CommissionLine, Document


def line(pk: int) -> CommissionLine:
    """The sale, before anything is given back or paid out of it. Call inside a transaction."""
    return CommissionLine.objects.select_for_update().get(pk=pk)


def document(pk: int) -> Document:
    """Before a credit note takes something off it."""
    return Document.objects.select_for_update(of=("self",)).get(pk=pk)
