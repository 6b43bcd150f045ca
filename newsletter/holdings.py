"""Personal data of the newsletter. The proof of an approval outlives the account by three years."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.personal_data import PROOF, OnErase, holding

THREE_YEARS = _("three years after the newsletter has ended for you (law 6563)")


def _hers(prefix: str = "") -> Any:
    return lambda user: Q(**{f"{prefix}email": user.email})


holding(
    "newsletter.Subscription",
    where=_hers(),
    title=_("Your newsletter"),
    purpose=_("To send it to you, and to prove that you asked for it"),
    ground=PROOF,
    period=THREE_YEARS,
    fields=("email", "status", "locale", "asked_at", "confirmed_at", "ended_at"),
    on_erase=OnErase.KEEP,
)
holding(
    "newsletter.Evidence",
    where=_hers("subscription__"),
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
