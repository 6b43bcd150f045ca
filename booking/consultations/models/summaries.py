"""What the business writes after the call. Once sent, the database refuses every change (migration 0002)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .rooms import Consultation

LONGEST = 2000


class Summary(models.Model):
    """Advice, never diagnosis: there is no field for a drug, a dose or a prescription."""

    consultation = models.OneToOneField(Consultation, models.PROTECT, related_name="summary")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    told = models.TextField(_("what she told"), max_length=LONGEST, blank=True)
    seen = models.TextField(_("what was seen"), max_length=LONGEST, blank=True)
    advice = models.TextField(_("advice"), max_length=LONGEST, blank=True)
    go_if = models.TextField(_("when to go to a clinic"), max_length=LONGEST, blank=True)
    written_at = models.DateTimeField(_("written"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("summary of a consultation")
        verbose_name_plural = _("summaries of consultations")
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | (~Q(seen="") & ~Q(advice="") & ~Q(go_if="")),
                name="sent_summary_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return str(self.consultation_id)


class Addendum(models.Model):
    """What was missing or wrong in a summary that was sent."""

    summary = models.ForeignKey(Summary, models.PROTECT, related_name="addenda")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    text = models.TextField(_("addendum"), max_length=LONGEST)
    at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("addendum to a summary")
        verbose_name_plural = _("addenda to summaries")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="addendum_says_something")]

    def __str__(self) -> str:
        return f"{self.summary_id} #{self.pk}"
