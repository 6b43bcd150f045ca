"""What closes, what stays open, what comes back, and what it costs when nothing is closed."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from tests.factories import upkeep
from upkeep import services
from upkeep.gate import KEEPER
from upkeep.middleware import Gate
from upkeep.states import Effect

pytestmark = pytest.mark.django_db
BASKET = "/magaza/sepet/"


def test_where_only_reading_is_possible_reads_stay_and_writes_wait(client, gate):
    window = upkeep.running("store", effect=Effect.READ_ONLY)
    gate()
    assert client.get(BASKET).status_code == 200
    answer = client.post(BASKET, {"note": "iki kutu"})
    assert answer.status_code == 503
    assert answer["Cache-Control"] == "no-store"
    left = (window.ends_at - timezone.now()).total_seconds()
    assert left - 5 <= int(answer["Retry-After"]) <= left
    assert client.post("/yardim/ara/").status_code != 503, "another part goes on"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", [BASKET, "/en/magaza/sepet/", "/magaza"])
def test_every_way_of_writing_waits_in_every_language(client, gate, method, path):
    upkeep.running("store", effect=Effect.READ_ONLY)
    gate()
    assert getattr(client, method)(path).status_code == 503


def test_a_stop_closes_reads_too(client, gate):
    upkeep.running("store", effect=Effect.STOP)
    gate()
    for path in (BASKET, "/magaza/", "/magaza", "/en/magaza/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Cache-Control"]) == (503, "no-store")
        assert int(answer["Retry-After"]) > 0
    assert client.get("/yardim/ara/").status_code == 200


def test_slow_closes_nothing(client, gate):
    upkeep.running("site", effect=Effect.SLOW)
    gate()
    assert client.get(BASKET).status_code == 200


OPEN = [
    "/durum/",
    "/en/durum/",
    "/durum/atom.xml",
    "/durum/bakim.ics",
    "/saglik/canli/",
    "/saglik/hazir/",
    "/hesap/giris/",
    "/en/hesap/giris/",
    "/yardim/soru/",
]


@pytest.mark.parametrize("path", OPEN)
def test_what_never_closes(client, gate, path):
    upkeep.running("site", effect=Effect.STOP)
    gate()
    assert client.get("/").status_code == 503
    assert client.get(path).status_code == 200


def test_staff_get_in_and_can_end_it(admin, gate):
    window = upkeep.running("site", effect=Effect.STOP)
    gate()
    browser = Client()
    typed = {"login": admin.email, "password": "uzun bir cumle yeter"}
    assert browser.post("/hesap/giris/", typed).status_code == 302
    assert browser.get(f"/yonetim/upkeep/{window.pk}/").status_code == 200
    browser.post(f"/yonetim/upkeep/{window.pk}/end/", {"seen": window.version, "confirmed": "1"})
    gate()
    assert browser.get("/").status_code != 503


@pytest.mark.parametrize("address", ["/destek/", "/en/destek/", "/bulten/ayril/x/", "/yardim/soru/"])
def test_who_complains_or_leaves_finds_an_open_door(client, gate, address):
    upkeep.running("site", effect=Effect.STOP)
    gate()
    assert client.get(address).status_code != 503


def test_the_hardest_window_answers(client, gate):
    upkeep.running("store", effect=Effect.READ_ONLY)
    upkeep.running("site", effect=Effect.STOP, title="Her yer")
    gate()
    assert client.get(BASKET).status_code == 503


# --- What comes back ----------------------------------------------------------------------


def test_what_was_typed_waits_in_the_page_and_can_be_sent_again(client, gate):
    upkeep.running("site", effect=Effect.READ_ONLY)
    gate()
    typed = {
        "name": "Pamuk",
        "note": "<b>Sakin</b> & uslu",
        "csrfmiddlewaretoken": "abc",
        "password1": "gizli",
    }
    page = client.post("/panel/hayvanlarim/ekle/?a=1", typed).content.decode()
    assert '<form method="post" action="/panel/hayvanlarim/ekle/?a=1">' in page
    assert '<input type="hidden" name="name" value="Pamuk">' in page
    assert 'value="&lt;b&gt;Sakin&lt;/b&gt; &amp; uslu"' in page
    assert 'name="csrfmiddlewaretoken" value="abc"' in page
    assert "gizli" not in page
    assert "Dosyaları, parolaları ve kodları yeniden vermen gerekir." in page


def test_files_are_asked_for_again_and_rubbish_is_no_error(client, gate):
    upkeep.running("site", effect=Effect.READ_ONLY)
    gate()
    page = client.post("/panel/x/", {"a": "b", "photo": SimpleUploadedFile("a.png", b"x")}).content.decode()
    assert "Dosyaları, parolaları" in page
    broken = client.post("/panel/x/", data=b"rubbish", content_type="multipart/form-data; boundary=")
    assert broken.status_code == 503
    huge = client.post(
        "/panel/x/", data="a=" + "b" * 3_000_000, content_type="application/x-www-form-urlencoded"
    )
    assert huge.status_code == 503
    assert "tarayıcında geri dön" in huge.content.decode().lower()


def test_it_speaks_the_language_of_the_address(client, gate):
    upkeep.running("site", effect=Effect.STOP)
    gate()
    turkish, english = (client.get(path).content.decode() for path in ("/", "/en/"))
    assert '<html lang="tr">' in turkish
    assert "Kısa bir bakım molası." in turkish
    assert "önceden duyurduk" in turkish
    assert '<html lang="en">' in english
    assert "A short break for maintenance." in english


def test_an_outage_does_not_claim_that_it_was_announced(client, gate):
    upkeep.outage("site", effect=Effect.STOP)
    gate()
    answer = client.get("/")
    page = answer.content.decode()
    assert "planlanmamıştı" in page
    assert "bakım molası" not in page
    assert "önceden duyurduk" not in page
    assert answer["Retry-After"] == "900", "nobody knows the end"


@pytest.mark.parametrize(("effect", "code"), [("read_only", "read_only"), ("stop", "closed_for_upkeep")])
def test_machines_get_a_problem(client, gate, effect, code):
    window = upkeep.running("api", effect=effect)
    gate()
    ask = client.post if effect == "read_only" else client.get
    answer = ask("/api/panel/v1/modules/", headers={"accept-language": "en"})
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert int(answer["Retry-After"]) > 0
    body = json.loads(answer.content)
    assert (body["status"], body["code"], body["planned"]) == (503, code, True)
    assert body["ends_at"] == window.ends_at.isoformat()
    assert body["detail"].startswith("We expect to be back")
    assert body["fields"] == {}


# --- By the clock, and at what price ------------------------------------------------------


def test_a_planned_end_opens_also_without_the_worker(client, gate, clock):
    window = upkeep.running("store", effect=Effect.STOP)
    gate()
    clock(window.ends_at - timedelta(seconds=1))
    assert client.get(BASKET)["Retry-After"] == "30", "nobody knocks every second"
    clock(window.ends_at)
    assert client.get(BASKET).status_code == 200


def test_a_stop_stays_a_stop_while_the_database_is_away(client, gate, settings, monkeypatch):
    upkeep.running("site", effect=Effect.STOP)
    gate()

    def away() -> None:
        raise OperationalError("away")

    monkeypatch.setattr("upkeep.gate.read", away)
    settings.UPKEEP_REFRESH_SECONDS = 0
    assert client.get("/").status_code == 503


def test_the_closed_page_asks_the_database_nothing(client, gate, django_assert_num_queries):
    upkeep.running("site", effect=Effect.STOP)
    gate()
    with django_assert_num_queries(0):
        client.get("/")
        client.get("/", headers={"accept": "application/json"})


def test_without_upkeep_a_request_asks_nothing(django_assert_num_queries, rf, settings):
    settings.UPKEEP_REFRESH_SECONDS = 60
    KEEPER.read()
    passes = Gate(lambda request: "through")
    with django_assert_num_queries(0):
        assert {passes(rf.get("/magaza/")) for _ in range(100)} == {"through"}


@pytest.mark.parametrize("number", [1, 20])
def test_what_is_read_every_two_seconds_does_not_grow(
    number, django_assert_num_queries, rf, settings, monkeypatch
):
    for _ in range(number):
        upkeep.announced("store", "panel")
    settings.UPKEEP_REFRESH_SECONDS = 0
    with django_assert_num_queries(2):
        KEEPER.look()
    assert len(KEEPER.known) == number


def test_health_never_waits_for_the_database(client, settings, django_assert_num_queries):
    settings.UPKEEP_REFRESH_SECONDS = 0
    with django_assert_num_queries(0):
        client.get("/saglik/canli/")


def test_it_closes_within_the_refresh_and_not_for_ever(client, settings):
    settings.UPKEEP_REFRESH_SECONDS = 0
    window = upkeep.running("store", effect=Effect.STOP)
    assert client.get(BASKET).status_code == 503
    services.end(window=window, version=window.version, by=None, now=timezone.now())
    assert client.get(BASKET).status_code == 200


def test_switched_off_the_door_stands_open(client, gate, settings):
    """Without the middleware nothing of this holds: it is the gate that closes."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != "upkeep.middleware.Gate"]
    upkeep.running("site", effect=Effect.STOP)
    gate()
    assert Client().get(BASKET).status_code == 200
