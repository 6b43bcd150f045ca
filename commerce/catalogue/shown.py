"""Kept answers of the store: each shows goods, and any change of goods, prices or stock touches them all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from core import response_cache

TAG = "store"
ROOMS = {"catalogue", "partner", "offer"}
GOODS = {"commerce.ProductText"}
# Oscar changes some figures by UPDATE, of which Django tells nobody.
LONGEST = timedelta(minutes=1)


def store() -> None:
    """The answer being made shows goods."""
    response_cache.depends_on(response_cache.FRAME, TAG)
    response_cache.forget_after(LONGEST)


def purge() -> None:
    """Goods have changed, also where Django tells nobody of it."""
    response_cache.purge(TAG)


@receiver([post_save, post_delete])
def purge_store(sender: Any, **_: Any) -> None:
    if sender._meta.app_label in ROOMS or sender._meta.label in GOODS:
        purge()
