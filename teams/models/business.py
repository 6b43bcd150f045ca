"""A business and its places."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from stdnum import iban

from core.provinces import BY_CODE, area

from ..kinds import STAMPS, Kind
from ..licence_kinds import NEEDED
from ..states import Status


class BusinessQuerySet(models.QuerySet["Business"]):
    def of(self, user: Any) -> BusinessQuerySet:
        """Those this person works for."""
        return self.filter(memberships__user=user)

    def listed(self, day: date | None = None, *, kinds: Collection[str] = tuple(NEEDED)) -> BusinessQuerySet:
        """Those that the public may see: verified, not paused, each permit its kind needs in force today.

        An owner who paused her account is away; a business without another owner is away with her.
        Whoever knows the kinds that matter names them: each costs a question.
        """
        from .licences import Licence
        from .people import Membership

        day = day or timezone.localdate()
        held = Licence.objects.valid_on(day).filter(business=OuterRef("pk"))
        may_work = Q()
        for kind in kinds:
            may_work |= Q(Q(kind=kind), *(Exists(held.filter(kind=one)) for one in NEEDED[kind]))
        present = Membership.objects.owners().present().filter(business=OuterRef("pk"))
        return self.filter(may_work, Exists(present), status=Status.VERIFIED)


class Business(models.Model):
    """One legal person with one kind of work. Its verified facts change only through a review."""

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    legal_name = models.CharField(_("legal name"), max_length=200, blank=True)
    tax_number = models.CharField(_("tax number"), max_length=11, blank=True)
    tax_office = models.CharField(_("tax office"), max_length=80, blank=True)
    mersis = models.CharField(_("MERSİS number"), max_length=16, blank=True)
    trade_registry = models.CharField(_("trade registry"), max_length=120, blank=True)
    kep = models.CharField(_("KEP address"), max_length=120, blank=True)
    chamber = models.CharField(_("chamber of craftsmen"), max_length=160, blank=True)
    iban = models.CharField(_("IBAN"), max_length=34, blank=True)
    iban_holder = models.CharField(_("name on the account"), max_length=200, blank=True)
    iban_held_until = models.DateTimeField(_("no payout before"), null=True, blank=True)
    phone = models.CharField(_("phone"), max_length=16, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    about = models.TextField(_("about"), max_length=2000, blank=True)
    keeps_holidays = models.BooleanField(_("closed on public holidays"), default=False)
    opened_at = models.DateTimeField(_("opened"))
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)

    objects = BusinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("business")
        verbose_name_plural = _("businesses")
        constraints = [
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[a-z0-9-]+$"), name="business_address_is_plain"
            ),
            models.CheckConstraint(
                condition=Q(tax_number="") | Q(tax_number__regex=r"^\d{10,11}$"),
                name="business_tax_number_has_10_or_11_digits",
            ),
            models.CheckConstraint(
                condition=Q(mersis="") | Q(mersis__regex=r"^\d{16}$"), name="business_mersis_has_16_digits"
            ),
            models.CheckConstraint(
                condition=Q(kep="") | Q(kep__regex=r"^[^@\s]+@([a-z0-9-]+\.)*kep\.tr$"),
                name="business_kep_is_at_a_kep_domain",
            ),
            models.CheckConstraint(
                condition=Q(iban="") | Q(iban__regex=r"^TR\d{7}[0-9A-Z]{17}$"),
                name="business_iban_is_turkish",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.VERIFIED, Status.SUSPENDED])
                | (~Q(legal_name="") & ~Q(tax_number="") & Q(verified_at__isnull=False)),
                name="verified_business_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("business_profile", kwargs={"slug": self.slug})

    @property
    def iban_in_groups(self) -> str:
        return iban.format(self.iban)

    @property
    def stamp(self) -> str:
        return STAMPS[Kind(self.kind)]

    @property
    def panel_url(self) -> str:
        return reverse("business_panel", kwargs={"business": self.slug})


class Location(models.Model):
    """A branch with its address. The main one stands for the business in short lists."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="locations")
    name = models.CharField(_("name"), max_length=80)
    province = models.CharField(_("province"), max_length=2, blank=True)  # plate code, 01–81
    district = models.CharField(_("district"), max_length=60, blank=True)
    neighbourhood = models.CharField(_("neighbourhood"), max_length=80, blank=True)
    street = models.CharField(_("street"), max_length=120, blank=True)
    building = models.CharField(_("building number"), max_length=20, blank=True)
    flat = models.CharField(_("flat"), max_length=20, blank=True)
    postcode = models.CharField(_("postcode"), max_length=5, blank=True)
    phone = models.CharField(_("phone"), max_length=16, blank=True)
    is_main = models.BooleanField(_("main"), default=False)

    class Meta:
        verbose_name = _("branch")
        verbose_name_plural = _("branches")
        ordering = ["-is_main", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["business"], condition=Q(is_main=True), name="business_has_one_main_branch"
            ),
            models.UniqueConstraint(fields=["business", "name"], name="branch_names_differ"),
            models.CheckConstraint(
                condition=Q(postcode="") | Q(postcode__regex=r"^\d{5}$"), name="branch_postcode_has_5_digits"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """As an envelope says it, what is empty left out."""
        place = " ".join(part for part in (self.street, self.building and f"No: {self.building}") if part)
        area = "/".join(part for part in (self.district, BY_CODE.get(self.province, "")) if part)
        inner = f"D: {self.flat}" if self.flat else ""
        end = f"{self.postcode} {area}".strip()
        return ", ".join(part for part in (self.neighbourhood, place, inner, end) if part)

    @property
    def area(self) -> str:
        return area(self.district, self.province)
