"""Personal data of the newsletter. The proof of an approval outlives the account by three years."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.personal_data import CONSENT, PROOF, OnErase, holding

from .models import Evidence, EvidenceKind

THREE_YEARS = _("three years after the newsletter has ended for you (law 6563)")


def _confirmed() -> Any:
    return Evidence.objects.filter(kind=EvidenceKind.CONFIRMED).values("subscription")


holding(
    "newsletter.Subscription",
    where=lambda user: Q(email=user.email, pk__in=_confirmed()),
    title=_("Your newsletter"),
    purpose=_("To send it to you, and to prove that you asked for it"),
    ground=PROOF,
    period=THREE_YEARS,
    fields=("email", "status", "locale", "asked_at", "confirmed_at", "ended_at"),
    on_erase=OnErase.KEEP,
)
holding(
    "newsletter.Subscription",
    where=lambda user: Q(email=user.email) & ~Q(pk__in=_confirmed()),
    title=_("A newsletter you have not confirmed"),
    purpose=_("To ask for your confirmation"),
    ground=CONSENT,
    period=_("a week"),
    fields=("email", "status", "locale", "asked_at"),
    on_erase=OnErase.DELETE,
)
holding(
    "newsletter.Evidence",
    where=lambda user: Q(subscription__email=user.email, subscription__in=_confirmed()),
    title=_("What you decided about the newsletter"),
    purpose=_("To prove that you asked for it"),
    ground=PROOF,
    period=THREE_YEARS,
    fields=("at", "kind", "source", "ip", "locale", "text__text"),
    on_erase=OnErase.KEEP,
)
holding(
    "newsletter.Issue",
    owner="submitted_by",
    covers=("released_by",),
    title=_("Newsletter issues you submitted"),
    purpose=_("To know who let an issue go"),
    ground=PROOF,
    period=_("as long as the issue stands in the archive"),
    on_erase=OnErase.LINK,
)
