"""Kept answers of the store: which goods each shows. What changes them is noted by the database itself.

Tags: `product:<pk>` (its pages), `shelf:<pk>` (a list of what lies on or below), `store` (a list of anything)
and `goods`, which every answer carries. Triggers purge them (migration 0006), so an UPDATE of Oscar or an
import is heard like a saved row; only what is no row of goods has to say so (`purge`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from commerce import listings
from core import response_cache

GOODS = "goods"
STORE = "store"
NAMES = {"category", "productattribute", "attributeoptiongroup", "option", "productclass"}  # and all offers
LONGEST = timedelta(minutes=1)  # what is new on a shelf is not told to the pages of its neighbours
STILL_DUE = timedelta(seconds=5)


def goods() -> None:
    """The answer being made shows goods; rows that are due are made before it reads them."""
    response_cache.depends_on(response_cache.FRAME, GOODS)
    response_cache.forget_after(LONGEST if listings.refresh() else STILL_DUE)


def list_of(shelf: int | str | None) -> None:
    goods()
    response_cache.depends_on(f"shelf:{int(shelf)}" if shelf else STORE)


def products(*pks: int) -> None:
    response_cache.depends_on(*(f"product:{pk}" for pk in pks))


def until(moments: Iterable[datetime]) -> None:
    """The answer being made holds what ends by itself at these moments, such as struck prices."""
    now = timezone.now()
    for moment in moments:
        response_cache.forget_after(max(moment - now, timedelta()))


def purge() -> None:
    """Whatever shows goods: something behind all of them has changed, such as a rate of VAT."""
    response_cache.purge(GOODS)


@receiver([post_save, post_delete])
def purge_names(sender: Any, **_: Any) -> None:
    label = sender._meta.app_label
    if label == "offer" or (label == "catalogue" and sender._meta.model_name in NAMES):
        purge()
