"""The status page, its windows, the calendar and the feed: true at every reading, in both languages."""

from __future__ import annotations

import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from core.response_cache.front import Front
from tests.factories import upkeep
from upkeep import services
from upkeep.gate import KEEPER
from upkeep.models import MaintenanceWindow, Update
from upkeep.states import Effect, Kind

pytestmark = pytest.mark.django_db
PAGE, ENGLISH = "/durum/", "/en/durum/"


def past(number: int) -> list[MaintenanceWindow]:
    """Over, one after the other."""
    made = []
    for count in range(number):
        window = upkeep.running("store", title=f"Eski {count}")
        now = timezone.now()
        made.append(services.end(window=window, version=window.version, by=None, now=now))
    return made


def text(client, path: str = PAGE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_when_all_is_well_it_says_so(client):
    page = text(client)
    assert "Her şey çalışıyor." in page
    assert page.count("Çalışıyor") == 7
    assert "Duyurulmuş bakım yok." in page
    assert "Şimdiye kadar bir şey yok." in page
    assert "Everything works." in text(client, ENGLISH)


def test_a_draft_is_seen_by_nobody(client):
    window = upkeep.draft(title="Gizli")
    assert "Gizli" not in text(client)
    assert client.get(window.get_absolute_url()).status_code == 404
    for path in ("/durum/atom.xml", "/durum/bakim.ics", "/api/content/v2/status/"):
        assert b"Gizli" not in client.get(path).content


def test_planned_and_unplanned_look_different(client):
    upkeep.running("store", effect=Effect.READ_ONLY)
    page = text(client)
    assert "Planlı bakım sürüyor." in page
    assert "Planlı bakım: yalnız okunur" in page
    upkeep.outage("mail", title="E-posta gecikiyor", effect=Effect.SLOW)
    page = text(client)
    assert "Bir şey olması gerektiği gibi çalışmıyor." in page
    assert "Sorun: çalışıyor, belki yavaş" in page


def test_what_closes_the_site_closes_its_parts(client):
    upkeep.running("site", effect=Effect.STOP)
    assert text(client).count("Planlı bakım: kapalı") == 6, "mail has no address and goes on"


def test_how_it_goes_is_said_in_words(client, admin):
    window = upkeep.outage("store")
    services.update(window=window, text="Sebebi bulduk.", text_en="Found it.", by=admin, now=timezone.now())
    assert "Sebebi bulduk." in text(client)
    assert "Found it." in text(client, window.get_absolute_url().replace("/durum/", ENGLISH))
    assert b"Sebebi bulduk." in client.get("/durum/atom.xml").content


def test_history_has_pages(client):
    past(22)
    first, second = text(client), text(client, "/durum/?page=2")
    assert first.count("window-row__facts") == 20
    assert second.count("window-row__facts") == 2
    assert "noindex" in second
    assert text(client, "/durum/?page=rubbish").count("window-row__facts") == 20


@pytest.mark.parametrize("path", [PAGE, "/durum/atom.xml", "/durum/bakim.ics", "/api/content/v2/status/"])
def test_queries_do_not_grow(client, path):
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(path)
        return len(found)

    def one_more() -> None:
        past(1)
        window = upkeep.announced("store", "panel")
        Update.objects.create(window=window, at=timezone.now(), text="Sürüyor.")

    one_more()
    cost()
    few = cost()
    for _ in range(19):
        one_more()
    assert cost() == few


def test_called_off_says_why(client, admin):
    window = upkeep.announced(title="Olmayacak")
    services.call_off(
        window=window, version=window.version, reason="Gerek yok.", by=admin, now=timezone.now()
    )
    assert "Gerek yok." in text(client, window.get_absolute_url())


def test_one_that_took_longer_leads_on(client):
    window = upkeep.running()
    rest = services.prolong(
        window=window,
        version=window.version,
        ends_at=None,
        by=None,
        now=window.begun_at,
    )
    assert rest.get_absolute_url() in text(client, window.get_absolute_url())
    page = text(client, rest.get_absolute_url())
    assert window.get_absolute_url() in page
    assert "önceden" not in page.split("<main")[1].split("</main")[0], "unplanned claims no notice"


# --- Calendar and feed --------------------------------------------------------------------


def test_a_calendar_moves_its_entry_and_strikes_it_out(client, admin):
    from .test_announcing import change

    now = timezone.now()
    window = upkeep.announced(now=now, starts_at=now + timedelta(days=4), title="Disk; yeni, hızlı")

    def entry():
        answer = client.get("/durum/bakim.ics")
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        [found] = Calendar.from_ical(answer.content).walk("VEVENT")
        return found

    before = entry()
    assert before["summary"] == "Planlı bakım: Disk; yeni, hızlı"
    assert before.decoded("dtstart").replace(microsecond=0) == window.starts_at.replace(microsecond=0)
    window = change(window, now + timedelta(minutes=1), starts_at=window.starts_at + timedelta(hours=1))
    after = entry()
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    services.call_off(window=window, version=window.version, reason="x", by=admin, now=timezone.now())
    assert entry()["status"] == "CANCELLED"


def test_the_feed_keeps_its_ids_and_holds_hostile_words(client):
    window = upkeep.announced(title="<script>alert(1)</script> & \x0b", text="]]> <b>x</b>")
    answer = client.get("/durum/atom.xml")
    feed = ElementTree.fromstring(answer.content)  # noqa: S314  (ours)
    space = "{http://www.w3.org/2005/Atom}"
    entry = feed.find(f"{space}entry")
    assert entry.find(f"{space}id").text == f"urn:uuid:{window.public_id}"
    assert "<script>" in entry.find(f"{space}title").text, "as text, not as markup"
    assert "&lt;b&gt;" in entry.find(f"{space}summary").text
    again = client.get("/durum/atom.xml", headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


def test_machines_read_the_same(client):
    window = upkeep.running("store", effect=Effect.STOP)
    body = json.loads(client.get("/api/content/v2/status/?locale=en").content)
    store = next(part for part in body["parts"] if part["key"] == "store")
    assert (store["state"], store["window"]) == ("upkeep", str(window.public_id))
    assert body["windows"][0]["title"] == "New database"
    assert client.get("/api/content/v2/status/?x=1").status_code == 400


# --- The banner, and what is kept ---------------------------------------------------------


def test_the_banner_stands_on_site_and_panel_until_it_is_over(client, ayse, gate):
    window = upkeep.announced("panel", title="Panel büyüyor")
    gate()
    client.force_login(ayse)
    for path in ("/isletmeler/", "/panel/", "/panel/bildirimler/", PAGE):
        page = text(client, path)
        assert page.count(f'data-upkeep="{str(window.public_id)[:8]}-{window.version}"') == 1, path
    services.call_off(window=window, version=window.version, reason="x", by=None, now=timezone.now())
    gate()
    assert "data-upkeep=" not in text(client, "/panel/")


def test_a_change_opens_the_banner_again(gate):
    from .test_announcing import change

    now = timezone.now()
    window = upkeep.announced(now=now, starts_at=now + timedelta(days=5))
    gate()
    [before] = KEEPER.known
    change(window, now + timedelta(minutes=1), text="Başka.")
    gate()
    [after] = KEEPER.known
    assert before.key != after.key


def test_panel_pages_ask_nothing_more_for_the_banner(client, ayse, gate):
    client.force_login(ayse)

    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get("/panel/bildirimler/")
        return len(found)

    cost()
    without = cost()
    for _ in range(3):
        upkeep.announced("panel")
    gate()
    assert cost() == without


@pytest.mark.django_db(transaction=True)
def test_kept_pages_follow_each_change_at_once(client, settings, gate):
    settings.RESPONSE_CACHE = True
    pages = ("/isletmeler/", PAGE, "/durum/bakim.ics", "/api/content/v2/status/")

    def all_pages() -> list[bytes]:
        return [client.get(path).content for path in pages]

    all_pages()
    window = upkeep.announced("store", title="Yeni haber")
    assert all(b"Yeni haber" in one or b"data-upkeep" in one for one in all_pages())
    with CaptureQueriesContext(connection) as found:
        assert client.get(PAGE).status_code == 200
    assert len(found) == 1, "kept: one question whether it still holds"
    services.call_off(window=window, version=window.version, reason="x", by=None, now=timezone.now())
    assert not any(b"data-upkeep" in one for one in all_pages())


def test_what_was_kept_is_not_given_out_through_a_closed_door(client, settings, gate):
    settings.RESPONSE_CACHE = True
    assert client.get("/isletmeler/").status_code == 200
    upkeep.running("site", effect=Effect.STOP)
    gate()
    assert client.get("/isletmeler/").status_code == 503


@pytest.mark.django_db(transaction=True)
def test_the_front_of_a_process_drops_all_when_a_door_closes():
    """Before Django: what a process holds in its memory is gone with the commit that begins a stop."""
    dropped: list[list[str]] = []
    front = Front(lambda environ, start: [])
    front.drop = dropped.append
    front.listener.cache = front
    front.listener.start()
    from tests.stack import wait_for

    wait_for(lambda: front.listener.is_live, 10, "the listener")
    upkeep.running("store", effect=Effect.STOP)
    wait_for(lambda: any("everything" in tags for tags in dropped), 10, "the purge")
    front.listener.stop()


def test_an_outage_is_an_entry_of_its_own_kind(client):
    window = upkeep.outage("store", title="Kesinti")
    assert window.kind == Kind.EMERGENCY
    [entry] = Calendar.from_ical(client.get("/durum/bakim.ics").content).walk("VEVENT")
    assert entry["summary"] == "Plansız: Kesinti"
