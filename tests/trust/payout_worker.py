"""A worker that sends payouts and dies at the point its environment names; and the provider it speaks to."""

from __future__ import annotations

import os

from payments.providers.base import Abilities, Outcome, PayoutOrder, Provider, State


class Counter(Provider):
    """Keeps its book in a file, as a bank that is another machine."""

    code, label, abilities = "counter", "Sayaç", Abilities(payouts=True)

    def is_configured(self) -> bool:
        return True

    def _book(self):
        from tests.trust.test_payout_crash import BOOK, Book

        return Book(os.environ[BOOK], once="PAYOUT_TWICE" not in os.environ)

    def pay_out(self, order: PayoutOrder) -> Outcome:
        self._book().pay(order.reference, order.amount)
        return self.look_up_payout(order)

    def look_up_payout(self, order: PayoutOrder) -> Outcome:
        if order.reference not in dict(self._book().lines()):
            return Outcome(State.REFUSED, code="not_found", is_signed=True)
        return Outcome(State.SETTLED, order.reference, order.amount, "TRY", is_signed=True)


def main() -> None:
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = os.environ["PAYOUT_DATABASE"]
    django.setup()
    settings.PAYMENT_PROVIDERS = ["tests.trust.payout_worker.Counter"]
    settings.PAYOUT_PROVIDER, settings.CRASH_AT = "counter", os.environ["CRASH_POINT"]
    from django.utils import timezone

    from payments.services import sending

    sending.send_due(now=timezone.now())


if __name__ == "__main__":
    main()
