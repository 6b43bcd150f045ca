"""T11: killed at every named point of paying and giving back, at each gateway; then the schedule runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from payments import services
from payments.models import Attempt, PaymentItem, Reason
from payments.services import submitting
from tests.payments.bank import bank, bank_process  # noqa: F401
from tests.payments.conftest import shelf, shop  # noqa: F401

from .gateways import CODES, Counter, callback, killed, loose_ends, reconcile, stands_at, under_way

pytestmark = pytest.mark.django_db(transaction=True)
CHOOSING = ["after_intent", "after_start", "after_step"]
HEARING = ["after_event", "before_settle_commit", "after_settle"]
GIVING_BACK = [
    "before_refund_decided",
    "after_refund_claim",
    "after_refund_call",
    "before_refund_commit",
    "after_refund",
]
POINTS = [*CHOOSING, *HEARING, *GIVING_BACK]
TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
def counter(bank, shelf, shop, ayse) -> Counter:  # noqa: F811
    return Counter(bank, shelf, shop, ayse)


def pay(counter: Counter, code: str, point: str, settings: Any) -> bool:
    """Killed while the page is opened; the customer pays if a page reached her, and orders anew if not."""
    payment = counter.start()
    died = killed(lambda: counter.choose(payment, code), point, settings)
    attempt = payment.attempts.get()
    if attempt.step:
        counter.bank.pay(attempt.reference)
    return died


def hear(counter: Counter, code: str, point: str, settings: Any) -> bool:
    """Killed while the message of the bank is worked at; the bank sends it again later."""
    attempt = counter.opened(code)
    counter.bank.pay(attempt.reference)
    letter = counter.bank.letters(attempt.reference)[-1]

    def take() -> None:
        services.take_callback(provider=code, callback=callback(letter), now=timezone.now())

    died = killed(take, point, settings)
    take()
    return died


def give_back(counter: Counter, code: str, point: str, settings: Any) -> bool:
    """Killed while a part goes back; who asked for it asks once more with the same key."""
    attempt = counter.paid(code)
    item = PaymentItem.objects.get(payment=attempt.payment)

    def decide() -> Any:
        facts = {"reason": Reason.CANCELLED, "by": None, "now": timezone.now()}
        fresh = PaymentItem.objects.get(pk=item.pk)
        return services.refund_item(key=f"back {attempt.pk}", item=fresh, amount=Decimal(50), **facts)

    if point == "before_refund_decided":
        died = killed(decide, point, settings)
        decide()
        return died
    part = decide().parts.get()
    return killed(lambda: services.send(part_id=part.pk, now=timezone.now()), point, settings)


Story = Callable[[Counter, str, str, Any], bool]
STORIES: list[tuple[Story, list[str]]] = [(pay, CHOOSING), (hear, HEARING), (give_back, GIVING_BACK)]


@pytest.mark.trust("T11")
def test_killed_anywhere_nothing_is_lost_or_doubled(verdict, counter, settings):
    died = 0
    for code in CODES:
        for story, points in STORIES:
            died += sum(story(counter, code, point, settings) for point in points)
    for minutes in (1, 4, 7, 10):
        reconcile(timezone.now() + timedelta(minutes=minutes))
    figures = {code: (counter.bank.total(code), stands_at(code)) for code in CODES}
    equal = all(bank_says == books_say for bank_says, books_say in figures.values())
    twice = _charged_twice(counter)
    kills = len(POINTS) * len(CODES)
    passed = died == kills and equal and not twice and loose_ends() == (0, 0) and under_way() == (0, 0)
    figure = f"{died} kills, bank and books {figures}, {twice} charged twice, loose {loose_ends()}"
    verdict(figure, f"{kills} kills, equal, 0 twice, none loose after 10 minutes", passed)


def _charged_twice(counter: Counter) -> int:
    """Payments for which the bank holds more than one charge."""
    charged = {row["reference"] for row in counter.bank.payments() if row["paid_at"]}
    of = Attempt.objects.filter(reference__in=charged).values_list("payment", flat=True)
    return len(of) - len(set(of))


@pytest.mark.trust("T11")
def test_without_asking_before_a_repeat_it_goes_back_twice(verdict, counter, settings, monkeypatch):
    """The guard switched off: a part in unknown hands is simply sent once more."""
    give_back(counter, "iyzico", "after_refund_call", settings)
    claim = submitting._claim

    def forgetful(part_id: int, now: Any) -> Any:
        claimed = claim(part_id, now)
        return (claimed[0], False) if claimed else None

    monkeypatch.setattr(submitting, "_claim", forgetful)
    reconcile(timezone.now() + TEN_MINUTES)
    bank_says, books_say = counter.bank.total("iyzico"), stands_at("iyzico")
    verdict(f"bank {bank_says}, books {books_say} with the guard off", "different", bank_says != books_say)
