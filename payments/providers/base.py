"""What a provider is: a few verbs that speak to a bank and say what they heard, and its abilities as data.

A provider touches no row and decides nothing: `payments.services` gives it an order, and writes down its
outcome. Amounts are lira as `Decimal` with two places. `reference` is ours: 20 characters of A–Z and 0–9,
new for every attempt and every refund. `remote` is what the provider has to remember of its own (ids,
tokens): plain JSON, given back with every later order. No card number is ever in it.

    class Param(Provider):
        code, label = "param", "Param"
        methods = {Method.CARD}

Outcomes carry `remote` whole: what was given with the order and what was learnt now.

`UNKNOWN` is the answer to silence, to 5xx and to what cannot be read: it is asked again, never taken for no.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Method(TextChoices):
    CARD = "card", _("Card")
    TRANSFER = "transfer", _("Bank transfer")
    WALLET = "wallet", _("Wallet")


class State(TextChoices):
    """What the provider says about an attempt, a refund or a payout."""

    SETTLED = "settled", _("Settled")
    PENDING = "pending", _("Pending")  # the customer or the bank is still busy with it
    REVIEW = "review", _("Under review")  # taken, but the provider may still take it back (fraud check)
    REFUSED = "refused", _("Refused")
    UNKNOWN = "unknown", _("Unknown")


@dataclass(frozen=True)
class Buyer:
    """What gateways ask for. `identity_number` may be empty; it is never stored or logged by us."""

    id: str
    name: str
    surname: str
    email: str
    phone: str
    address: str
    city: str
    ip: str
    identity_number: str = ""
    country: str = "Türkiye"


@dataclass(frozen=True)
class BasketLine:
    id: str
    text: str
    category: str
    amount: Decimal  # above zero; the lines sum to the order
    is_physical: bool = False


@dataclass(frozen=True)
class PaymentOrder:
    reference: str
    amount: Decimal
    currency: str  # ISO 4217
    method: str
    buyer: Buyer
    lines: list[BasketLine]
    return_url: str  # where the provider's page sends the browser back to
    callback_url: str  # where the provider's server tells us
    language: str = "tr"
    installments: list[int] = field(default_factory=lambda: [1])
    until: datetime | None = None


@dataclass(frozen=True)
class NextStep:
    """What the customer does now. `kind`: redirect (to `url`), frame (`url` in an iframe of ours), account
    (transfer `amount` to `iban`, naming `reference`), done (nothing: the wallet paid).

    A provider that refuses or stays silent raises `Refused` or `Silent`.
    """

    kind: str
    url: str = ""
    remote: dict[str, Any] = field(default_factory=dict)
    iban: str = ""
    receiver: str = ""
    until: datetime | None = None


@dataclass(frozen=True)
class Callback:
    """A message of the provider's server as it arrived."""

    headers: dict[str, str]  # names in lower case
    body: bytes
    ip: str = ""


@dataclass(frozen=True)
class Outcome:
    """What the provider says, with the figures it says it about; empty figures were not told.

    `amount` is what was asked for, `paid` what the customer was charged (higher with instalments). `code` is
    the provider's own word for a refusal, `reason` one of ours (`declined`, `not_enough`, `expired`, `3d`,
    `fraud`, `cancelled`, `limit`, `card`, `config`, `too_early` (ask again tomorrow), `too_late`, `too_much`,
    `balance`, ``). `is_test`: of the provider's test mode, so no money.
    """

    state: str
    reference: str = ""
    amount: Decimal | None = None
    currency: str = ""
    paid: Decimal | None = None
    fee: Decimal | None = None
    installments: int = 1
    code: str = ""
    reason: str = ""
    remote: dict[str, Any] = field(default_factory=dict)
    is_test: bool = False
    is_signed: bool = False  # proven to be the provider's word: by its signature, or because we asked it


@dataclass(frozen=True)
class Message:
    """A callback that was read: whom it is about, what it says, and a key under which it counts once.

    Where the provider's message is only a hint (`outcome` None), `look_up` has to be asked.
    """

    reference: str
    dedupe_key: str
    kind: str
    outcome: Outcome | None = None


