"""Switches of modules, the cards of the first pages, and what the proofs look at."""

import pytest

from core import live, panel, proofs
from core.panel import registry
from teams import modules, ownership, rights
from teams.models import Business, ModuleSwitch
from tests.factories import teams

pytestmark = pytest.mark.django_db


@pytest.fixture
def with_page(monkeypatch):
    """An entry of the appointments that leads to pages of no module."""
    entries = list(registry._entries)
    monkeypatch.setattr(registry, "_entries", entries)
    for scope, name in ((panel.PERSON, "panel_modules"), (panel.BUSINESS, "business_modules")):
        panel.entry(panel.Entry(panel.HOME, "X", name, "x", scope=scope, module=modules.APPOINTMENT))


def test_module_without_a_page_has_no_switch(client, ayse):
    client.force_login(ayse)
    page = client.get("/panel/moduller/").content.decode()
    assert page.count('role="switch"') == 4
    assert page.count("hazırlanıyor") == 1
    assert client.post("/panel/moduller/", {"module": "funds", "on": "1"}).status_code == 404
    assert client.post("/panel/moduller/", {"module": "nothing", "on": "1"}).status_code == 404
    assert not ModuleSwitch.objects.exists()


def test_switch_on_the_card_comes_back_to_the_card(client, ayse):
    client.force_login(ayse)
    answer = client.post("/panel/moduller/", {"module": "store", "on": "0", "next": "/panel/"})
    assert answer.url == "/panel/"
    answer = client.post("/panel/moduller/", {"module": "store", "on": "1", "next": "https://kotu.test/"})
    assert answer.url == "/panel/moduller/"
    assert ModuleSwitch.objects.get().is_on


def test_a_business_switches_with_the_right_only(client, bora, cem):
    clinic = teams.verified(bora)
    teams.member(clinic, cem, rights.RECEPTION)
    address = f"{clinic.panel_url}moduller/"
    client.force_login(cem)
    assert client.post(address, {"module": "appointment", "on": "0"}).status_code == 403
    client.force_login(bora)
    client.post(address, {"module": "appointment", "on": "0"})
    switch = ModuleSwitch.objects.get()
    assert (switch.business, switch.user, switch.is_on) == (clinic, None, False)
    assert "Randevu” modülünü kapattı" in client.get(f"{clinic.panel_url}ekip/kayitlar/").content.decode()


def test_proof_sees_a_page_that_ignores_its_module(with_page):
    assert proofs.check("teams.modules_obeyed").state == "failed"


def test_proof_sees_a_missing_guard(bora):
    from django.db import connection

    teams.verified(bora)
    assert proofs.check("teams.panels_apart").state == "ok"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE teams_membership DISABLE TRIGGER business_keeps_an_owner")
    assert proofs.check("teams.panels_apart").state == "failed"


def test_proof_sees_an_open_door(monkeypatch):
    monkeypatch.setattr("teams.proofs.BusinessPanelView", type("Other", (), {}))
    assert proofs.check("teams.panels_apart").state == "failed"


def test_live_block_reads_the_panels(with_page):
    rows = {row["code"]: row for row in live.get("teams.modules").read()["modules"]}
    assert list(rows) == [module.code for module in modules.ALL]
    assert (rows["store"]["for_people"], rows["store"]["for_businesses"]) == (True, True)
    assert rows["appointment"]["for_businesses"]


def test_draft_reads_what_is_missing_and_verified_reads_nothing(client, bora):
    draft = teams.business(bora)
    client.force_login(bora)
    page = client.get(draft.panel_url).content.decode()
    assert "Vergi numarası" in page
    Business.objects.filter(pk=draft.pk).update(status="submitted")
    page = client.get(draft.panel_url).content.decode()
    assert "inceliyoruz" in page
    assert "Vergi numarası" not in page
    done = teams.verified(bora, "Başka Klinik")
    assert "inceliyoruz" not in client.get(done.panel_url).content.decode()


def test_cards_follow_the_right(client, bora, cem):
    clinic = teams.verified(bora)
    teams.member(clinic, cem, rights.RECEPTION)
    client.force_login(cem)
    page = client.get(clinic.panel_url).content.decode()
    assert "modules-card" not in page
    assert "/ekip/davet/" not in page
    client.force_login(bora)
    page = client.get(clinic.panel_url).content.decode()
    assert "modules-card" in page
    assert "/ekip/davet/" in page


def test_who_is_offered_the_ownership_is_told(client, bora, cem):
    from django.utils import timezone

    clinic = teams.verified(bora)
    taker = teams.member(clinic, cem, rights.RECEPTION)
    ownership.offer(giver=clinic.memberships.get(user=bora), taker=taker, now=timezone.now())
    client.force_login(cem)
    assert "sahipliğini sana öneriyor" in client.get(clinic.panel_url).content.decode()
