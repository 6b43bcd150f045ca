"""What happened, in words for the person who pays."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import Attempt
from .providers import registry

REFUSALS = {
    "declined": _("Your bank refused the payment. It does not tell us why; a call to your bank helps."),
    "not_enough": _("The card has not enough balance or limit."),
    "expired": _("The time on the payment page ran out."),
    "3d": _("The confirmation of your bank (3D Secure) was not completed."),
    "fraud": _("The payment provider found this payment doubtful and stopped it."),
    "cancelled": _("You closed the payment page."),
    "limit": _("The amount is above the limit of the card."),
    "card": _("The card cannot be used: perhaps it is blocked, expired or closed to internet shopping."),
    "config": _("The payment provider could not open the payment. It is our fault; choose another way."),
}
UNKNOWN_REFUSAL = _("The payment was not completed.")
DIFFERENCES = {
    "amount": _("another amount"),
    "currency": _("another currency"),
    "reference": _("another reference"),
    "test": _("money of the test mode"),
}


def refusal(attempt: Attempt) -> Any:
    return REFUSALS.get(attempt.reason, UNKNOWN_REFUSAL)


def label(provider: str) -> Any:
    """`iyzico`, `Wallet`: as people know it."""
    found = registry.find(provider)
    return found.label if found else provider


MOVEMENTS = {
    "top_up": _("Money added"),
    "top_up_back": _("Added money given back"),
    "wallet_set_aside": _("Set aside for a payment"),
    "wallet_released": _("Not needed for the payment, back again"),
    "refund_shared": _("Refund"),
    "gift": _("Gift credit"),
}
OTHER_MOVEMENT = _("Movement")
