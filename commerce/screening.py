"""Goods whose words look like something that may not be sold here are held until a person has looked.

Whoever saves a product comes past `look`: the panel, the dashboard and the import alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from commerce import denied, events
from commerce.models import Hold, ProductText
from commerce.states import HOLDS, HoldStatus, Review
from core import journal
from core.errors import Refused

Product = get_model("catalogue", "Product")

MATTERS = {
    denied.MEDICINE: _("Medicines and plant protection products may not be sold on the internet."),
    denied.LIVE_ANIMAL: _("Living animals are not sold here."),
}


class NeedsReason(Refused):
    code = "needs_reason"
    message = _("Write the seller why it cannot be sold.")


def findings(product: Any) -> list[denied.Finding]:
    """In its own words and in those of its translations."""
    texts = ProductText.objects.filter(product=product).values_list("title", "description")
    return denied.find(
        product.title or "", product.description or "", *(part for pair in texts for part in pair)
    )


def look(product: Any) -> None:
    """Before it is saved: what would have to wait is not public. Remembers the findings for `settle`."""
    product.found = denied.find(product.title or "", product.description or "")
    if product.found and not _is_known(product):
        product.review, product.is_public = Review.HELD, False


@transaction.atomic
def settle(product: Any, *, now: datetime) -> None:
    """After it is saved, with translations: open what has to wait, close what has lost its ground."""
    found = findings(product)
    if found and not _is_known(product, found):
        _hold(product, found, now)
    elif not found and product.review in (Review.HELD, Review.REFUSED):
        _leave(product, now)


def settle_many(products: Iterable[Any], *, now: datetime) -> None:
    """Of an import: only those with a finding cost a query."""
    for product in products:
        if getattr(product, "found", None):
            settle(product, now=now)


def _is_known(product: Any, found: list[denied.Finding] | None = None) -> bool:
    """A person has released, or refused, just these words before."""
    if not product.pk or product.review not in (Review.RELEASED, Review.REFUSED):
        return False
    asked = {one.word for one in (product.found if found is None else found)}
    decided = (
        Hold.objects.filter(product=product).exclude(status=HoldStatus.OPEN).order_by("-decided_at", "-pk")
    )
    last = decided.first()
    return last is not None and asked <= set(last.words)


def _hold(product: Any, found: list[denied.Finding], now: datetime) -> None:
    words = [one.word for one in found]
    hold, is_new = Hold.objects.get_or_create(
        product=product,
        status=HoldStatus.OPEN,
        defaults={"matter": found[0].matter, "words": words, "opened_at": now},
    )
    if is_new:
        journal.write(events.PRODUCT_HELD, subject=product, data={"words": words})
    elif hold.words != words:
        Hold.objects.filter(pk=hold.pk).update(words=words, matter=found[0].matter)
    _set(product, Review.HELD)


def _leave(product: Any, now: datetime) -> None:
    for hold in Hold.objects.filter(product=product, status=HoldStatus.OPEN):
        HOLDS.move(hold, HoldStatus.LEFT, event=events.HOLD_LEFT, decided_at=now)
    _set(product, Review.NONE)


def _set(product: Any, review: str) -> None:
    changes: dict[str, Any] = {"review": review}
    if review in (Review.HELD, Review.REFUSED):
        changes["is_public"] = False
    Product.objects.filter(pk=product.pk).update(**changes)
    if changes.get("is_public") is False:
        Product.objects.filter(parent=product).update(is_public=False)
    for name, value in changes.items():
        setattr(product, name, value)


@transaction.atomic
def release(*, hold: Hold, by: Any, now: datetime, note: str = "") -> None:
    """It may be sold after all. The seller publishes it again. Raises MoveRefused."""
    HOLDS.move(
        hold,
        HoldStatus.RELEASED,
        event=events.HOLD_RELEASED,
        actor=by,
        decided_at=now,
        decided_by=by,
        note=note,
    )
    _set(hold.product, Review.RELEASED)


@transaction.atomic
def refuse(*, hold: Hold, by: Any, now: datetime, note: str) -> None:
    """It may not be sold here; the seller reads why. Raises NeedsReason, MoveRefused."""
    if not note.strip():
        raise NeedsReason
    HOLDS.move(
        hold,
        HoldStatus.REFUSED,
        event=events.HOLD_REFUSED,
        actor=by,
        decided_at=now,
        decided_by=by,
        note=note,
    )
    _set(hold.product, Review.REFUSED)


def open_hold(product: Any) -> Hold | None:
    """The one that waits or was refused last, for the seller's page."""
    if product.review not in (Review.HELD, Review.REFUSED):
        return None
    return Hold.objects.filter(product=product).order_by("-opened_at", "-pk").first()
