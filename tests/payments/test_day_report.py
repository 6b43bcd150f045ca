"""The provider's day beside ours: what differs is found, once, and settled by people."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.states import MoveRefused
from finance import ledger
from finance.models import AccountKind
from payments.models import Attempt, DayReport, Difference, DifferenceState, Refund, RefundPart, Step
from payments.payout_errors import NotFitting, OtherPerson, SaysWhy
from payments.providers import registry
from payments.providers.base import Outcome, ReportLine, State
from payments.services import day_report
from payments.services import difference_decisions as decisions
from tests.payments import reports  # noqa: F401  (its provider is named by path)

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def day():
    return timezone.localdate() - timedelta(days=1)


def at(day, hour=12, minute=0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


@pytest.fixture
def reporter(settings, till):
    settings.PAYMENT_PROVIDERS = [*settings.PAYMENT_PROVIDERS, "tests.payments.reports.Reporter"]
    registry._provider.cache_clear()
    yield registry.find("reporter")
    registry._provider.cache_clear()


class Day:
    """Captured attempts of a day, and the report that says so."""

    def __init__(self, till, reporter, day) -> None:
        self.till, self.reporter, self.day, self.number = till, reporter, day, 0

    def capture(self, amount="100", hour=12, minute=0, told=True) -> Attempt:
        self.number += 1
        self.till.now = at(self.day, hour, minute)
        payment = self.till.paid(amount, key=f"day {self.number}")
        attempt = payment.attempts.get()
        Attempt.objects.filter(pk=attempt.pk).update(provider="reporter")
        attempt.refresh_from_db()
        if told:
            self.reporter.lines.append(self.line(attempt))
        return attempt

    def line(self, attempt, **changes) -> ReportLine:
        made = ReportLine(
            "payment", attempt.reference, f"R{attempt.pk}", attempt.amount, "TRY", attempt.captured_at
        )
        return replace(made, **changes)

    def compare(self) -> DayReport | None:
        return day_report.compare(provider=self.reporter, day=self.day, now=timezone.now())

    def kinds(self) -> list[tuple[str, str]]:
        self.compare()
        return sorted(Difference.objects.filter(state="open").values_list("kind", "reference"))


@pytest.fixture
def the_day(till, reporter, day):
    return Day(till, reporter, day)


def test_a_day_that_agrees_has_no_difference(the_day):
    for _number in range(3):
        the_day.capture()
    report = the_day.compare()
    assert (report.matched, report.lines_there, report.lines_here) == (3, 3, 3)
    assert report.sum_there == report.sum_here == 300
    assert not Difference.objects.exists()


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("amount", {"amount": D("99.99")}),
        ("currency", {"currency": "EUR"}),
        ("missing_here", {"reference": "X" * 20}),
    ],
)
def test_each_kind_is_found(the_day, kind, change):
    attempt = the_day.capture(told=False)
    the_day.reporter.lines.append(the_day.line(attempt, **change))
    assert kind in [found for found, _reference in the_day.kinds()]


def test_only_ours_twice_and_another_state(the_day):
    the_day.capture(told=False)
    twice = the_day.capture()
    the_day.reporter.lines.append(the_day.line(twice, remote_id="another"))
    open_one = the_day.till.choose(the_day.till.start("50", key="open"))
    Attempt.objects.filter(pk=open_one.pk).update(provider="reporter")
    the_day.reporter.lines.append(the_day.line(open_one, at=at(the_day.day)))
    assert [kind for kind, _ in the_day.kinds()] == ["duplicate", "missing_there", "state"]


def test_midnight_is_no_difference(the_day, day):
    """Ours at 23:59, theirs at 00:01 of the next day; read only because ours stands at the edge."""
    attempt = the_day.capture(hour=23, minute=59, told=False)
    the_day.reporter.lines.append(the_day.line(attempt, at=at(day + timedelta(days=1), 0, 1)))
    assert the_day.kinds() == []
    assert the_day.reporter.read == [day, day + timedelta(days=1)]


def test_compared_again_it_is_the_same_and_goes_by_itself(the_day):
    attempt = the_day.capture(told=False)
    the_day.compare()
    the_day.compare()
    assert Difference.objects.get().state == DifferenceState.OPEN
    the_day.reporter.lines.append(the_day.line(attempt))
    the_day.compare()
    assert Difference.objects.get().state == DifferenceState.GONE
    the_day.reporter.lines.clear()
    the_day.compare()
    assert Difference.objects.get().state == DifferenceState.OPEN


def test_a_refund_told_by_the_number_of_its_payment(the_day, ayse):
    """As two of the gateways do: their report knows no reference of the refund."""
    attempt = the_day.capture("100")
    Attempt.objects.filter(pk=attempt.pk).update(remote={"receipt": "D-9"}, refunded=70)
    for number, (amount, remote_id) in enumerate((("30", "D-9"), ("40", attempt.reference))):
        refund = Refund.objects.create(
            key=f"r{number}",
            payment=attempt.payment,
            amount=amount,
            reason="cancelled",
            requested_at=at(the_day.day),
        )
        RefundPart.objects.create(
            refund=refund, attempt=attempt, amount=amount, status="succeeded", settled_at=at(the_day.day)
        )
        the_day.reporter.lines.append(ReportLine("refund", "", remote_id, D(amount), "TRY", at(the_day.day)))
    assert the_day.kinds() == []


def test_fees_of_the_report_are_booked_once(the_day):
    attempt = the_day.capture(told=False)
    the_day.reporter.lines.append(the_day.line(attempt, fee=D("2.99")))
    the_day.compare()
    the_day.compare()
    attempt.refresh_from_db()
    assert attempt.fee == D("2.99")
    assert -ledger.balance(ledger.account(AccountKind.FEES)) == D("2.99")


def test_a_silent_provider_is_asked_again(the_day, settings, day):
    the_day.capture()
    the_day.reporter.is_silent = True
    assert day_report.compare_due(now=timezone.now()) == 0
    the_day.reporter.is_silent = False
    assert day_report.compare_due(now=timezone.now()) == 1
    assert day_report.compare_due(now=timezone.now()) == 0
    assert DayReport.objects.get(provider="reporter", day=day).tries == 2


def test_many_lines_cost_the_same_statements(the_day):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    the_day.compare()
    for number in (1, 20):
        for _number in range(number):
            the_day.capture()
        with CaptureQueriesContext(
            connection,
        ) as found:
            the_day.compare()
        counts.append(len(found))
    assert counts[0] == counts[1]


# --- Decisions ----------------------------------------------------------------------------


@pytest.fixture
def two(person):
    return person("Fatma", "Kara"), person("Gonca", "Er")


@pytest.fixture
def unknown(the_day):
    """Paid over there, and nobody told us."""
    attempt = the_day.till.choose(the_day.till.start("50", key="open"))
    Attempt.objects.filter(pk=attempt.pk).update(provider="reporter")
    attempt.refresh_from_db()
    the_day.reporter.lines.append(the_day.line(attempt, at=at(the_day.day)))
    the_day.compare()
    return Difference.objects.get()


def word(difference) -> Outcome:
    own = difference.attempt
    return Outcome(State.SETTLED, own.reference, own.amount, "TRY", is_signed=True)


def test_the_bank_is_asked_and_closes_it(the_day, unknown, two):
    now = timezone.now()
    assert not decisions.ask_bank(difference=unknown, by=two[0], now=now)
    the_day.reporter.answer = word(unknown)
    assert decisions.ask_bank(difference=unknown, by=two[0], now=now)
    unknown.refresh_from_db()
    unknown.attempt.payment.refresh_from_db()
    assert (unknown.state, unknown.attempt.payment.status) == ("done", "paid")


def test_two_people_take_the_report_s_word(unknown, two):
    now = timezone.now()
    decisions.propose(difference=unknown, step=Step.SETTLE, by=two[0], note="", now=now)
    with pytest.raises(OtherPerson):
        decisions.agree(difference=unknown, by=two[0], now=now)
    decisions.agree(difference=unknown, by=two[1], now=now)
    unknown.refresh_from_db()
    unknown.attempt.payment.refresh_from_db()
    assert (unknown.state, unknown.attempt.payment.status) == ("done", "paid")
    with pytest.raises(MoveRefused):
        decisions.agree(difference=unknown, by=two[1], now=now)


def test_the_database_wants_two(unknown, two):
    with pytest.raises(IntegrityError, match="money_moves_by_two_people"), transaction.atomic():
        Difference.objects.update(state="done", step="settle", asked_by=two[0], decided_by=two[0])


def test_an_explanation_needs_words_and_one_person(unknown, two):
    given = {"difference": unknown, "step": Step.EXPLAIN, "by": two[0], "now": timezone.now()}
    with pytest.raises(SaysWhy):
        decisions.propose(note=" ", **given)
    decisions.propose(note="Gün sonunda düzeldi", **given)
    unknown.refresh_from_db()
    assert unknown.state == "done"


def test_a_step_that_does_not_fit_is_refused(unknown, two):
    given = {"difference": unknown, "by": two[0], "note": "x", "now": timezone.now()}
    with pytest.raises(NotFitting):
        decisions.propose(step=Step.GIVE_BACK, **given)


def test_what_people_decided_stays(the_day, unknown, two):
    now = timezone.now()
    decisions.propose(difference=unknown, step=Step.EXPLAIN, by=two[0], note="Biliyoruz", now=now)
    the_day.compare()
    unknown.refresh_from_db()
    assert unknown.state == "done"
