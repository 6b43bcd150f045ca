"""The back office: nobody without the right gets in, nothing is told before it was shown."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import Line
from editorial import setup
from notifications.models import Delivery
from tests.factories import upkeep
from tests.notifications.conftest import crowd
from upkeep import events, queries, services
from upkeep.models import MaintenanceWindow, Round
from upkeep.models.windows import NOTICE
from upkeep.states import Status

pytestmark = pytest.mark.django_db
OFFICE = "/yonetim/upkeep/"


@pytest.fixture
def alp(person) -> Client:
    """Alp of the infrastructure, with the rights of his group and no others."""
    setup.run()
    alp = person("Alp", "Çetin", email="alp@ornek.test")
    alp.groups.add(Group.objects.get(name="Altyapı"))
    client = Client()
    client.force_login(alp)
    return client


def typed(starts_at, hours: int = 2, **more) -> dict:
    local = timezone.localtime(starts_at)
    return {
        "kind": "planned",
        "effect": "read_only",
        "components": [part.pk for part in upkeep.parts("store")],
        "title": "Yeni disk",
        "text": "Disk değişiyor.",
        "starts_at": f"{local:%Y-%m-%d %H:%M}",
        "ends_at": f"{local + timedelta(hours=hours):%Y-%m-%d %H:%M}",
    } | more


def step(window: MaintenanceWindow, name: str) -> str:
    return f"{OFFICE}{window.pk}/{name}/"


def confirm(client: Client, window: MaintenanceWindow, name: str, **fields):
    window.refresh_from_db()
    return client.post(step(window, name), {"seen": window.version, "confirmed": "1", **fields})


# --- Who may ------------------------------------------------------------------------------


def addresses(window: MaintenanceWindow) -> list[str]:
    names = (
        "edit",
        "announce",
        "begin",
        "say",
        "end",
        "prolong",
        "change",
        "call-off",
        "discard",
        "receipts",
    )
    return [OFFICE, f"{OFFICE}new/", f"{OFFICE}{window.pk}/", *(step(window, name) for name in names)]


@pytest.mark.parametrize("group", [None, "Destek"])
def test_others_get_nowhere(person, group):
    setup.run()
    other = person("Derya", "Koç")
    if group:
        other.groups.add(Group.objects.get(name=group))
    client, window = Client(), upkeep.draft()
    client.force_login(other)
    for address in addresses(window):
        for method in (client.get, client.post):
            answer = method(address, {"confirmed": "1", "seen": "1"})
            assert answer.status_code in (302, 403), address
            assert not str(answer.get("Location", "")).startswith(OFFICE), address
    window.refresh_from_db()
    assert window.status == Status.DRAFT
    assert "Bakım" not in client.get("/yonetim/").content.decode().split("data-menu")[0] or group is None


def test_the_group_sees_its_menu_and_what_runs(alp):
    window = upkeep.outage(title="Kesinti")
    page = alp.get("/yonetim/").content.decode()
    assert "Şu an sürüyor: Kesinti" in page
    assert f"{OFFICE}{window.pk}/" in page
    for address in (OFFICE, f"{OFFICE}results/?status=draft", f"{OFFICE}new/", f"{OFFICE}{window.pk}/"):
        assert alp.get(address).status_code == 200, address


# --- A draft ------------------------------------------------------------------------------


def test_a_draft_is_written_edited_and_thrown_away(alp):
    start = timezone.now() + timedelta(days=3)
    assert alp.post(f"{OFFICE}new/", typed(start)).status_code == 302
    window = MaintenanceWindow.objects.get()
    assert [part.key for part in window.parts] == ["store"]
    changed = typed(start, title="Yeni ve hızlı disk", version=window.version)
    assert alp.post(step(window, "edit"), changed).status_code == 302
    stale = alp.post(step(window, "edit"), changed)
    assert stale.status_code == 422
    assert "Sen açtıktan sonra başka biri değiştirdi." in stale.content.decode()
    assert "Bundan kimseye haber gitmez." in alp.get(step(window, "discard")).content.decode()
    confirm(alp, window, "discard")
    assert not MaintenanceWindow.objects.exists()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"components": []}, "Bu alan"),
        ({"ends_at": ""}, "Planlı bakım ne zaman biteceğini söyler."),
        ({"ends_at": "2020-01-01 03:00"}, "Bitişi başlangıcından sonra olmalı."),
        ({"starts_at": "yarın"}, "Geçerli bir tarih"),
        ({"title": "x" * 121}, "120"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(alp, more, words):
    answer = alp.post(f"{OFFICE}new/", typed(timezone.now() + timedelta(days=3)) | more)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Disk değişiyor." in page
    assert not MaintenanceWindow.objects.exists()


# --- Steps --------------------------------------------------------------------------------


def test_the_first_press_shows_the_mail_and_tells_nobody(alp, ayse):
    window = upkeep.draft(
        starts_at=timezone.now() + timedelta(days=3), title="Yeni disk", title_en="New disk"
    )
    page = alp.get(step(window, "announce")).content.decode()
    assert "Planlı bakım: Yeni disk" in page
    assert "Planned maintenance: New disk" in page
    assert "2 kişiye panelde ve e-postayla haber verilir." in page
    window.refresh_from_db()
    assert (window.status, Round.objects.count(), Line.objects.filter(name=events.ANNOUNCED).count()) == (
        Status.DRAFT,
        0,
        0,
    )
    assert confirm(alp, window, "announce").status_code == 302
    window.refresh_from_db()
    assert window.status == Status.ANNOUNCED
    assert Line.objects.get(name=events.ANNOUNCED).actor.email == "alp@ornek.test"


def test_who_confirms_what_somebody_else_has_edited_is_told(alp):
    window = upkeep.draft(starts_at=timezone.now() + timedelta(days=3))
    seen = window.version
    services.edit(
        window=window,
        version=seen,
        facts=upkeep.facts(starts_at=window.starts_at, title="Başka"),
        by=None,
        now=timezone.now(),
    )
    answer = alp.post(step(window, "announce"), {"seen": seen, "confirmed": "1"})
    assert answer.status_code == 422
    window.refresh_from_db()
    assert window.status == Status.DRAFT


def test_the_last_mail_has_to_be_in_time_too(alp, monkeypatch):
    """48 hours for the first are not 48 hours for the last of many."""
    monkeypatch.setattr(queries, "PER_MINUTE", 1)
    crowd(30)
    window = upkeep.draft(starts_at=timezone.now() + NOTICE + timedelta(minutes=20))
    answer = confirm(alp, window, "announce")
    assert answer.status_code == 422
    assert "kişiye e-postanın çıkması zaman alır" in answer.content.decode()
    later = upkeep.draft(starts_at=timezone.now() + NOTICE + timedelta(minutes=40))
    assert confirm(alp, later, "announce").status_code == 302


def test_a_change_is_shown_before_it_is_told(alp):
    now = timezone.now()
    window = upkeep.announced(now=now, starts_at=now + timedelta(days=5), title="Yeni disk")
    form = alp.get(step(window, "change")).content.decode()
    assert "Yeni disk" in form
    wanted = typed(now + timedelta(days=6), version=window.version)
    shown = alp.post(step(window, "change"), wanted).content.decode()
    assert "Planlı bakım değişti: Yeni disk" in shown
    assert f'name="title" value="{wanted["title"]}"' in shown
    window.refresh_from_db()
    assert window.version == 2
    assert confirm(alp, window, "change", **wanted).status_code == 302
    window.refresh_from_db()
    assert window.rounds.filter(event="changed").count() == 1


def test_a_change_within_48_hours_is_refused_with_words(alp):
    now = timezone.now()
    window = upkeep.announced(now=now, starts_at=now + timedelta(days=5))
    answer = alp.post(step(window, "change"), typed(now + timedelta(hours=47), version=window.version))
    assert answer.status_code == 422
    assert "en az 48 saat önce" in answer.content.decode()


def test_from_the_beginning_to_the_end_by_hand(alp):
    window = upkeep.announced(now=timezone.now() - NOTICE, starts_at=timezone.now())
    assert "Kimseye" not in alp.get(step(window, "begin")).content.decode()
    confirm(alp, window, "begin")
    alp.post(step(window, "say"), {"text": "Sürüyor."})
    shown = alp.post(step(window, "prolong"), {"ends_at": ""}).content.decode()
    assert "Plansız çalışma" in shown
    confirm(alp, window, "end")
    window.refresh_from_db()
    assert (window.status, window.updates.get().text) == (Status.DONE, "Sürüyor.")
    moved = alp.get(step(window, "end"))
    assert moved.status_code == 302


def test_calling_off_asks_for_a_reason(alp):
    window = upkeep.announced()
    assert alp.post(step(window, "call-off"), {"reason": ""}).status_code == 422
    assert "Gerek yok." in alp.post(step(window, "call-off"), {"reason": "Gerek yok."}).content.decode()
    confirm(alp, window, "call-off", reason="Gerek yok.")
    window.refresh_from_db()
    assert window.status == Status.CANCELLED


def test_parts_are_edited_by_the_group(alp):
    from upkeep.models import Component

    part = Component.objects.get(key="store")
    address = f"/yonetim/snippets/upkeep/component/edit/{part.pk}/"
    assert alp.get(address).status_code == 200
    fields = {"name": "Dükkân", "covers": "Ürünler", "key": "store", "place": 40, "is_shown": "on"}
    alp.post(address, fields | {"prefixes": "/magaza/,/dukkan/"})
    part.refresh_from_db()
    assert (part.name, part.prefixes) == ("Dükkân", ["/magaza/", "/dukkan/"])
    assert alp.post(address, fields | {"prefixes": "magaza"}).status_code == 200, "refused, with its reason"
    assert Component.objects.get(key="store").prefixes == ["/magaza/", "/dukkan/"]


# --- Receipts -----------------------------------------------------------------------------


@pytest.fixture
def told(worker, person):
    """Sixty people and Ayşe, whose name a spreadsheet would take for a formula."""
    crowd(60)
    person("=HYPERLINK(1)", "Yıldız", email="ayse@ornek.test")
    now = timezone.now()
    window = upkeep.announced(now=now)
    worker(now)
    return window


def test_receipts_name_everybody_with_search_filter_and_pages(alp, told):
    address = step(told, "receipts")
    first = alp.get(address).content.decode()
    assert first.count("@ornek.test") == 50
    assert "62 kişi" in first
    second = alp.get(f"{address}?page=2").content.decode()
    assert second.count("@ornek.test") == 12
    one = alp.get(f"{address}?q=yıldız").content.decode()
    assert "ayse@ornek.test" in one
    assert "1 kişi" in one
    Delivery.objects.filter(notice__recipient__email="ayse@ornek.test", channel="email").update(
        status="failed"
    )
    failed = alp.get(f"{address}?status=failed").content.decode()
    assert "ayse@ornek.test" in failed
    assert "E-posta: Gönderilemedi: <strong>1</strong>" in failed
    assert "Bu süzgeçle kimse kalmadı." in alp.get(f"{address}?q=zzzz").content.decode()


def test_receipts_as_a_file(alp, told):
    answer = alp.get(f"{step(told, 'receipts')}?export=csv&round=announced")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert rows[0][:2] == ["ad", "e-posta"]
    assert len(rows) == 63
    [ayse] = [row for row in rows if row[1] == "ayse@ornek.test"]
    assert ayse[0].startswith("'=HYPERLINK"), "no formula reaches the spreadsheet"
    assert ayse[4]
    line = Line.objects.get(name=events.EXPORTED)
    assert (line.actor.email, line.data["key"]) == ("alp@ornek.test", "announced")


def test_names_need_a_right_of_their_own(alp, told, settings):
    from django.contrib.auth.models import Permission

    group = Group.objects.get(name="Altyapı")
    group.permissions.remove(Permission.objects.get(codename="read_receipts"))
    assert alp.get(step(told, "receipts")).status_code in (302, 403)
    assert "receipts" not in alp.get(f"{OFFICE}{told.pk}/").content.decode()


def test_queries_do_not_grow(alp, worker):
    def cost(window: MaintenanceWindow) -> list[int]:
        found = []
        for address in (OFFICE, f"{OFFICE}{window.pk}/", step(window, "receipts")):
            with CaptureQueriesContext(connection) as queries_of:
                alp.get(address)
            found.append(len(queries_of))
        return found

    first = upkeep.announced()
    worker(timezone.now())
    cost(first)
    few = cost(first)
    crowd(20)
    for _ in range(19):
        many = upkeep.announced()
    worker(timezone.now())
    assert cost(many) == few
