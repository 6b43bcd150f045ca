"""Oscar's catalogue, with the tax class of goods and pictures in set sizes."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import Avg, Count
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import AbstractProduct, AbstractProductImage

from commerce.states import Review, Withdrawal
from commerce.tax import TaxClass

from . import renditions
from .selling import Products


class Product(AbstractProduct):
    tax_class = models.CharField(
        _("tax class"), max_length=16, choices=TaxClass.choices, default=TaxClass.STANDARD, blank=True
    )
    withdrawal = models.CharField(
        _("right to send it back"),
        max_length=16,
        choices=Withdrawal.choices,
        default=Withdrawal.ALLOWED,
        blank=True,
    )
    review = models.CharField(
        max_length=10, choices=Review.choices, default=Review.NONE, blank=True, editable=False
    )
    owner = models.ForeignKey(  # the seller who wrote its texts; none: the store's editors
        "partner.Partner", models.SET_NULL, null=True, blank=True, related_name="written_products"
    )

    objects = Products.as_manager()
    reviews_count = models.PositiveIntegerField(default=0, editable=False)  # those that give stars

    class Meta(AbstractProduct.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tax_class__in=["", *TaxClass.values]), name="product_tax_class_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawal__in=["", *Withdrawal.values]),
                name="product_says_if_it_may_come_back",
            ),
            models.CheckConstraint(
                condition=models.Q(is_public=False) | ~models.Q(tax_class="") & ~models.Q(withdrawal=""),
                name="public_product_has_its_classes",
            ),
            models.CheckConstraint(
                condition=models.Q(is_public=False) | models.Q(review__in=[Review.NONE, Review.RELEASED]),
                name="held_product_is_not_public",
            ),
        ]

    @property
    def effective_tax_class(self) -> str:
        """A variant is taxed as the product it is a variant of."""
        return self.parent.tax_class if self.is_child else self.tax_class

    @transaction.atomic
    def update_rating(self) -> None:
        """Average and number of the stars that are shown. Two at once take turns, so none is counted out."""
        own = Product.objects.filter(pk=self.pk)
        list(own.select_for_update(of=("self",)).order_by().values_list("pk"))
        shown = self.reviews.filter(status=self.reviews.model.APPROVED, is_limited=False)
        found = shown.order_by().aggregate(rating=Avg("score"), reviews_count=Count("pk"))
        own.update(**found)
        self.rating, self.reviews_count = found["rating"], found["reviews_count"]


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
