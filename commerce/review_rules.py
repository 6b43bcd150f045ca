"""What a review may not hold, and what of that a machine sees. Being negative is no reason (F-05)."""

from __future__ import annotations

import re

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core import text


class Refusal(TextChoices):
    """The whole list; whoever writes is told which one."""

    PERSONAL = "personal", _("It holds personal data or a way to reach somebody")
    INSULT = "insult", _("It insults or threatens somebody")
    ADVERT = "advert", _("It advertises, or links elsewhere")
    MEDICINE = "medicine", _("It claims that the goods treat or cure an illness")
    OFF_TOPIC = "off_topic", _("It is about neither the goods nor the order")
    UNLAWFUL = "unlawful", _("A law forbids it")


_LINK = re.compile(r"https?://|www\.|\b[\w-]+\.(?:com|net|org|shop|store|biz|info)(?:\.tr)?\b", re.IGNORECASE)
_REACHES = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+|(?:\+?90|0)?[\s.(-]*5\d{2}(?:[\s.)-]*\d){7}\b|\b[1-9]\d{10}\b|@\w{3,}"
)
# Folded, so that dots and capitals make no difference; whole words or their beginnings.
_CURES = re.compile(
    r"\b(?:tedavi|iyilestir|sifa(?:si|li)?\b|ilac(?:i|tir|lar|in)?\b|ilaci|kanseri|antibiyotik|"
    r"hastaligini (?:gecir|yok)|parazit\w* oldur|cure[sd]?\b|heals?\b|treats? (?:the |his |her )?\w*)"
)
_INSULTS = re.compile(
    r"\b(?:aptal|salak|gerizekali|geri zekali|serefsiz|ahlaksiz|pislik herif|dolandirici\w*|orospu\w*|"
    r"pezevenk|siktir\w*|amk|oldururum|gebert\w*|idiot|moron|scammer)\b"
)


def suspicion(*parts: str) -> str:
    """The reason for which a person has to look first; empty when nothing was found."""
    words = " ".join(parts)
    folded = text.fold(words)
    if _REACHES.search(words):
        return Refusal.PERSONAL
    if _LINK.search(words):
        return Refusal.ADVERT
    if _INSULTS.search(folded):
        return Refusal.INSULT
    return Refusal.MEDICINE if _CURES.search(folded) else ""
