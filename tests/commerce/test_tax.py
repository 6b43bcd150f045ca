"""VAT of goods follows the calendar: the rate of the day, asked for once, new when it changes."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.signals import request_started

from commerce import tax
from commerce.tax import TaxClass
from finance.models import Tax, TaxRate

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("tax_class", "day", "percent"),
    [
        (TaxClass.STANDARD, date(2023, 7, 9), 18),
        (TaxClass.STANDARD, date(2023, 7, 10), 20),
        (TaxClass.LIST_II, date(2023, 7, 9), 8),
        (TaxClass.LIST_II, date(2026, 11, 30), 10),
        (TaxClass.LIST_I, date(2010, 1, 1), 1),
    ],
)
def test_the_rate_of_the_day(tax_class, day, percent):
    assert tax.percent(tax_class, day) == percent


def test_a_rate_that_is_announced_comes_on_its_day():
    TaxRate.objects.filter(tax=Tax.VAT_STANDARD, valid_until=None).update(valid_until=date(2027, 1, 1))
    coming = {"tax": Tax.VAT_STANDARD, "percent": Decimal("22.50"), "valid_from": date(2027, 1, 1)}
    TaxRate.objects.create(**coming, source="Karar", checked_on=date(2026, 11, 30))
    with time_machine.travel("2026-12-31T12:00+03:00"):
        assert tax.percent(TaxClass.STANDARD) == 20
    with time_machine.travel("2027-01-01T12:00+03:00"):
        assert tax.percent(TaxClass.STANDARD) == Decimal("22.5")
        assert tax.included_in(Decimal("122.50"), TaxClass.STANDARD) == Decimal("22.50")


def test_a_day_without_a_figure_is_no_guess():
    with pytest.raises(tax.NoRate):
        tax.percent(TaxClass.STANDARD, date(2000, 1, 1))


def test_it_is_asked_once_and_again_after_a_change(django_assert_num_queries):
    tax.forget()
    with django_assert_num_queries(1):
        for _ in range(20):
            tax.percent(TaxClass.STANDARD)
    row = TaxRate.objects.get(tax=Tax.VAT_STANDARD, valid_until=None)
    row.percent = Decimal(21)
    row.save()
    assert tax.percent(TaxClass.STANDARD) == 21
    assert any(tax.forget is receiver() for _key, receiver, *_ in request_started.receivers)
    tax.forget()
    with django_assert_num_queries(1):
        tax.percent(TaxClass.STANDARD)
