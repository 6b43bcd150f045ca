"""Addresses: Turkish structure, one default of a kind, nobody else's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from accounts import services
from accounts.models import Address
from core import provinces

LIST, ADD = "/panel/ayarlar/adresler/", "/panel/ayarlar/adresler/ekle/"
FACTS = {
    "kind": "delivery",
    "name": "Ayşe Yıldız",
    "province": "34",
    "district": "Kadıköy",
    "neighbourhood": "Moda Mah.",
    "street": "Şair Nefi Sk.",
    "building": "12/A",
    "door": "4",
    "postcode": "34710",
}


def defaults(user) -> list[tuple[str, str]]:
    return [(one.kind, one.building) for one in Address.objects.filter(user=user, is_default=True)]


def test_81_provinces_in_the_turkish_order():
    names = [name for _code, name in provinces.CHOICES]
    assert len(names) == 81
    assert sorted(provinces.BY_CODE) == [f"{number:02}" for number in range(1, 82)]
    assert names.index("Çanakkale") == names.index("Bursa") + 1
    assert names.index("İstanbul") > names.index("Isparta")
    assert names[-1] == "Zonguldak"


def test_address_is_added_changed_and_deleted_after_asking(client, ayse):
    client.force_login(ayse)
    client.post(ADD, FACTS)
    address = Address.objects.get()
    body = client.get(LIST).content.decode()
    assert "Moda Mah. Şair Nefi Sk. No: 12/A" in body
    assert "34710 Kadıköy / İstanbul" in body
    client.post(f"{LIST}{address.public_id}/", {**FACTS, "building": "14"})
    address.refresh_from_db()
    assert (address.building, address.is_default) == ("14", True)
    assert "Bu adres silinsin mi?" in client.get(f"{LIST}{address.public_id}/sil/").content.decode()
    assert Address.objects.exists(), "reading the question deletes nothing"
    client.post(f"{LIST}{address.public_id}/sil/")
    assert not Address.objects.exists()


def test_first_of_a_kind_is_default_and_only_one_stays_so(ayse):
    first = services.add_address(user=ayse, facts=FACTS)
    services.add_address(user=ayse, facts={**FACTS, "building": "2"})
    services.add_address(user=ayse, facts={**FACTS, "kind": "invoice", "building": "3"})
    assert defaults(ayse) == [("delivery", "12/A"), ("invoice", "3")]
    second = Address.objects.get(building="2")
    services.change_address(address=second, facts={"is_default": True}, by=ayse)
    assert defaults(ayse) == [("delivery", "2"), ("invoice", "3")]
    second.refresh_from_db()
    services.delete_address(address=second, by=ayse)
    assert defaults(ayse) == [("delivery", "12/A"), ("invoice", "3")]
    first.refresh_from_db()
    services.change_address(address=first, facts={"kind": "invoice", "is_default": False}, by=ayse)
    assert defaults(ayse) == [("invoice", "3")]


def test_database_refuses_a_second_default_and_a_foreign_postal_code(ayse):
    services.add_address(user=ayse, facts=FACTS)
    for wrong in ({"is_default": True}, {"postcode": "06100"}, {"postcode": "3471"}, {"province": "82"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Address.objects.create(user=ayse, **{**FACTS, **wrong})


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"postcode": "06100"}, "34 ile başlar"),
        ({"postcode": "347100"}, "Hata: "),
        ({"postcode": "3471"}, "beş hane"),
        ({"postcode": "٣٤٧١٠"}, "beş hane"),
        ({"province": "99"}, "Hata: "),
        ({"street": "x" * 500}, "Hata: "),
        ({"district": ""}, "Hata: "),
    ],
)
def test_mistakes_are_told_and_what_was_typed_is_kept(client, ayse, wrong, field):
    client.force_login(ayse)
    answer = client.post(ADD, {**FACTS, **wrong})
    assert answer.status_code == 422
    body = answer.content.decode()
    assert field in body
    assert "Moda Mah." in body
    assert not Address.objects.exists()


def test_a_strangers_address_is_not_found(client, ayse, deniz):
    address = services.add_address(user=ayse, facts=FACTS)
    client.force_login(deniz)
    for path in (f"{LIST}{address.public_id}/", f"{LIST}{address.public_id}/sil/"):
        assert client.get(path).status_code == 404
        assert client.post(path, FACTS).status_code == 404
    assert Address.objects.get().user == ayse


def test_twenty_at_most(client, ayse):
    for number in range(20):
        services.add_address(user=ayse, facts={**FACTS, "building": str(number)})
    client.force_login(ayse)
    assert "Önce birini sil" in client.post(ADD, FACTS).content.decode()
    assert Address.objects.count() == 20


def test_one_address_costs_as_many_questions_as_twenty(client, ayse):
    client.force_login(ayse)
    services.add_address(user=ayse, facts=FACTS)
    questions(client)
    before = questions(client)
    for number in range(19):
        services.add_address(user=ayse, facts={**FACTS, "building": str(number)})
    assert questions(client) == before


def questions(client) -> int:
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get(LIST)
    return len(asked)


@pytest.mark.django_db(transaction=True)
def test_two_defaults_at_once_leave_one(person):
    ayse = person("Ayşe", "Yıldız")

    def add(number: int) -> None:
        services.add_address(user=ayse, facts={**FACTS, "building": str(number), "is_default": True})
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(8)))
    assert Address.objects.count() == 8
    assert len(defaults(ayse)) == 1
