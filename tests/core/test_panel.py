import pytest
from django.contrib.auth.models import AnonymousUser

from core import panel
from core.panel import Entry, Section
from core.panel import registry as registers


@pytest.fixture
def registry(monkeypatch):
    for name in ("_entries", "_cards", "_bars", "_gates", "_checkpoints", "_searches"):
        monkeypatch.setattr(registers, name, [])


def test_menu_shows_what_is_allowed_in_order(registry, rf):
    later, sooner = Section(20, "Later"), Section(10, "Sooner")
    panel.entry(Entry(later, "C", "panel", "home"))
    panel.entry(Entry(sooner, "B", "panel", "home", order=2))
    panel.entry(Entry(sooner, "A", "panel", "home", order=1))
    panel.entry(Entry(sooner, "Secret", "panel", "home", allowed=lambda request: request.user.is_staff))
    request = rf.get("/panel/")
    request.user = AnonymousUser()
    request.place = panel.Place(panel.PERSON, "Ayşe", "", "/panel/")
    menu = panel.menu(request)
    assert [(section["label"], [entry["label"] for entry in section["entries"]]) for section in menu] == [
        ("Sooner", ["A", "B"]),
        ("Later", ["C"]),
    ]
    assert menu[0]["entries"][0]["current"]


def test_visitor_is_sent_to_sign_in_and_comes_back(client, db):
    answer = client.get("/panel/")
    assert answer.status_code == 302
    assert answer.url == "/hesap/giris/?next=/panel/"


def test_panel_is_never_cached(client, ayse):
    client.force_login(ayse)
    answer = client.get("/panel/")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
