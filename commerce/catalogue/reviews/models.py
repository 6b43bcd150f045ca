"""What buyers say about goods: one review for each person and product, with the line that proves it.

A review of somebody who never had the goods in her hands (cancelled) is limited: words about what she
lived through, no stars. Whether it is shown is a matter of named reasons, never of being negative.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.reviews.abstract_models import AbstractProductReview

from commerce.review_rules import Refusal


class ProductReview(AbstractProductReview):
    """`score` is 1 to 5, or 0 where the review is limited."""

    line = models.ForeignKey(  # what proves that she bought it
        "order.Line", models.PROTECT, null=True, related_name="reviews", verbose_name=_("bought as")
    )
    is_limited = models.BooleanField(_("about the order only"), default=False)
    written_at = models.DateTimeField(_("written"), null=True)
    edited_at = models.DateTimeField(_("changed"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    found = models.CharField(max_length=20, choices=Refusal.choices, blank=True)  # why a person has to look
    refusal = models.CharField(_("why not shown"), max_length=20, choices=Refusal.choices, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answer = models.TextField(_("answer of the seller"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta(AbstractProductReview.Meta):
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_limited=True, score=0) | Q(is_limited=False, score__range=(1, 5)),
                name="stars_are_for_goods_that_arrived",
            ),
            models.CheckConstraint(
                condition=Q(status=2) & ~Q(refusal="") | ~Q(status=2) & Q(refusal=""),
                name="review_is_refused_for_a_named_reason",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[0, 1, 2]) & (~Q(status=1) | Q(published_at__isnull=False)),
                name="shown_review_says_since_when",
            ),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_at__isnull=False), name="answer_of_the_seller_has_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["product", "status", "-written_at", "-id"], name="review_of_product"),
            models.Index(fields=["written_at"], name="review_to_check", condition=Q(status=0)),
        ]

    def save(self, *args, **kwargs) -> None:
        """Oscar saves the whole product here, with every figure another hand has changed meanwhile."""
        models.Model.save(self, *args, **kwargs)
        self.product.update_rating()

    def delete(self, *args, **kwargs):
        """As above; the stars are counted anew."""
        done = models.Model.delete(self, *args, **kwargs)
        self.product.update_rating()
        return done

    @property
    def shown_name(self) -> str:
        """“Ayşe Y.”: readers need no whole name."""
        first, last = (self.user.first_name, self.user.last_name) if self.user else (self.name, "")
        return " ".join(part for part in (first, f"{last[0]}." if last else "") if part) or str(_("A buyer"))


from oscar.apps.catalogue.reviews.models import *  # noqa: E402, F403  (Oscar fills in what is not declared)
