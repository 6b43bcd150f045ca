import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.base import SessionBase

from core import panel
from core.panel import Entry, Section
from core.panel import registry as registers
from core.states import MoveRefused


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


class Full(panel.PanelView):
    """A door whose verb refuses, as when somebody was quicker."""

    def post(self, request):
        raise MoveRefused("late")

    def get(self, request):
        raise MoveRefused("late")


def test_what_no_field_can_show_is_said_over_the_page(rf, ayse):
    request = rf.post("/panel/?a=1")
    request.user, request.session = ayse, SessionBase()
    request._messages = FallbackStorage(request)
    answer = Full.as_view()(request)
    assert answer.url == "/panel/?a=1"
    assert [str(one) for one in request._messages] == [str(MoveRefused.message)]

    reading = rf.get("/panel/")
    reading.user = ayse
    with pytest.raises(MoveRefused):  # or it would send her in circles
        Full.as_view()(reading)
