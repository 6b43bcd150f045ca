"""A transfer to our own bank account: we show where to, the bank statement says what came.

Nobody can be asked, so `look_up` knows nothing, and money goes back by hand (two people).
"""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from .base import Abilities, LookUpOrder, Method, NextStep, Outcome, PaymentOrder, Provider, State


class Transfer(Provider):
    code, label = "transfer", _("Transfer to our bank account")
    methods = frozenset({Method.TRANSFER})
    abilities = Abilities(refund_until_days=0)

    def is_configured(self) -> bool:
        return bool(settings.TRANSFER_IBAN and settings.TRANSFER_RECEIVER)

    def start(self, order: PaymentOrder) -> NextStep:
        return NextStep(
            "account", iban=settings.TRANSFER_IBAN, receiver=settings.TRANSFER_RECEIVER, until=order.until
        )

    def look_up(self, order: LookUpOrder) -> Outcome:
        return Outcome(State.PENDING, reference=order.reference)
