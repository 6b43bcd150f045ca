"""What was kept of each sale, frozen at that moment."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from teams import modules

from .rates import CommissionRate


class CommissionLine(models.Model):
    """gross = net + commission + commission_vat + withholding, to the kuruş.

    A refund adds a line with `of` and amounts below zero, pro rata; the lines of a sale never sum below zero.
    """

    key = models.CharField(max_length=120, unique=True)  # of the posting
    business = models.ForeignKey("teams.Business", models.PROTECT, related_name="commission_lines")
    module = models.CharField(
        _("module"), max_length=20, choices=[(one.code, one.label) for one in modules.ALL]
    )
    category = models.CharField(_("category"), max_length=40, blank=True)
    rate = models.ForeignKey(
        CommissionRate, models.PROTECT, null=True, related_name="lines"
    )  # none: free of it
    of = models.ForeignKey("self", models.PROTECT, null=True, related_name="refunds")
    at = models.DateTimeField(_("when"))
    percent = models.DecimalField(_("percent"), max_digits=5, decimal_places=2)
    gross = models.DecimalField(_("price"), max_digits=14, decimal_places=2)
    vat = models.DecimalField(_("VAT in the price"), max_digits=14, decimal_places=2)
    commission = models.DecimalField(_("commission"), max_digits=14, decimal_places=2)
    commission_vat = models.DecimalField(_("VAT on commission"), max_digits=14, decimal_places=2)
    withholding = models.DecimalField(_("withholding"), max_digits=14, decimal_places=2)
    net = models.DecimalField(_("earned"), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("commission line")
        verbose_name_plural = _("commission lines")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(gross=F("net") + F("commission") + F("commission_vat") + F("withholding")),
                name="line_splits_the_price",
            ),
            models.CheckConstraint(
                condition=Q(of=None, gross__gt=0) | Q(of__isnull=False, gross__lt=0),
                name="line_sells_or_refunds",
            ),
        ]
        indexes = [models.Index(fields=["business", "-at", "-id"], name="line_of_business")]

    def __str__(self) -> str:
        return self.key
