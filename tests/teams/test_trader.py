"""Who sells: MERSİS, trade registry and KEP of a trader, or the chamber of a craftsman."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from teams import facts, onboarding, trader
from teams.forms.business import IdentityForm
from teams.models import Business
from tests.factories import teams

VKN = "1000000059"
TRADER = {"mersis": f"0{VKN}00015", "trade_registry": "İstanbul 123456-5", "kep": "isik@hs01.kep.tr"}
LEGAL = {"legal_name": "Işık Ltd. Şti.", "tax_number": VKN, "tax_office": "Beşiktaş"}


@pytest.fixture(autouse=True)
def _turkish():
    with translation.override("tr"):
        yield


def form(kind="shop", **typed):
    return IdentityForm({**LEGAL, **typed}, instance=Business(kind=kind))


def errors(**typed):
    return {name: list(found) for name, found in form(**typed).errors.items()}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (f"0{VKN}00015", f"0{VKN}00015"),
        ("0100 0000 0590 0015", f"0{VKN}00015"),
        ("0100-0000-0590-0015", f"0{VKN}00015"),
        ("1000000014600017", "1000000014600017"),  # built on an identity number
    ],
)
def test_mersis_is_read_as_people_write_it(typed, read):
    assert trader.read_mersis(typed) == read


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("010000000590001", "1 hane eksik: MERSİS 16 hanedir."),
        (f"0{VKN}000155", "1 hane fazla: MERSİS 16 hanedir."),
        ("0100000005100015", "vergi numarası yanlış"),
        ("1000000014700017", "vergi numarası yanlış"),
        ("0100000005900O15", "yalnızca rakam"),
        ("٠١٠٠٠٠٠٠٠٥٩٠٠٠١٥", "yalnızca rakam"),
    ],
)
def test_a_wrong_mersis_says_what_is_wrong(typed, says):
    with pytest.raises(ValidationError) as refused:
        trader.read_mersis(typed)
    assert says in refused.value.messages[0]


@pytest.mark.parametrize("good", ["isik@hs01.kep.tr", " ISIK@HS03.KEP.TR ", "a.b-c@kep.tr"])
def test_kep_is_an_address_at_a_kep_domain(good):
    assert trader.read_kep(good) == good.strip().lower()


@pytest.mark.parametrize(
    "bad", ["isik@ornek.com", "isik@kep.tr.com", "isik@sahtekep.tr", "@hs01.kep.tr", "kep.tr"]
)
def test_other_addresses_are_no_kep(bad):
    with pytest.raises(ValidationError):
        trader.read_kep(bad)


def test_a_shop_is_a_trader_or_a_craftsman():
    assert form(**TRADER).is_valid()
    assert form(chamber="Beşiktaş Esnaf Odası, 34-1").is_valid()
    assert set(errors()) == {"mersis", "trade_registry", "kep"}
    assert set(errors(mersis=TRADER["mersis"])) == {"trade_registry", "kep"}
    assert set(errors(chamber="Oda, 1", kep=TRADER["kep"])) == {"mersis", "trade_registry"}
    assert set(errors(**TRADER | {"mersis": "12"})) == {"mersis"}


def test_who_does_not_sell_may_leave_them_out():
    assert form(kind="clinic").is_valid()
    assert not form(kind="clinic", kep="isik@hs01.kep.tr").is_valid()


def test_mersis_of_another_tax_number_is_refused():
    assert "mersis" in errors(**TRADER | {"mersis": "0100000006700015"})


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"mersis": "123"}, {"kep": "isik@ornek.com"}])
def test_the_database_refuses_them_too(bora, wrong):
    clinic = teams.verified(bora)
    with pytest.raises(IntegrityError), transaction.atomic():
        Business.objects.filter(pk=clinic.pk).update(**wrong)


@pytest.mark.django_db
def test_a_shop_is_not_sent_without_them(bora):
    shop = teams.ready(bora, "Işık", "shop")
    assert onboarding.first_hole(shop) is None
    Business.objects.filter(pk=shop.pk).update(mersis="")
    shop.refresh_from_db()
    assert onboarding.first_hole(shop).key == onboarding.IDENTITY
    Business.objects.filter(pk=shop.pk).update(chamber="Oda, 1")
    shop.refresh_from_db()
    assert onboarding.first_hole(shop) is None


@pytest.mark.django_db
def test_they_are_among_the_facts_that_are_reviewed(bora):
    kept = facts.in_force(teams.verified(bora))
    assert kept["kep"] == teams.TRADER["kep"]
    assert [one.label for one in facts.differences({}, {"mersis": "1"})] == ["MERSİS numarası"]


@pytest.mark.django_db
def test_the_public_page_says_them(client, bora):
    shop = teams.verified(bora, "Işık", "shop")
    page = client.get(shop.get_absolute_url()).content.decode()
    for said in (shop.legal_name, shop.mersis, shop.kep, shop.trade_registry):
        assert said in page
