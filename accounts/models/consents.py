"""What a person allowed, for one purpose each, and the evidence of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ConsentState(models.TextChoices):
    GIVEN = "given", _("Given")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Consent(models.Model):
    """One decision. Rows are added, never changed: the newest of a purpose is in force."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="consents")
    purpose = models.SlugField(_("purpose"), max_length=60)
    state = models.CharField(_("decision"), max_length=10, choices=ConsentState.choices)
    at = models.DateTimeField(_("when"))
    evidence = models.JSONField(
        _("evidence"), help_text=_("Where, from which address, in which language, on which words.")
    )

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["user", "purpose", "-at"], name="consent_in_force")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ConsentState.values), name="consent_state_is_known")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.purpose} {self.state}"
