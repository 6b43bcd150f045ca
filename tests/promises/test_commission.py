"""Ödeme ve faturalandırma: what is kept of a sale."""

from __future__ import annotations

import random
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core import proofs
from finance import ledger, pricing, services
from finance.live import commissions
from finance.models import AccountKind, CommissionRate
from teams import modules
from teams.models import Business

pytestmark = pytest.mark.django_db
TIMES = 60


def test_the_rate_on_the_page_is_the_rate_on_the_line(client):
    """Komisyon oranları neler?"""
    clinic = Business.objects.get(name="Ihlamur Veteriner")
    source = ledger.account(AccountKind.CLEARING, name="iyzico")
    chance = random.Random(12)
    for number in range(TIMES):
        at = timezone.now() - timedelta(days=chance.uniform(-60, 500))
        module = chance.choice(modules.ALL).code
        gross = Decimal(chance.randint(100, 500_000)) / 100
        shown = pricing.table(business=clinic, day=timezone.localdate(at)).row(module)
        line = services.settle_sale(
            key=f"promise {number}",
            business=clinic,
            module=module,
            gross=gross,
            vat=Decimal(0),
            source=source,
            now=at,
        )
        assert (line.percent, line.rate) == (shown.percent, shown.rate), (module, at)

    answer = client.get("/yardim/odeme-ve-faturalandirma/komisyon-oranlari/").content.decode()
    table = pricing.table(day=timezone.localdate())
    for row in table.now:
        assert f"%{_plain(row.percent)}" in answer
    assert [row["percent"] for row in commissions()["rows"]] == [str(row.percent) for row in table.now]
    assert proofs.check("finance.rates_as_shown").state == "ok"


def _plain(percent: Decimal) -> str:
    return f"{percent.normalize():f}".replace(".", ",")


def test_overlapping_rates_are_refused_by_the_database():
    rate = CommissionRate.objects.filter(module="store", business=None).order_by("valid_from").first()
    for begin in (rate.valid_from, rate.valid_until - timedelta(days=1)):
        with pytest.raises(IntegrityError, match="one_rate_holds_for_a_scope"), transaction.atomic():
            CommissionRate.objects.create(module="store", percent=1, valid_from=begin)


def test_a_rate_that_is_changed_by_hand_is_noticed():
    """The guard switched off: the table says another figure than was charged."""
    CommissionRate.objects.filter(module="appointment").update(percent=50)
    assert proofs.check("finance.rates_as_shown").state == "failed"
