"""What can be paid: the protocol of a sale, a slot, a gift, a top-up. Their rooms implement it on a model.

One payment may settle several of them, also of different rooms. Whoever is paid reacts inside the
transaction of the money, so money and meaning change together.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from finance.documents.parties import Party
from finance.sold import Sold


class Payable(Protocol):
    pk: Any

    @property
    def module(self) -> str:
        """Of `teams.modules`; "" for our own (a top-up): no commission, no seller."""

    @property
    def payee(self) -> Any:
        """The business that earns it; None where it is ours or goes to the payer's own wallet."""

    @property
    def payer(self) -> Any:
        """The account it belongs to; None for a guest."""

    @property
    def category(self) -> str:
        """For the rate of commission."""

    def amount_due(self) -> Decimal: ...

    def describe(self) -> str:
        """One line for the checkout, in the reader's language."""

    def sold(self) -> list[Sold]:
        """The lines of its document; they sum to `amount_due()`."""

    def url(self) -> str:
        """Where its buyer sees it."""

    @property
    def waits_for_transfer(self) -> bool:
        """A transfer on its way keeps it beyond `held_until`."""

    def invoice_to(self) -> Party | None:
        """Whom the document names, where the buyer said so; None: as her account says."""

    def held_until(self) -> datetime | None:
        """Until when it is kept for its buyer (a slot); None where nothing runs out."""

    def lock(self) -> None:
        """Lock its rows in the order of the house. The payment is locked after them."""

    def check_payable(self, *, now: datetime) -> None:
        """Raises NotPayable, in words for people: expired, cancelled, already paid."""

    def on_settled(self, item: Any, *, now: datetime) -> bool:
        """The money is there. False: it came too late to be of use; the money goes back by itself."""

    def on_refunded(self, refund: Any, *, now: datetime) -> None:
        """Money of this item goes back (`refund.amount`), whatever way."""
