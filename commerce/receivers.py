"""What follows when goods or sellers change: the search index learns it, old pictures go, words are read."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from django.utils import timezone
from modelsearch import index
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
from commerce.models import ProductText
from core import journal
from teams import events as teams
from teams.models import Business

Product = get_model("catalogue", "Product")
ProductCategory = get_model("catalogue", "ProductCategory")
ProductImage = get_model("catalogue", "ProductImage")
StockRecord = get_model("partner", "StockRecord")


@receiver([post_save, post_delete], sender=ProductCategory)
@receiver(post_save, sender=StockRecord)
def index_product(sender: Any, instance: Any, created: bool | None = None, **kwargs: Any) -> None:
    """Categories and sellers are written after the product, and people search by them too.

    A later change of a row is only a price or a stock figure, which no one searches by.
    """
    product = Product.objects.filter(pk=instance.product_id).first() if created is not False else None
    if product is not None:
        index.insert_or_update_object(product)


@receiver([post_save, post_delete], sender=ProductText)
def index_text(sender: Any, instance: Any, **kwargs: Any) -> None:
    product = Product.objects.filter(pk=instance.product_id).first()
    if product is not None:
        index.insert_or_update_object(product)


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
