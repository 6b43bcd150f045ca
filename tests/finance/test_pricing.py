"""The table that people read is the one that charges; a rate is announced in time and never overlaps."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import Line
from finance import agreeing, pricing, rates
from finance.agreeing import Terms
from finance.errors import RateInForce, RateOverlaps, RateTooSoon
from finance.models import CommissionRate
from finance.pricing_proofs import rates_as_shown
from tests.core.rivals import at_once
from tests.factories import teams
from tests.factories.sales import rate, sale, taxes

pytestmark = pytest.mark.django_db
D = Decimal


def soon(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def terms(percent="12", days=20, **more) -> Terms:
    return Terms(**({"module": "store", "percent": D(percent), "valid_from": soon(days)} | more))


def announce(**given):
    return agreeing.announce(terms=terms(**given), by=None, now=timezone.now())


@pytest.fixture
def clinic(bora):
    taxes()
    return teams.verified(bora)


def test_a_rate_ends_the_one_before(clinic):
    before = rate("10")
    row = announce()
    before.refresh_from_db()
    assert (before.valid_until, row.valid_until) == (row.valid_from, None)
    assert Line.objects.filter(name="finance.rate_announced").count() == 1


@pytest.mark.parametrize(
    ("given", "days", "is_taken"),
    [
        ({"percent": "12"}, 14, False),
        ({"percent": "12"}, 15, True),
        ({"percent": "8"}, 1, True),  # takes less of every price
        ({"percent": "8"}, 0, False),  # today has begun
        ({"percent": "8", "minimum": D(5)}, 14, False),  # more of a small price
        ({"percent": "10"}, 1, True),
    ],
)
def test_what_takes_more_is_announced_in_time(clinic, given, days, is_taken):
    rate("10")
    if is_taken:
        announce(**given, days=days)
    else:
        with pytest.raises(RateTooSoon):
            announce(**given, days=days)


def test_an_agreement_that_takes_more_than_the_rate_of_all_is_announced_in_time(clinic):
    rate("10")
    announce(percent="8", days=1, business=clinic)
    with pytest.raises(RateTooSoon):
        announce(percent="12", days=3, business=clinic, category="mama")


def test_an_overlap_is_refused_with_its_day(clinic):
    rate("10")
    announce(days=30)
    with pytest.raises(RateOverlaps) as refusal:
        announce(percent="11", days=20)
    assert str(soon(30).year) in str(refusal.value.message)
    announce(percent="11", days=20, category="mama")


@pytest.mark.django_db(transaction=True)
def test_two_announced_at_once_are_one():
    rate("10", valid_until=soon(20))
    done = at_once(lambda n: announce(percent=str(11 + n)), 4)
    assert sum(isinstance(one, RateOverlaps) for one in done) == 3


def test_one_that_has_not_begun_is_taken_back(clinic):
    before, row = rate("10"), announce()
    agreeing.take_back(rate=row, by=None, now=timezone.now())
    before.refresh_from_db()
    assert before.valid_until is None
    with pytest.raises(RateInForce):
        agreeing.take_back(rate=before, by=None, now=timezone.now())


def test_an_agreement_is_seen_by_its_business_alone(clinic, ayse):
    rate("10")
    rate("7", business=clinic)
    other = teams.verified(ayse, "Başka Klinik")
    day = timezone.localdate()
    assert pricing.table(business=clinic, day=day).row("store").percent == 7
    assert pricing.table(business=other, day=day).row("store").percent == 10
    assert [row.percent for row in pricing.table(day=day).now if row.rate] == [10]


def test_a_passing_rate_gives_way_to_the_one_before(clinic):
    rate("10")
    announce(percent="5", days=3, valid_until=soon(6))
    found = CommissionRate.objects.order_by("valid_from").values_list("percent", "valid_from")[1:]
    assert list(found) == [(5, soon(3)), (10, soon(6))]


def test_what_follows_stands_beside(clinic):
    rate("10")
    announce(percent="12", days=20)
    rate("7", business=clinic, valid_until=soon(10))
    table = pricing.table(business=clinic, day=timezone.localdate())
    assert [(row.percent, row.following.percent) for row in table.now if row.rate] == [(10, 12), (7, 10)]
    assert table.next_day == soon(10)


def test_the_table_costs_the_same_with_many_rates(clinic, django_assert_num_queries):
    def ask():
        with django_assert_num_queries(1):
            pricing.table(business=clinic, day=timezone.localdate())

    rate("10")
    ask()
    for number in range(20):
        rate("9", category=f"c{number}")
    ask()


# --- Pages --------------------------------------------------------------------------------


def test_the_page_shows_the_rate_and_what_arrives(client, bora, clinic):
    rate("10")
    rate("7", business=clinic)
    client.force_login(bora)
    url = reverse("finance:business_prices", args=[clinic.slug])
    page = client.get(url, {"scope": "store:", "price": "1.200,00", "vat": "20"}).content.decode()
    assert "%7" in page
    assert "Sana özel" in page
    shares = rates.share(gross=D(1200), vat=D(200), module="store", business=clinic, day=timezone.localdate())
    assert shares.net == D("1089.20")
    assert "₺1.089,20" in page


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1.234,50", "1234.50"),
        ("1234.50", "1234.50"),
        ("1.234", "1234"),
        ("₺ 12,5", "12.50"),
        ("0,01", "0.01"),
    ],
)
def test_amounts_as_people_type_them(typed, amount):
    from finance.pricing_forms import LiraField

    assert LiraField().clean(typed) == D(amount)


def test_a_price_that_is_none_is_said_beside_the_field(client, clinic):
    rate("10")
    answer = client.get(reverse("finance:prices"), {"scope": "store:", "price": "abc", "vat": "20"})
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.content.decode()


def test_everybody_reads_the_public_rates(client, clinic):
    rate("10")
    rate("7", business=clinic)
    for part in ("", "siradaki", "gecmis"):
        page = client.get(reverse("finance:prices"), {"donem": part}).content.decode()
        assert "%7" not in page
    announce()
    assert "%12" in client.get(reverse("finance:prices"), {"donem": "siradaki"}).content.decode()


def test_rates_are_announced_in_the_back_office(admin_client, clinic):
    rate("10")
    given = {"module": "store", "percent": "12", "fixed": "0", "minimum": "0", "valid_from": soon(3)}
    refused = admin_client.post(reverse("finance_rate_new"), given)
    assert refused.status_code == 422
    assert str(soon(15).year) in refused.content.decode()
    taken = admin_client.post(reverse("finance_rate_new"), given | {"valid_from": soon(16)})
    assert taken.status_code == 302, taken.context["form"].errors
    row = CommissionRate.objects.get(percent=12)
    assert admin_client.get(reverse("finance_rates")).status_code == 200
    assert "geri al" in admin_client.get(reverse("finance_rate", args=[row.pk])).content.decode().lower()
    admin_client.post(reverse("finance_rate", args=[row.pk]))
    assert not CommissionRate.objects.filter(percent=12).exists()


def test_a_figure_of_tax_is_not_set_twice(admin_client, clinic):
    from finance.pricing_forms import TaxRateForm

    given = {
        "tax": "withholding",
        "percent": "2",
        "source": "x",
        "checked_on": soon(0),
        "valid_from": soon(9),
    }
    assert "valid_from" in TaxRateForm(given).errors


# --- The proof ----------------------------------------------------------------------------


def test_the_proof_holds_and_notices_another_figure(clinic):
    rate("10")
    sale(clinic)
    assert rates_as_shown().state == "ok"
    CommissionRate.objects.update(percent=11)
    assert rates_as_shown().state == "failed"
