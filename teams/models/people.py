"""Who works where, as what."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.states import Status as UserStatus

from .. import rights
from ..role_templates import BY_KEY
from .business import Business, Location


class Role(models.Model):
    """From a template, whose rights live in code and grow with the product, or made by the business."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="roles")
    template = models.CharField(_("template"), max_length=12, blank=True)
    name = models.CharField(_("name"), max_length=60, blank=True)
    chosen = ArrayField(models.CharField(max_length=40), verbose_name=_("rights"), default=list, blank=True)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["business", "template"], condition=~Q(template=""), name="role_template_is_used_once"
            ),
            models.UniqueConstraint(
                fields=["business", "name"], condition=~Q(name=""), name="role_names_differ"
            ),
            models.CheckConstraint(
                condition=(Q(template="") & ~Q(name="")) | (~Q(template="") & Q(chosen=[])),
                name="role_is_a_template_or_has_a_name",
            ),
        ]

    def __str__(self) -> str:
        return str(self.label)

    @property
    def label(self) -> Any:
        return self.name or BY_KEY[self.template].label

    @property
    def word(self) -> str:
        """How the journal names it: read again with `role_templates.label_of` in each reader's language."""
        return self.name or self.template

    @property
    def text(self) -> Any:
        return BY_KEY[self.template].text if self.template else ""

    @property
    def is_owner(self) -> bool:
        return self.template == rights.OWNER

    @property
    def is_sensitive(self) -> bool:
        """Holds rights over money or roles."""
        return bool(self.rights & rights.sensitive())

    @property
    def rights(self) -> frozenset[str]:
        return rights.of_template(self.template) if self.template else rights.known(self.chosen)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def owners(self) -> MembershipQuerySet:
        return self.filter(role__template=rights.OWNER)

    def present(self) -> MembershipQuerySet:
        """Of people whose account is neither paused nor closing."""
        return self.filter(user__status=UserStatus.ACTIVE, user__is_active=True)


class Membership(models.Model):
    """A person in a business. Without branches named she works in all of them.

    The database keeps at least one owner in each business and refuses a role of another one
    (migration 0002).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    business = models.ForeignKey(Business, models.CASCADE, related_name="memberships")
    role = models.ForeignKey(Role, models.RESTRICT, related_name="memberships")
    locations = models.ManyToManyField(
        Location, verbose_name=_("branches"), related_name="memberships", blank=True
    )
    is_public = models.BooleanField(_("shown on the public page"), default=False)
    public_title = models.CharField(_("title on the public page"), max_length=60, blank=True)
    joined_at = models.DateTimeField(_("joined"))
    seen_at = models.DateTimeField(_("last seen"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(fields=["user", "business"], name="person_joins_a_business_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.business}"
