"""What follows when the catalogue changes: the search index learns it, old pictures go."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from modelsearch import index
from oscar.core.loading import get_model

from commerce import after_receivers  # noqa: F401  (they register themselves)
from commerce.catalogue import renditions, shown  # noqa: F401  (shown: kept answers)

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


@receiver(post_delete, sender=ProductImage)
def remove_renditions(sender: Any, instance: Any, **kwargs: Any) -> None:
    renditions.remove(instance.original)
