"""Her orders in her panel, and in the API of that panel."""

import pytest
from django.contrib.auth import get_user_model
from oscar.core.loading import get_model

from teams import modules, services
from tests.factories import commerce

pytestmark = pytest.mark.django_db

User = get_user_model()
Partner = get_model("partner", "Partner")


def order(user, number):
    """Of a shop that is made for it, so that many of them stand beside each other."""
    owner = User.objects.filter(email="dukkan@ornek.test").first()
    owner = owner or User.objects.create_user("dukkan@ornek.test", "uzun bir cumle yeter", first_name="Işık")
    partner = Partner.objects.filter(name="Işık Pet Market").first() or commerce.shop(owner).partner
    return commerce.placed(user, (commerce.product(by=partner), 2), number=number)


@pytest.fixture
def _store_off(ayse):
    services.switch_module(user=ayse, module=modules.STORE, is_on=False, by=ayse)


def test_list_and_detail_are_her_own(client, ayse, deniz):
    order(ayse, "A-1")
    order(deniz, "D-1")
    client.force_login(ayse)
    page = client.get("/panel/siparisler/").content.decode()
    assert "A-1" in page
    assert "₺240,00" in page
    assert "D-1" not in page
    detail = client.get("/panel/siparisler/A-1/").content.decode()
    assert "Işık Pet Market" in detail
    assert client.get("/panel/siparisler/D-1/").status_code == 404
    assert client.get("/panel/siparisler/yok/").status_code == 404


def test_empty_list_says_what_will_stand_there(client, ayse):
    client.force_login(ayse)
    assert "Henüz sipariş yok" in client.get("/panel/siparisler/").content.decode()


@pytest.mark.usefixtures("_store_off")
def test_off_means_no_menu_no_page_no_answer(client, ayse):
    order(ayse, "A-1")
    client.force_login(ayse)
    assert "/panel/siparisler/" not in client.get("/panel/").content.decode()
    assert client.get("/panel/siparisler/").status_code == 404
    assert client.get("/panel/siparisler/A-1/").status_code == 404
    refused = client.get("/api/panel/v1/orders/")
    assert refused.status_code == 403
    assert refused.json() == {"code": "module_disabled", "message": "Bu modülü kapatmışsın.", "fields": {}}
    states = {row["code"]: row["state"] for row in client.get("/api/panel/v1/modules/").json()["results"]}
    assert states == {
        "appointment": "on",
        "consultation": "on",
        "transfer": "on",
        "funds": "being_built",
        "store": "off",
    }


def test_api_gives_her_own_orders(client, ayse, deniz):
    order(ayse, "A-1")
    order(deniz, "D-1")
    client.force_login(ayse)
    answer = client.get("/api/panel/v1/orders/")
    assert [row["number"] for row in answer.json()["results"]] == ["A-1"]
    assert answer.json()["results"][0]["total"] == "240.00"
    assert "no-store" in answer["Cache-Control"]


def test_api_is_for_signed_in_people(client, db):
    for path in ("modules", "orders"):
        answer = client.get(f"/api/panel/v1/{path}/")
        assert (answer.status_code, answer.json()["code"]) == (403, "not_authenticated")


def test_api_wants_the_token_for_what_changes(ayse):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(ayse)
    answer = client.post("/api/panel/v1/modules/", {})
    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")


@pytest.mark.parametrize("many", [1, 20])
@pytest.mark.parametrize(("path", "queries"), [("/panel/siparisler/", 13), ("/api/panel/v1/orders/", 5)])
def test_query_count_does_not_grow(client, ayse, django_assert_num_queries, path, queries, many):
    for number in range(many):
        order(ayse, f"A-{number}")
    client.force_login(ayse)
    client.get(path)
    with django_assert_num_queries(queries):
        client.get(path)


def test_list_is_paged(client, ayse):
    for number in range(21):
        order(ayse, f"A-{number}")
    client.force_login(ayse)
    assert client.get("/panel/siparisler/").content.decode().count("/panel/siparisler/A-") == 20
    assert client.get("/panel/siparisler/?page=2").content.decode().count("/panel/siparisler/A-") == 1
