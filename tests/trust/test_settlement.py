"""T24: a settlement file with 12 planted differences, then a clean one."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from payments import comparing
from payments.models import Attempt, Difference, Payment, Payout, Refund, RefundPart
from payments.providers.base import ReportLine
from payments.services import day_report
from tests.factories import teams

pytestmark = pytest.mark.django_db
CAPTURED, REFUNDED, PAID_OUT = 150, 30, 10
CODE = "reporter"


class File:
    """A day with payments, refunds and payouts, and the provider's lines about each of them."""

    def __init__(self, ayse: Any, bora: Any, seed: int) -> None:
        self.chance, self.day = random.Random(seed), timezone.localdate() - timedelta(days=1)
        self.begin = timezone.make_aware(datetime.combine(self.day, time()))
        self.user, self.shop = ayse, teams.verified(bora)
        self.attempts = [self._attempt(number) for number in range(CAPTURED)]
        self.parts = [self._part(row) for row in self.attempts[:REFUNDED]]
        self.payouts = [self._payout(number) for number in range(PAID_OUT)]
        self.lines = [
            *map(self._paid, self.attempts),
            *map(self._back, self.parts),
            *map(self._out, self.payouts),
        ]
        self.chance.shuffle(self.lines)

    def _at(self) -> datetime:
        return self.begin + timedelta(seconds=self.chance.randint(0, 86_399))

    def _attempt(self, number: int, **more: Any) -> Attempt:
        amount = Decimal(self.chance.randint(500, 500_000)) / 100
        now = self._at()
        payment = Payment.objects.create(
            key=f"t24 {number}", payer=self.user, amount=amount, created_at=now, expires_at=now
        )
        facts = {"status": "captured", "captured": amount, "captured_at": now} | more
        return Attempt.objects.create(
            payment=payment,
            provider=CODE,
            method="card",
            amount=amount,
            created_at=now,
            expires_at=now,
            **facts,
        )

    def _part(self, attempt: Attempt) -> RefundPart:
        now, amount = self._at(), attempt.amount / 2
        amount = amount.quantize(Decimal("0.01"))
        Attempt.objects.filter(pk=attempt.pk).update(refunded=amount)
        refund = Refund.objects.create(
            key=f"t24 r{attempt.pk}",
            payment=attempt.payment,
            amount=amount,
            reason="cancelled",
            requested_at=now,
        )
        return RefundPart.objects.create(
            refund=refund, attempt=attempt, amount=amount, status="succeeded", settled_at=now
        )

    def _payout(self, number: int) -> Payout:
        now = self._at()
        times = dict.fromkeys(("requested_at", "approved_at", "sent_at", "ended_at"), now)
        return Payout.objects.create(
            business=self.shop,
            amount=100 + number,
            iban=teams.IBAN,
            holder="x",
            provider=CODE,
            status="paid",
            approved_by=self.user,
            **times,
        )

    def _paid(self, row: Attempt) -> ReportLine:
        return ReportLine("payment", row.reference, f"P{row.pk}", row.amount, "TRY", row.captured_at)

    def _back(self, row: RefundPart) -> ReportLine:
        kind = self.chance.choice(["refund", "void"])
        name = self.chance.choice([row.reference, row.attempt.reference])
        return ReportLine(kind, name, f"R{row.pk}", row.amount, "TRY", row.settled_at)

    def _out(self, row: Payout) -> ReportLine:
        return ReportLine("payout", row.reference, f"O{row.pk}", row.amount, "TRY", row.ended_at)

    def of(self, kind: str) -> list[int]:
        return [place for place, line in enumerate(self.lines) if line.kind == kind]

    def plant(self) -> set[tuple[str, str]]:
        """Two of each of six kinds; what has to be found, as kind and reference."""
        places = self.chance.sample(self.of("payment")[REFUNDED:], 8)
        planted: set[tuple[str, str]] = set()
        for place in places[:2]:
            self._change(place, "amount", planted, amount=self.lines[place].amount + Decimal("0.01"))
        for place in places[2:4]:
            self._change(place, "currency", planted, currency="EUR")
        for place in places[4:6]:
            self.lines.append(replace(self.lines[place], remote_id=f"D{place}"))
            planted.add(("duplicate", self.lines[place].reference))
        gone = [self.lines[place] for place in places[6:7]] + [self.lines[self.of("payout")[0]]]
        self.lines = [line for line in self.lines if line not in gone]
        planted |= {("missing_there", line.reference) for line in gone}
        for number in (1, 2):
            name = f"YABANCI{number:013}"
            self.lines.append(ReportLine("payment", name, f"X{number}", Decimal(90), "TRY", self._at()))
            planted.add(("missing_here", name))
        for number, state in enumerate(("unknown", "failed")):
            row = self._attempt(9000 + number, status=state, captured=0, captured_at=None)
            self.lines.append(
                ReportLine("payment", row.reference, f"S{number}", row.amount, "TRY", self._at())
            )
            planted.add(("state", row.reference))
        return planted

    def _change(self, place: int, kind: str, planted: set[tuple[str, str]], **change: Any) -> None:
        planted.add((kind, self.lines[place].reference))
        self.lines[place] = replace(self.lines[place], **change)

    def found(self) -> set[tuple[str, str]]:
        report, _new = day_report.DayReport.objects.get_or_create(provider=CODE, day=self.day)
        day_report.write_down(report=report, there=self.lines, near=[], now=timezone.now())
        return set(Difference.objects.filter(state="open").values_list("kind", "reference"))


@pytest.mark.trust("T24")
def test_twelve_planted_differences(verdict, ayse, bora, seed):
    file = File(ayse, bora, seed)
    clean = file.found()
    planted = file.plant()
    found = file.found()
    again = file.found()
    rows = Difference.objects.count()
    right = not clean and found == again == planted and len(planted) == rows == 12
    figure = f"clean file {len(clean)}, planted {len(planted)}, found {len(found & planted)}"
    verdict(f"{figure}, false {len(found - planted)}, rows after two runs {rows}", "0, 12, 12, 0, 12", right)


@pytest.mark.trust("T24")
def test_a_comparison_that_looks_at_names_only_misses_them(verdict, ayse, bora, seed, monkeypatch):
    """The guard switched off: figures of both sides are not looked at."""
    monkeypatch.setattr(comparing, "_compare", lambda line, ours: None)
    file = File(ayse, bora, seed)
    planted = file.plant()
    missed = len(planted - file.found())
    verdict(f"{missed} of {len(planted)} missed with the guard off", "> 0", missed > 0)
