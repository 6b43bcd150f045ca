"""Title and description of a product in another language than Turkish."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

OTHERS = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


class ProductText(models.Model):
    product = models.ForeignKey("catalogue.Product", models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8)
    title = models.CharField(_("title"), max_length=255)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("text of a product")
        verbose_name_plural = _("texts of products")
        constraints = [
            models.UniqueConstraint(
                fields=["product", "language"], name="product_has_one_text_in_a_language"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="product_text_has_a_title"),
            models.CheckConstraint(
                condition=~Q(language=settings.LANGUAGE_CODE), name="turkish_text_stands_with_the_product"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.title}"
