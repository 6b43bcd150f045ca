"""What a business earned arrives on its account once, with the consent of a second person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

import pytest
from defusedxml.ElementTree import fromstring
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.models import Line
from core.states import MoveRefused
from finance import ledger
from finance import services as books
from finance.models import AccountKind
from payments.models import Every, Payout, PayoutPlan
from payments.payout_errors import (
    AccountChanged,
    AccountHeld,
    LessThanLeast,
    MoreThanThere,
    NoAccount,
    NothingToPayOut,
    NotVerified,
    OneWaits,
    OwnMoney,
)
from payments.providers import registry
from payments.providers.base import Abilities, Outcome, PayoutOrder, Provider, State
from payments.services import bank_files, payouts, planning, sending
from payments.states import PAYOUTS, PayoutStatus
from teams.models import Business
from tests.core.rivals import at_once
from tests.factories import teams
from tests.factories.sales import rate, sale, taxes

pytestmark = pytest.mark.django_db
D = Decimal
NET = D("1046.00")  # of a sale of 1200 with 10 % of commission


class Payer(Provider):
    """Pays out, or does as told: `lost` (done, answer lost), `silent` (not done), `refused`."""

    code, label, abilities = "payer", "Deneme", Abilities(payouts=True)

    def __init__(self) -> None:
        self.paid: dict[str, Decimal] = {}
        self.at_pay, self.tellings = "", 0

    def is_configured(self) -> bool:
        return True

    def pay_out(self, order: PayoutOrder) -> Outcome:
        self.tellings += 1
        if self.at_pay == "refused":
            return Outcome(State.REFUSED, code="IBAN", is_signed=True)
        if self.at_pay != "silent":
            self.paid[order.reference] = order.amount
        return Outcome(State.UNKNOWN) if self.at_pay else self._settled(order)

    def look_up_payout(self, order: PayoutOrder) -> Outcome:
        if order.reference not in self.paid:
            return Outcome(State.REFUSED, code="not_found", is_signed=True)
        return self._settled(order)

    def _settled(self, order: PayoutOrder) -> Outcome:
        facts = {"reference": order.reference, "amount": self.paid[order.reference], "currency": "TRY"}
        return Outcome(State.SETTLED, is_signed=True, **facts)


@dataclass
class Story:
    shop: Business
    owner: object
    staff: object
    now: object = field(default_factory=timezone.now)

    def ask(self, amount=None, by="owner") -> Payout:
        return payouts.request_payout(
            business=self.shop,
            by=self.owner if by == "owner" else by,
            now=self.now,
            amount=None if amount is None else D(amount),
        )

    def approved(self, **given) -> Payout:
        row = self.ask(**given)
        payouts.approve_payout(payout=row, by=self.staff, now=self.now)
        row.refresh_from_db()
        return row

    def payable(self) -> Decimal:
        return ledger.balance(ledger.account(AccountKind.SELLER_PAYABLE, business=self.shop))

    def on_its_way(self) -> Decimal:
        return ledger.balance(ledger.account(AccountKind.PAYOUT))

    def send(self, row, later=0) -> Payout:
        sending.send_due(now=self.now + timedelta(minutes=later))
        row.refresh_from_db()
        return row


@pytest.fixture
def story(bora, person):
    rate()
    taxes()
    shop = teams.verified(bora, iban=teams.IBAN, iban_holder="Ihlamur Ltd. Şti.")
    sale(shop, "1200", "200", earned=True)
    return Story(shop, bora, person("Fatma", "Kara"))


@pytest.fixture
def payer(settings):
    settings.PAYMENT_PROVIDERS = ["tests.payments.test_payouts.Payer"]
    settings.PAYOUT_PROVIDER = "payer"
    registry._provider.cache_clear()
    yield registry.find("payer")
    registry._provider.cache_clear()


# --- Asking -------------------------------------------------------------------------------


def test_all_there_is_goes_on_its_way(story):
    row = story.ask()
    assert (row.amount, row.iban, row.holder) == (NET, teams.IBAN, "Ihlamur Ltd. Şti.")
    assert (story.payable(), story.on_its_way()) == (0, NET)
    assert Line.objects.filter(name="payments.payout_requested").count() == 1


@pytest.mark.parametrize(
    ("change", "amount", "refusal"),
    [
        ({"iban": ""}, None, NoAccount),
        ({"status": "suspended"}, None, NotVerified),
        ({"iban_held_until": timezone.now() + timedelta(hours=1)}, None, AccountHeld),
        ({}, "1046.01", MoreThanThere),
        ({}, "99.99", LessThanLeast),
        ({}, "0", LessThanLeast),
        ({}, "-5", LessThanLeast),
    ],
)
def test_refused_requests_move_nothing(story, change, amount, refusal):
    Business.objects.filter(pk=story.shop.pk).update(**change)
    with pytest.raises(refusal):
        story.ask(amount)
    assert story.payable() == NET
    assert not Payout.objects.exists()


def test_one_waits_at_a_time(story):
    story.ask("500")
    with pytest.raises(OneWaits):
        story.ask("500")


def test_a_debt_is_netted_first(story, ayse):
    story.approved()
    line = story.shop.commission_lines.get()
    wallet = ledger.account(AccountKind.WALLET, user=ayse)
    books.refund_sale(key="r", line=line, amount=D(600), to=wallet, now=story.now)
    assert story.payable() == D("-523.00")
    with pytest.raises(NothingToPayOut):
        story.ask()
    sale(story.shop, "1200", "200", earned=True)
    assert story.ask().amount == D("523.00")


@pytest.mark.django_db(transaction=True)
def test_rivals_ask_for_the_same_money_once(story):
    done = at_once(lambda n: story.ask("700"), 5)
    assert sum(isinstance(one, Payout) for one in done) == 1
    assert (story.payable(), story.on_its_way()) == (D("346.00"), 700)


@pytest.mark.django_db(transaction=True)
def test_without_the_locks_the_database_refuses_it(story, monkeypatch):
    """The guard switched off: both saw the whole balance, the trigger and the one-draft rule still hold."""
    from payments import payout_locks as locks

    monkeypatch.setattr(locks, "business", lambda pk: Business.objects.get(pk=pk))
    monkeypatch.setattr(
        locks, "payable", lambda business: ledger.account(AccountKind.SELLER_PAYABLE, business=business)
    )
    done = at_once(lambda n: story.ask("700"), 5)
    assert sum(isinstance(one, Payout) for one in done) <= 1
    assert story.payable() >= 0


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_a_payout_of_more_than_there_is(story):
    with pytest.raises(IntegrityError, match="more than what was there"), transaction.atomic():
        account = ledger.account(AccountKind.SELLER_PAYABLE, business=story.shop)
        way = ledger.account(AccountKind.PAYOUT)
        ledger.post(key="x", kind="payout", legs=[(account, D(-2000)), (way, D(2000))], now=story.now)
        Payout.objects.create(
            business=story.shop, amount=2000, iban=teams.IBAN, holder="x", requested_at=story.now
        )


def test_called_off_it_may_be_paid_out_again(story):
    row = story.ask()
    payouts.cancel_payout(payout=row, by=story.owner, now=story.now)
    assert (story.payable(), story.on_its_way()) == (NET, 0)
    with pytest.raises(MoveRefused):
        payouts.cancel_payout(payout=row, by=story.owner, now=story.now)
    assert story.ask().amount == NET


# --- A second person ----------------------------------------------------------------------


def test_who_asked_or_works_there_does_not_approve(story, person):
    row = story.ask()
    colleague = person("Cem", "Ok")
    teams.member(story.shop, colleague, "accountant")
    for somebody in (story.owner, colleague):
        with pytest.raises(OwnMoney):
            payouts.approve_payout(payout=row, by=somebody, now=story.now)


def test_the_database_wants_another_person(story):
    row = story.ask()
    with pytest.raises(IntegrityError, match="approved_by_another"), transaction.atomic():
        Payout.objects.filter(pk=row.pk).update(approved_by=story.owner)
    with pytest.raises(IntegrityError, match="leaves_after_approval"), transaction.atomic():
        Payout.objects.filter(pk=row.pk).update(status="sent", sent_at=story.now)


def test_another_account_since_is_not_approved(story):
    row = story.ask()
    Business.objects.filter(pk=story.shop.pk).update(iban=teams.OTHER_IBAN)
    with pytest.raises(AccountChanged):
        payouts.approve_payout(payout=row, by=story.staff, now=story.now)


@pytest.mark.parametrize("source", PayoutStatus.values)
@pytest.mark.parametrize("target", PayoutStatus.values)
def test_its_life(source, target):
    allowed = {
        "draft": {"approved", "cancelled"},
        "approved": {"sent", "cancelled"},
        "sent": {"paid", "failed", "returned"},
        "paid": {"returned"},
    }
    assert PAYOUTS.allows(source, target) == (target in allowed.get(source, set()))


# --- By a provider ------------------------------------------------------------------------


def test_it_is_paid_by_the_provider(story, payer):
    row = story.send(story.approved())
    assert (row.status, row.provider, row.look_at) == ("paid", "payer", None)
    assert (story.on_its_way(), payer.paid) == (0, {row.reference: NET})
    assert ledger.balance(ledger.account(AccountKind.CLEARING, name="payer")) == NET
    assert not sending.send_due(now=story.now + timedelta(days=1))


def test_silence_is_asked_again_never_failed(story, payer):
    payer.at_pay = "lost"
    row = story.send(story.approved())
    assert row.status == "sent"
    assert story.send(row, later=1).status == "sent"  # not yet its time
    assert story.send(row, later=5).status == "paid"
    assert payer.tellings == 1


def test_never_seen_is_told_again_under_the_same_name(story, payer):
    payer.at_pay = "silent"
    row = story.send(story.approved())
    payer.at_pay = ""
    assert story.send(row, later=5).status == "paid"
    assert payer.paid == {row.reference: NET}


def test_refused_it_may_be_paid_out_again(story, payer):
    payer.at_pay = "refused"
    row = story.send(story.approved())
    assert (row.status, row.code) == ("failed", "IBAN")
    assert (story.payable(), story.on_its_way()) == (NET, 0)


def test_called_off_after_approval_it_is_never_sent(story, payer):
    row = story.approved()
    payouts.cancel_payout(payout=row, by=story.staff, now=story.now)
    Payout.objects.update(look_at=story.now)  # whatever a row may say
    assert story.send(row, later=60).status == "cancelled"
    assert (payer.paid, story.payable()) == ({}, NET)


def test_figures_that_are_not_ours_end_nothing(story, payer):
    payer.at_pay = "lost"
    row = story.send(story.approved())
    payer.paid[row.reference] = D(1)
    row = story.send(row, later=5)
    assert (row.status, row.code) == ("sent", "differs: amount")


def test_an_unsigned_word_ends_nothing(story, payer):
    payer.at_pay = "lost"
    row = story.send(story.approved())
    assert not sending.write_down(payout=row, outcome=Outcome(State.SETTLED, row.reference), now=story.now)


# --- By our bank --------------------------------------------------------------------------


def test_the_file_holds_what_was_approved_once(story, settings):
    settings.PAYMENT_PROVIDERS = []
    row = story.approved()
    file = bank_files.make_file(by=story.staff, now=story.now)
    row.refresh_from_db()
    assert (row.status, row.file, file.total, file.count) == ("sent", file, NET, 1)
    root = fromstring(file.body)
    said = {node.tag.split("}")[1]: node.text for node in root.iter() if node.text and node.text.strip()}
    assert said["EndToEndId"] == row.reference
    assert (said["InstdAmt"], said["CtrlSum"], said["IBAN"]) == ("1046.00", "1046.00", row.iban)
    with pytest.raises(NothingToPayOut):
        bank_files.make_file(by=story.staff, now=story.now)


@pytest.mark.django_db(transaction=True)
def test_two_files_at_once_share_nothing(story, settings):
    settings.PAYMENT_PROVIDERS = []
    story.approved()
    done = at_once(lambda n: bank_files.make_file(by=story.staff, now=story.now), 4)
    assert sum(isinstance(one, NothingToPayOut) for one in done) == 3


# --- Without asking -----------------------------------------------------------------------

MONDAY = date(2026, 11, 30)


def at(day: date):
    return timezone.make_aware(timezone.datetime.combine(day, timezone.datetime.min.time())) + timedelta(
        hours=9
    )


def test_each_week_by_itself(story):
    """The first time it is seen its week begins; then on each first business day."""
    assert planning.ask_planned(now=at(MONDAY)) == 0
    assert planning.ask_planned(now=at(MONDAY + timedelta(days=7))) == 1
    assert planning.ask_planned(now=at(MONDAY + timedelta(days=7))) == 0
    row = Payout.objects.get()
    assert (row.requested_by, row.amount) == (None, NET)


@pytest.mark.parametrize(
    ("every", "day", "following"),
    [
        ("day", date(2026, 11, 27), date(2026, 11, 30)),
        ("week", date(2026, 10, 26), date(2026, 11, 2)),
        ("week", date(2026, 11, 30), date(2026, 12, 7)),
        ("month", date(2026, 12, 3), date(2027, 1, 4)),  # New Year, a weekend
        ("never", date(2026, 11, 30), None),
    ],
)
def test_when_it_is_next(every, day, following):
    assert planning.next_day(every, day) == following


def test_less_than_the_least_waits(story):
    planning.change_plan(business=story.shop, every=Every.DAY, minimum=D(2000), by=story.owner, now=story.now)
    PayoutPlan.objects.update(next_on=MONDAY)
    assert planning.ask_planned(now=at(MONDAY)) == 0
    PayoutPlan.objects.update(minimum=0)
    assert planning.ask_planned(now=at(MONDAY + timedelta(days=1))) == 1


def test_a_plan_that_cannot_be_kept_waits_for_the_next_time(story):
    planning.change_plan(business=story.shop, every=Every.DAY, minimum=D(0), by=story.owner, now=story.now)
    PayoutPlan.objects.update(next_on=MONDAY)
    Business.objects.update(iban_held_until=at(MONDAY) + timedelta(hours=1))
    assert planning.ask_planned(now=at(MONDAY)) == 0
    assert planning.ask_planned(now=at(MONDAY + timedelta(days=1))) == 1
