"""Personal data of consultations. Video and sound go from browser to browser and are never kept."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.personal_data import PROOF, OnErase, holding

TWO_YEARS = _("two years after the consultation")
TEN_YEARS = _("ten years after the year of the appointment")


def _of(path: str) -> Any:
    return lambda user: Q(**{f"{path}booking__customer": user})


holding(
    "consultations.Message",
    where=_of("consultation__"),
    covers=("author",),
    title=_("What was written in your consultations"),
    purpose=_("To keep a record of what was advised"),
    ground=PROOF,
    period=TWO_YEARS,
    fields=("at", "side", "text"),
    on_erase=OnErase.ANONYMISE,
    blank={"text": "—"},
)
holding(
    "consultations.Presence",
    owner="user",
    title=_("When you were in a consultation room"),
    purpose=_("To show who came when money is argued about"),
    ground=PROOF,
    period=TWO_YEARS,
    fields=("side", "joined_at", "seen_at", "left_at"),
    on_erase=OnErase.LINK,
)
holding(
    "consultations.Summary",
    where=_of("consultation__"),
    covers=("author",),
    title=_("Summaries of your consultations"),
    purpose=_("To keep a record of what was advised"),
    ground=PROOF,
    period=TEN_YEARS,
    fields=("sent_at", "told", "seen", "advice", "go_if"),
    on_erase=OnErase.KEEP,
)
holding(
    "consultations.Addendum",
    where=_of("summary__consultation__"),
    covers=("author",),
    title=_("Additions to summaries of your consultations"),
    purpose=_("To keep a record of what was advised"),
    ground=PROOF,
    period=TEN_YEARS,
    fields=("at", "text"),
    on_erase=OnErase.KEEP,
)
