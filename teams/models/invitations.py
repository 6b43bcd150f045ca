"""What waits for somebody's yes: an invitation to a team, an offer of ownership."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ..people_states import InvitationStatus, OfferStatus
from .business import Business, Location
from .people import Membership, Role


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> InvitationQuerySet:
        return self.filter(status=InvitationStatus.SENT)

    def overdue(self, now: datetime) -> InvitationQuerySet:
        return self.open().filter(expires_at__lte=now)


class Invitation(models.Model):
    """Bound to one address. The token is in the mail alone; here is its fingerprint.

    The database refuses a role of another business (migration of the constraints).
    """

    business = models.ForeignKey(Business, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    role = models.ForeignKey(Role, models.SET_NULL, null=True, related_name="invitations")
    locations = models.ManyToManyField(Location, verbose_name=_("branches"), related_name="+", blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    status = models.CharField(
        _("state"), max_length=10, choices=InvitationStatus.choices, default=InvitationStatus.SENT
    )
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("good until"))

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["business", "email"],
                condition=Q(status=InvitationStatus.SENT),
                name="address_has_one_open_invitation",
            ),
            models.CheckConstraint(
                condition=~Q(status=InvitationStatus.SENT) | Q(role__isnull=False),
                name="open_invitation_has_a_role",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower(F("email"))) & Q(email__regex=r"^[!-~]+@[!-~]+$"),
                name="invited_address_is_canonical",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("sent_at")), name="invitation_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.business}"

    def is_good(self, now: datetime) -> bool:
        return self.status == InvitationStatus.SENT and now < self.expires_at


class OwnershipOffer(models.Model):
    """An owner offers her place to a member; the other says yes or no."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="ownership_offers")
    giver = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    taker = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    status = models.CharField(
        _("state"), max_length=10, choices=OfferStatus.choices, default=OfferStatus.OFFERED
    )
    offered_at = models.DateTimeField(_("offered"))
    expires_at = models.DateTimeField(_("good until"))

    class Meta:
        verbose_name = _("offer of ownership")
        verbose_name_plural = _("offers of ownership")
        constraints = [
            models.UniqueConstraint(
                fields=["business"],
                condition=Q(status=OfferStatus.OFFERED),
                name="business_has_one_open_ownership_offer",
            ),
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="ownership_goes_to_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"

    def is_good(self, now: datetime) -> bool:
        return self.status == OfferStatus.OFFERED and now < self.expires_at


def new_token() -> str:
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
