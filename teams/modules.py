"""The five modules of the product. Rooms hang their pages on a code; people and businesses switch it.

    panel.entry(Entry(HOME, _("My orders"), "my_orders", "package", module=modules.STORE))

A module that has no page in a panel yet is shown there as being built, without a switch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

APPOINTMENT, CONSULTATION, TRANSFER, FUNDS, STORE = (
    "appointment",
    "consultation",
    "transfer",
    "funds",
    "store",
)


@dataclass(frozen=True)
class Module:
    code: str
    label: Any
    text: Any
    icon: str


ALL = [
    Module(APPOINTMENT, _("Appointments"), _("Find a time, move it, be reminded."), "calendar-days"),
    Module(CONSULTATION, _("Online consultation"), _("Ask a vet from home."), "video"),
    Module(TRANSFER, _("Transfer"), _("Your pet travels with a licensed carrier."), "truck"),
    Module(FUNDS, _("Fund management"), _("Save or collect for care, with an open book."), "piggy-bank"),
    Module(STORE, _("Store"), _("Many sellers, one basket."), "store"),
]
BY_CODE = {module.code: module for module in ALL}
FOR_PEOPLE = {APPOINTMENT, CONSULTATION, TRANSFER, STORE}  # on until switched off
