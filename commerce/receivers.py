"""What follows when the catalogue changes: old pictures go. Lists and kept answers follow by themselves."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver
from oscar.core.loading import get_model

from commerce.catalogue import renditions, shown  # noqa: F401  (shown: kept answers)

ProductImage = get_model("catalogue", "ProductImage")


@receiver(post_delete, sender=ProductImage)
def remove_renditions(sender: Any, instance: Any, **kwargs: Any) -> None:
    renditions.remove(instance.original)
