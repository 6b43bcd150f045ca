"""The five modules of the product and which of them are open today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Module:
    """`url_name` with `query` leads to the module's public front; none while the module is being prepared."""

    label: Any
    promise: Any
    detail: Any
    tone: str
    icon: str
    url_name: str = ""
    query: str = ""

    @property
    def url(self) -> str:
        return f"{reverse(self.url_name)}?{self.query}" if self.query else reverse(self.url_name)


ALL = [
    Module(
        _("Appointments"),
        _("Hours of clinics, groomers, hotels and trainers"),
        _("The hour you choose is kept for you while you decide."),
        tone="visit",
        icon="calendar-check",
        url_name="booking_search",
    ),
    Module(
        _("Online consultation"),
        _("See a veterinarian by video"),
        _("You get advice; it does not replace an examination."),
        tone="consult",
        icon="video",
        url_name="booking_search",
        query="hizmet=danisma",
    ),
    Module(
        _("Transfer"),
        _("A safe journey from door to door"),
        _("You can follow the journey of your pet."),
        tone="transfer",
        icon="truck",
        url_name="booking_search",
        query="hizmet=nakil",
    ),
    Module(
        _("Fund"),
        _("Savings for your own pet"),
        _("Spent only at verified clinics."),
        tone="fund",
        icon="piggy-bank",
    ),
    Module(
        _("Store"),
        _("Many sellers, one basket"),
        _("Food, litter, toys and daily care."),
        tone="store",
        icon="store",
        url_name="catalogue:index",
    ),
]
