"""Where goods and invoices go. Turkish structure, since that is what carriers and invoices ask for."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import provinces


class AddressKind(models.TextChoices):
    DELIVERY = "delivery", _("Delivery")
    INVOICE = "invoice", _("Invoice")


class Address(models.Model):
    """A postal code begins with the code of its province; the database knows that too."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="postal_addresses")
    kind = models.CharField(_("used for"), max_length=10, choices=AddressKind.choices)
    name = models.CharField(_("who receives"), max_length=120)
    province = models.CharField(_("province"), max_length=2, choices=provinces.CHOICES)
    district = models.CharField(_("district"), max_length=60)
    neighbourhood = models.CharField(_("neighbourhood"), max_length=80)
    street = models.CharField(_("avenue or street"), max_length=120)
    building = models.CharField(_("building number"), max_length=20)
    door = models.CharField(_("flat"), max_length=20, blank=True)
    postcode = models.CharField(_("postal code"), max_length=5)
    is_default = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering = ["kind", "-is_default", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"], condition=Q(is_default=True), name="one_default_address_of_a_kind"
            ),
            models.CheckConstraint(condition=Q(kind__in=AddressKind.values), name="address_kind_is_known"),
            models.CheckConstraint(
                condition=Q(province__in=provinces.BY_CODE), name="address_province_is_one_of_81"
            ),
            models.CheckConstraint(
                condition=Q(postcode__regex=r"^[0-9]{5}$") & Q(postcode__startswith=F("province")),
                name="postal_code_belongs_to_its_province",
            ),
        ]

    def __str__(self) -> str:
        return self.one_line

    @property
    def one_line(self) -> str:
        return ", ".join(self.lines)

    @property
    def lines(self) -> list[str]:
        """As it stands on an envelope in Turkey, whatever language the page speaks."""
        door = f" D: {self.door}" if self.door else ""
        return [
            f"{self.neighbourhood} {self.street} No: {self.building}{door}",
            f"{self.postcode} {self.district} / {self.get_province_display()}",
        ]
