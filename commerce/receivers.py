"""What follows when goods or sellers change: old pictures go, words are read.

Lists and kept answers follow by themselves.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from django.utils import timezone
from oscar.core.loading import get_model

from commerce import (  # noqa: F401  (they register themselves)
    after_receivers,
    notices,
    order_receivers,
    parcel_receivers,
    screening,
    sellers,
)
from commerce.catalogue import renditions, shown  # noqa: F401  (shown: kept answers)
from core import journal
from teams import events as teams
from teams.models import Business

Product = get_model("catalogue", "Product")
ProductImage = get_model("catalogue", "ProductImage")


@receiver(pre_save, sender=Product)
def look_at_words(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        screening.look(instance)


@receiver(post_save, sender=Product)
def settle_words(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        screening.settle(instance, now=timezone.now())


@journal.on(
    teams.VERIFIED,
    teams.REJECTED,
    teams.REOPENED,
    teams.SUSPENDED,
    teams.RETURNED,
    teams.MODULE_SWITCHED,
    teams.PROFILE_EDITED,
    teams.CHANGE_APPROVED,
)
def follow_business(line: Any) -> None:
    """Who is not verified, or has switched the store off, sells nothing."""
    business = line.subject if isinstance(line.subject, Business) else getattr(line.subject, "business", None)
    if business is not None:
        business.refresh_from_db()
        sellers.follow(business)


@receiver(post_delete, sender=ProductImage)
def remove_renditions(sender: Any, instance: Any, **kwargs: Any) -> None:
    renditions.remove(instance.original)