@dataclass(frozen=True)
class Reply:
    """How a provider wants its callback answered."""

    body: str = "OK"
    status: int = 200
    content_type: str = "text/plain"


@dataclass(frozen=True)
class LookUpOrder:
    reference: str
    remote: dict[str, Any]
    amount: Decimal
    currency: str
    started_on: date


@dataclass(frozen=True)
class RefundOrder:
    reference: str  # of this refund
    payment_reference: str
    remote: dict[str, Any]  # of the attempt
    amount: Decimal
    currency: str
    captured: Decimal  # the whole that was charged, with what instalments cost
    refunded: Decimal  # accepted before this one
    paid_on: date  # local day
    ip: str = ""


@dataclass(frozen=True)
class PayoutOrder:
    reference: str
    amount: Decimal
    iban: str
    holder: str
    text: str


@dataclass(frozen=True)
class ReportLine:
    """One movement in the provider's report of a day. `kind`: payment, refund, void, payout, chargeback."""

    kind: str
    reference: str  # ours, empty where the provider does not know it
    remote_id: str
    amount: Decimal  # what was charged or given back, always above zero
    currency: str
    at: datetime
    fee: Decimal = Decimal(0)


class Refused(Exception):
    """The provider understood and said no before anything moved. `reason` as in `Outcome`."""

    def __init__(self, code: str = "", reason: str = "", text: str = "") -> None:
        super().__init__(code, reason, text)
        self.code, self.reason, self.text = code, reason, text


class Silent(Exception):
    """No answer that can be read: nobody knows what happened over there."""


class Forged(Exception):
    """The message is not the provider's, or was changed on its way."""


@dataclass(frozen=True)
class Abilities:
    """Drives the checkout page, the policy of refunds and the answer of the help page."""

    partial_refund: bool = True
    void: bool = False  # gives back a whole payment on its day without trace on the card
    instalments: bool = False
    report: bool = False
    payouts: bool = False
    refund_until_days: int = 365


class Provider:
    """Base of all. What a provider cannot do it does not override; `abilities` says so beforehand."""

    code: str
    label: Any
    methods: frozenset[str] = frozenset()
    abilities = Abilities()

    @property
    def frame_origin(self) -> str:
        """Whose page we show in a frame (for our content policy); empty where the browser is sent there."""
        return ""

    def is_configured(self) -> bool:
        """Keys and addresses are there."""
        return True

    def start(self, order: PaymentOrder) -> NextStep:
        """Open the payment over there. Raises Refused, Silent."""
        raise NotImplementedError

    def read_callback(self, callback: Callback) -> Message:
        """Check the signature, then read. Raises Forged."""
        raise NotImplementedError

    def reply(self, *, is_taken: bool) -> Reply:
        return Reply(status=200 if is_taken else 400)

    def read_return(self, form: dict[str, str]) -> str:
        """Which remote token or reference the browser brought back ("" for none): a hint, never a proof."""
        return ""

    def look_up(self, order: LookUpOrder) -> Outcome:
        """Ask what became of it: the authority where callbacks are hints or were lost. Never raises.

        REFUSED with `expired`: the page is closed for good, or its address never reached us, so nobody can
        pay there. A late signed success is still possible and has to be taken.
        """
        raise NotImplementedError

    def refund(self, order: RefundOrder) -> Outcome:
        """Give back a part or all. PENDING: taken on, done later. Never raises."""
        raise NotImplementedError

    def void(self, order: RefundOrder) -> Outcome:
        """Undo the whole payment on its day. Never raises."""
        raise NotImplementedError

    def find_refund(self, order: RefundOrder) -> Outcome:
        """After silence: did it happen? REFUSED here means: certainly not, it may be asked for again."""
        raise NotImplementedError

    def report(self, day: date) -> Iterator[ReportLine]:
        """All movements of a local day. Raises Silent."""
        raise NotImplementedError

    def pay_out(self, order: PayoutOrder) -> Outcome:
        """Send money out. Safe to repeat with the same reference. Never raises."""
        raise NotImplementedError

    def look_up_payout(self, order: PayoutOrder) -> Outcome:
        raise NotImplementedError
