"""Oscar's catalogue, with the tax class of goods and pictures in set sizes."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import AbstractProduct, AbstractProductImage

from commerce.states import Withdrawal
from commerce.tax import TaxClass

from . import renditions


class Product(AbstractProduct):
    tax_class = models.CharField(
        _("tax class"), max_length=16, choices=TaxClass.choices, default=TaxClass.STANDARD
    )
    withdrawal = models.CharField(
        _("right to send it back"), max_length=16, choices=Withdrawal.choices, default=Withdrawal.ALLOWED
    )
    owner = models.ForeignKey(  # the seller who wrote its texts; none: the store's editors
        "partner.Partner", models.SET_NULL, null=True, blank=True, related_name="written_products"
    )

    class Meta(AbstractProduct.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tax_class__in=TaxClass.values), name="product_tax_class_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawal__in=Withdrawal.values), name="product_says_if_it_may_come_back"
            ),
        ]

    @property
    def effective_tax_class(self) -> str:
        """A variant is taxed as the product it is a variant of."""
        return self.parent.tax_class if self.is_child else self.tax_class


class ProductImage(AbstractProductImage):
    def clean(self) -> None:
        renditions.check(self.original)

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        renditions.make(self.original)

    @property
    def small(self) -> str:
        return renditions.url(self.original, renditions.SMALL)

    @property
    def large(self) -> str:
        return renditions.url(self.original, renditions.LARGE)


from oscar.apps.catalogue.models import *  # noqa: E402, F403  (Oscar fills in what is not declared above)
