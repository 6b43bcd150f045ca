"""A sale is split by the rate of its day, and given back to the kuruş."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from finance import ledger, rates, services
from finance.errors import NotEnough, RefundTooLarge
from finance.models import AccountKind, CommissionLine, CommissionRate, Tax, TaxRate
from tests.core.rivals import at_once
from tests.factories import teams

pytestmark = pytest.mark.django_db
D, NOW = Decimal, timezone.now
LONG_AGO = date(2020, 1, 1)


def rate(percent="10", **more) -> CommissionRate:
    given = {"module": "store", "valid_from": LONG_AGO, "percent": D(percent)} | more
    return CommissionRate.objects.create(**given)


def taxes(vat="20", withholding="1") -> None:
    TaxRate.objects.all().delete()
    for tax, percent in ((Tax.COMMISSION_VAT, vat), (Tax.WITHHOLDING, withholding)):
        known = {"source": "test", "checked_on": LONG_AGO, "valid_from": LONG_AGO}
        TaxRate.objects.create(tax=tax, percent=D(percent), **known)


@pytest.fixture
def shop(bora):
    rate()
    taxes()
    return teams.verified(bora)


@pytest.fixture
def clearing(db):
    return ledger.account(AccountKind.CLEARING, name="iyzico")


def sell(shop, clearing, gross="120", key="sale 1", vat="20", **more) -> CommissionLine:
    where = {"business": shop, "module": "store", "source": clearing} | more
    return services.settle_sale(key=key, gross=D(gross), vat=D(vat), now=NOW(), **where)


def stands(shop) -> tuple:
    """(reserve, payable, commission, VAT, withholding)"""
    kinds = (AccountKind.SELLER_RESERVE, AccountKind.SELLER_PAYABLE)
    of_shop = [ledger.balance(ledger.account(kind, business=shop)) for kind in kinds]
    ours = (AccountKind.COMMISSION, AccountKind.VAT, AccountKind.WITHHOLDING)
    return (*of_shop, *(ledger.balance(ledger.account(kind)) for kind in ours))


def test_a_price_is_split(shop, clearing):
    line = sell(shop, clearing)

    assert (line.commission, line.commission_vat, line.withholding, line.net) == (
        D(12),
        D("2.40"),
        D(1),
        D("104.60"),
    )
    assert stands(shop) == (D("104.60"), 0, 12, D("2.40"), 1)
    assert sell(shop, clearing) == line
    assert ledger.balance(clearing) == -120


def test_it_is_earned_once_and_paid_out(shop, clearing):
    line = sell(shop, clearing)
    services.earn(line=line, now=NOW())
    services.earn(line=line, now=NOW())
    assert stands(shop)[:2] == (0, D("104.60"))

    bank = ledger.account(AccountKind.BANK, name="iş")
    payable = ledger.account(AccountKind.SELLER_PAYABLE, business=shop)
    services.move(key="payout 1", kind="payout", giver=payable, taker=bank, amount=D("104.60"), now=NOW())
    assert stands(shop)[:2] == (0, 0)


def test_refunds_give_everything_back(shop, clearing, ayse):
    line, wallet = sell(shop, clearing, "99.99", vat="16.67"), ledger.account(AccountKind.WALLET, user=ayse)
    for number, amount in enumerate(("33.33", "33.33", "33.33")):
        services.refund_sale(key=f"r{number}", line=line, amount=D(amount), to=wallet, now=NOW())

    assert stands(shop) == (0, 0, 0, 0, 0)
    assert ledger.balance(wallet) == D("99.99")
    with pytest.raises(RefundTooLarge):
        services.refund_sale(key="more", line=line, amount=D("0.01"), to=wallet, now=NOW())


def test_the_same_refund_is_given_once(shop, clearing, ayse):
    line, wallet = sell(shop, clearing), ledger.account(AccountKind.WALLET, user=ayse)
    rows = {services.refund_sale(key="r", line=line, amount=D(50), to=wallet, now=NOW()).pk for _ in range(2)}
    assert len(rows) == 1
    assert ledger.balance(wallet) == 50


def test_a_refund_after_the_payout_is_owed_by_the_seller(shop, clearing, ayse):
    line, wallet = sell(shop, clearing), ledger.account(AccountKind.WALLET, user=ayse)
    services.earn(line=line, now=NOW())
    payable = ledger.account(AccountKind.SELLER_PAYABLE, business=shop)
    bank = ledger.account(AccountKind.BANK)
    services.move(key="payout", kind="payout", giver=payable, taker=bank, amount=D("104.60"), now=NOW())

    services.refund_sale(key="r", line=line, amount=D(120), to=wallet, now=NOW())

    assert stands(shop) == (0, D("-104.60"), 0, 0, 0)


def test_a_wallet_pays_what_it_holds(shop, ayse):
    wallet = ledger.account(AccountKind.WALLET, user=ayse)
    with pytest.raises(NotEnough):
        sell(shop, wallet)
    assert not CommissionLine.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_refunds_at_once_give_no_more_than_the_price(bora, ayse):
    rate()
    taxes()
    line = sell(teams.verified(bora), ledger.account(AccountKind.CLEARING))
    wallet = ledger.account(AccountKind.WALLET, user=ayse)

    done = at_once(
        lambda n: services.refund_sale(key=f"r{n}", line=line, amount=D(50), to=wallet, now=NOW()), 6
    )

    assert sum(isinstance(one, RefundTooLarge) for one in done) == 4
    assert ledger.balance(wallet) == 100


# --- Which rate ---------------------------------------------------------------------------


def test_the_most_specific_rate_counts(shop, bora):
    other = teams.verified(bora, "Başka Dükkân")
    rate("8", category="mama")
    rate("5", business=shop)
    rate("3", business=shop, category="mama")
    day = timezone.localdate()

    def found(business, category):
        return rates.commission_rate(module="store", category=category, business=business, day=day).percent

    assert [found(shop, "mama"), found(shop, "tasma"), found(other, "mama"), found(other, "")] == [
        3,
        5,
        8,
        10,
    ]
    assert rates.commission_rate(module="transfer", business=shop, day=day) is None


def test_a_rate_holds_from_its_first_day_to_the_day_before_its_last(shop):
    CommissionRate.objects.update(valid_until=date(2026, 1, 1))
    rate("12", valid_from=date(2026, 1, 1))

    days = (date(2025, 12, 31), date(2026, 1, 1))
    assert [rates.commission_rate(module="store", business=shop, day=day).percent for day in days] == [10, 12]


def test_two_rates_for_one_scope_are_refused(shop):
    with pytest.raises(IntegrityError, match="one_rate_holds_for_a_scope"), transaction.atomic():
        rate("11", valid_from=timezone.localdate() + timedelta(days=30))
    rate("11", category="mama")
    rate("11", business=shop)


@pytest.mark.parametrize(
    ("more", "gross", "commission"),
    [
        ({"fixed": D(2)}, "100", "12"),
        ({"minimum": D(15)}, "100", "15"),
        ({"maximum": D(7)}, "100", "7"),
        ({"minimum": D(15)}, "10", "8.33"),  # no more than the price, with its VAT
        ({"percent": D(0)}, "100", "0"),
    ],
)
def test_bounds_of_a_commission(bora, more, gross, commission):
    rate(**({"percent": "10"} | more))
    taxes(withholding="0")
    shares = rates.share(
        gross=D(gross), vat=D(0), module="store", business=teams.verified(bora), day=timezone.localdate()
    )
    assert shares.commission == D(commission)
    assert shares.net >= 0


def test_parts_of_a_tiny_share_are_never_given_back_twice(shop, clearing):
    """Rounded one by one, commission, VAT and withholding would give back a kuruş the seller never had."""
    CommissionRate.objects.update(percent=D("82.49"))
    line = sell(shop, clearing, "49.99", vat="0")
    for key, amount in (("a", "35.11"), ("b", "14.88")):
        back = services.refund_sale(key=key, line=line, amount=D(amount), to=clearing, now=NOW())
        assert max(back.net, back.commission, back.commission_vat, back.withholding) <= 0
    assert stands(shop) == (0, 0, 0, 0, 0)


money_of = some.decimals("0.01", "20000", places=2, allow_nan=False)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(gross=money_of, percent=some.decimals("0", "100", places=2), parts=some.lists(money_of, max_size=4))
def test_whatever_is_given_back_nothing_is_lost(db, gross, percent, parts):
    with transaction.atomic():
        CommissionRate.objects.all().delete()
        business, wallet = _shop_and_wallet()
        rate(percent)
        line = sell(
            business, ledger.account(AccountKind.CLEARING), gross, key=f"s{gross}{percent}{parts}", vat="0"
        )
        left = gross
        for number, part in enumerate([*parts, None]):
            amount = min(part, left) if part else left
            if amount:
                services.refund_sale(
                    key=f"{line.key} {number}", line=line, amount=amount, to=wallet, now=NOW()
                )
            left -= amount
        assert stands(business) == (0, 0, 0, 0, 0)
        transaction.set_rollback(True)


def _shop_and_wallet():
    from accounts.models import User

    owner = User.objects.create_user("satici@ornek.test", "x", first_name="S", last_name="A")
    return teams.verified(owner), ledger.account(AccountKind.WALLET, user=owner)
