"""The kinds of duties, and how near one is in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

SOON = 14  # days before which a date is only a date


class Kind(TextChoices):
    CHIP = "chip", _("Microchip")
    REGISTRATION = "registration", _("PETVET record")
    RABIES = "rabies", _("Rabies vaccination")
    OWNER_CHANGE = "owner_change", _("Notice of the new owner")
    LOSS_REPORT = "loss_report", _("Report of the loss")
    DEATH_REPORT = "death_report", _("Report of the death")
    COMBINED = "combined", _("Combined vaccination")
    INTERNAL = "internal", _("Internal parasites")
    EXTERNAL = "external", _("External parasites")

    @property
    def is_legal(self) -> bool:
        """Asked for by law; the others are advice."""
        return self not in (Kind.COMBINED, Kind.INTERNAL, Kind.EXTERNAL)

    @property
    def is_stated(self) -> bool:
        """Done at an office, so only the keeper can say that it is done."""
        return self in (Kind.REGISTRATION, Kind.OWNER_CHANGE, Kind.LOSS_REPORT, Kind.DEATH_REPORT)

    @property
    def done_word(self) -> Any:
        return _("Recorded") if self in (Kind.CHIP, Kind.REGISTRATION) else _("Told")

    @property
    def icon(self) -> str:
        return ICONS.get(self, "file-check")


ICONS = {Kind.CHIP: "qr-code", Kind.RABIES: "syringe", Kind.COMBINED: "syringe"}


@dataclass(frozen=True)
class State:
    """Done, far, near or over. Nothing due means done."""

    due_on: date | None

    @property
    def days(self) -> int | None:
        return (self.due_on - timezone.localdate()).days if self.due_on else None

    @property
    def is_done(self) -> bool:
        return self.due_on is None

    @property
    def is_far(self) -> bool:
        return self.days is not None and self.days > SOON

    @property
    def is_over(self) -> bool:
        return self.days is not None and self.days < 0

    @property
    def is_soon(self) -> bool:
        return self.days is not None and 0 <= self.days <= SOON

    @property
    def words(self) -> str:
        if self.due_on is None or self.days is None:
            return ""
        if self.days == 0:
            return str(_("today"))
        if self.is_over:
            return ngettext("%(count)d day over", "%(count)d days over", -self.days) % {"count": -self.days}
        if self.is_soon:
            return ngettext("%(count)d day left", "%(count)d days left", self.days) % {"count": self.days}
        return date_format(self.due_on)


def until_soon(today: date) -> date:
    return today + timedelta(days=SOON)
