"""What is kept of a sale: commission by module, and the tax figures with it. Dated, never overlapping."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q, TextChoices
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core.fields import DateRange
from teams import modules

HUNDRED = 100


PERIOD = (DateRange("valid_from", "valid_until", RangeBoundary()), RangeOperators.OVERLAPS)
PERCENT = Q(percent__gte=0, percent__lte=HUNDRED)


class CommissionRate(models.Model):
    """For a module; for one of its categories, one business, or both. The most specific one counts.

    commission = percent of the gross price + fixed, at least `minimum`, at most `maximum`, never more than
    the price. VAT comes on top of it.
    """

    module = models.CharField(
        _("module"), max_length=20, choices=[(one.code, one.label) for one in modules.ALL]
    )
    category = models.CharField(_("category"), max_length=40, blank=True)
    business = models.ForeignKey(
        "teams.Business",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("business"),
        related_name="rates",
    )
    percent = models.DecimalField(_("percent"), max_digits=5, decimal_places=2)
    fixed = models.DecimalField(_("fixed amount"), max_digits=10, decimal_places=2, default=0)
    minimum = models.DecimalField(_("at least"), max_digits=10, decimal_places=2, default=0)
    maximum = models.DecimalField(_("at most"), max_digits=10, decimal_places=2, null=True, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)  # first day without it
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("commission rate")
        verbose_name_plural = _("commission rates")
        ordering = ["module", "category", "business_id", "valid_from"]
        constraints = [
            ExclusionConstraint(
                name="one_rate_holds_for_a_scope",
                expressions=[
                    ("module", RangeOperators.EQUAL),
                    ("category", RangeOperators.EQUAL),
                    (Coalesce(F("business"), 0), RangeOperators.EQUAL),
                    PERIOD,
                ],
            ),
            models.CheckConstraint(
                condition=PERCENT & Q(fixed__gte=0, minimum__gte=0), name="rate_takes_no_less_than_nothing"
            ),
            models.CheckConstraint(
                condition=Q(maximum=None) | Q(maximum__gte=F("minimum")), name="rate_has_a_sound_range"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="rate_holds_for_a_while",
            ),
            models.CheckConstraint(
                condition=Q(module__in=list(modules.BY_CODE)), name="rate_is_of_a_known_module"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module} {self.category} %{self.percent}".replace("  ", " ")

    @property
    def last_day(self) -> date | None:
        return self.valid_until and self.valid_until - timedelta(days=1)


class Tax(TextChoices):
    COMMISSION_VAT = "commission_vat", _("VAT on commission")
    WITHHOLDING = "withholding", _("Withholding from sellers")
    VAT_STANDARD = "vat_standard", _("VAT of goods: standard rate")
    VAT_LIST_II = "vat_list_2", _("VAT of goods: list II")
    VAT_LIST_I = "vat_list_1", _("VAT of goods: list I")


class TaxRate(models.Model):
    """A figure of the law with the time it holds and where it stands."""

    tax = models.CharField(_("tax"), max_length=20, choices=Tax.choices)
    percent = models.DecimalField(_("percent"), max_digits=5, decimal_places=2)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    checked_on = models.DateField(_("last checked"))

    class Meta:
        verbose_name = _("tax rate")
        verbose_name_plural = _("tax rates")
        ordering = ["tax", "valid_from"]
        constraints = [
            ExclusionConstraint(
                name="one_tax_rate_holds_at_a_time", expressions=[("tax", RangeOperators.EQUAL), PERIOD]
            ),
            models.CheckConstraint(condition=PERCENT, name="tax_takes_a_share"),
            models.CheckConstraint(condition=Q(tax__in=Tax.values), name="tax_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.tax} %{self.percent}"
