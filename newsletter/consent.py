"""The words of the approval, in each language, and the version of them that somebody has read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts import purposes

from .models import ConsentText

PURPOSE = purposes.purpose(
    "newsletter.email",
    title=_("Monthly newsletter by e-mail"),
    text=_(
        "Diji.vet may send me once a month by e-mail what is new on the platform. I can end this at any time "
        "with the link in each mail, under Account > Settings or by a word to Diji.vet, free and at once. My "
        "address, my approval and its time are kept in İYS, the state’s register of such approvals."
    ),
)


@dataclass(frozen=True)
class Words:
    """The approval as it reads now. `sha256` is its version: forms carry it, evidence names it."""

    locale: str
    title: str
    text: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(f"{self.locale}\n{self.title}\n{self.text}".encode()).hexdigest()


def words(locale: str) -> Words:
    with translation.override(locale):
        return Words(locale, str(PURPOSE.title), str(PURPOSE.text))


@transaction.atomic
def version(locale: str, *, now: datetime) -> ConsentText:
    """The row of the present words; new words get the next number."""
    current = words(locale)
    found = ConsentText.objects.filter(sha256=current.sha256).first()
    return found or _add(current, now)


def _add(current: Words, now: datetime) -> ConsentText:
    """Two rivals meet at the unique number; the second reads what the first has written."""
    facts: dict[str, Any] = {"locale": current.locale, "title": current.title, "text": current.text}
    number = ConsentText.objects.filter(locale=current.locale).count() + 1
    row = ConsentText(sha256=current.sha256, number=number, since=now, **facts)
    ConsentText.objects.bulk_create([row], ignore_conflicts=True)
    return ConsentText.objects.get(sha256=current.sha256)
