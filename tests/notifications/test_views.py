"""The list, the bell, the card, the page of preferences, and what a stranger gets."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from notifications import queries, services
from notifications.categories import Category, Channel, Mode
from notifications.errors import Locked
from notifications.models import Delivery, Habits, Notice, Preference
from tests.notifications.conftest import NOON

pytestmark = pytest.mark.django_db
LIST, PREFERENCES = "/panel/bildirimler/", "/panel/bildirimler/tercihler/"


@pytest.fixture
def page(client, ayse):
    client.force_login(ayse)
    return lambda path=LIST, **asked: client.get(path, asked).content.decode()


def typed(**more) -> dict[str, str]:
    fields = {"is_quiet": "on", "quiet_from": "22:00", "quiet_until": "08:00", "digest_hour": "18"}
    return {**fields, **{f"{category}-{channel}": "now" for category, channel in free_cells()}, **more}


def free_cells() -> list[tuple[str, str]]:
    from notifications import kinds

    found = []
    for category in kinds.categories():
        for channel in Channel:
            using = [kind for kind in kinds.in_category(category) if channel in kind.channels]
            if any(channel not in kind.locked for kind in using):
                found.append((category.value, channel.value))
    return found


def test_access(client, tell, ayse, deniz):
    tell()
    public_id = Notice.objects.get().public_id
    addresses = {
        ("get", LIST): 200,
        ("get", PREFERENCES): 200,
        ("post", f"{LIST}okundu/"): 302,
        ("post", f"{LIST}geri-al/"): 302,
        ("get", f"{LIST}{public_id}/"): 404,
        ("post", f"{LIST}{public_id}/okundu/"): 404,
    }
    for (method, path), _expected in addresses.items():
        assert getattr(client, method)(path).url.startswith("/hesap/giris/"), path
    client.force_login(deniz)
    for (method, path), expected in addresses.items():
        assert getattr(client, method)(path).status_code == expected, path
    client.get(f"{LIST}okundu/")
    assert Notice.objects.get().read_at is None


def test_empty_then_newest_first(page, tell):
    assert "Henüz bildirim yok" in page()
    for number in range(3):
        tell(key=str(number), number=number, now=NOON.replace(hour=number))
    body = page()
    assert body.index("Sipariş 2") < body.index("Sipariş 0")
    assert "Bildirimler, 3 okunmamış" in body


def test_opening_marks_read_and_leads_on(client, page, tell):
    tell(url="/yardim/")
    tell(key="2", url="https://kotu.test/")
    tell(key="3", url="//kotu.test/")
    for notice, target in zip(Notice.objects.order_by("pk"), ("/yardim/", LIST, LIST), strict=True):
        answer = client.get(f"{LIST}{notice.public_id}/")
        assert (answer.status_code, answer.url) == (302, target)
    assert queries.unread_count(Notice.objects.first().recipient) == 0


def test_marking_all_and_taking_it_back(client, page, tell, ayse):
    for number in range(3):
        tell(key=str(number))
    services.open_notice(notice=Notice.objects.first(), now=NOON)
    answer = client.post(f"{LIST}okundu/", {"kategori": "orders"}, follow=True)
    assert "Okundu sayıldı." in answer.content.decode()
    assert answer.request["QUERY_STRING"].startswith("kategori=orders&geri=")
    assert queries.unread_count(ayse) == 0
    answer = client.post(f"{LIST}geri-al/", {"geri": answer.context["undo"]}, follow=True)
    assert "Yeniden okunmamış sayıldı." in answer.content.decode()
    assert queries.unread_count(ayse) == 2


@pytest.mark.parametrize("moment", ["", "yarın", "2026-99-99T00:00:00+00:00", "2026-05-20T12:00:00"])
def test_nonsense_takes_nothing_back(client, page, tell, ayse, moment):
    tell()
    services.mark_read(user=ayse, now=NOON)
    assert client.post(f"{LIST}geri-al/", {"geri": moment}).status_code == 302
    assert page(geri=moment)
    assert queries.unread_count(ayse) == 0


def test_taking_back_reaches_only_her_own(client, page, tell, bora):
    tell(to=bora)
    services.mark_read(user=bora, now=NOON)
    client.post(f"{LIST}geri-al/", {"geri": NOON.isoformat()})
    assert queries.unread_count(bora) == 0


def test_marking_one(client, page, tell, ayse):
    tell()
    tell(key="2")
    client.post(f"{LIST}{Notice.objects.first().public_id}/okundu/")
    assert queries.unread_count(ayse) == 1


def test_filters(page, tell):
    tell(number=1)
    tell("test.alarm")
    services.open_notice(notice=Notice.objects.get(kind="test.alarm"), now=NOON)
    assert "Alarm" not in page(kategori="orders")
    assert "Alarm" not in page(okunmamis="1")
    assert "Sipariş 1" in page(okunmamis="1")
    assert "Bu süzgeçle bildirim çıkmadı." in page(kategori="security", okunmamis="1")
    assert "Alarm" in page(kategori="yok-boyle")


def test_pages(page, tell):
    for number in range(21):
        tell(key=str(number), number=number)
    assert page().count("notice-row__title") == 20
    assert page(page="2").count("notice-row__title") == 1


def test_the_mail_that_told_it_too_is_shown(page, tell, worker):
    tell()
    worker()
    Delivery.objects.filter(channel=Channel.EMAIL).update(at=NOON.replace(hour=14, minute=2))
    assert "e-postayla da gönderildi, 14:02" in page()


def test_retracted_is_struck_through_with_the_reason(page, tell):
    tell(number=4)
    services.retract(kind="test.order", key="1", reason={"tr": "Tarih yanlıştı."}, now=NOON)
    body = page()
    assert "<s>Sipariş 4</s>" in body
    assert "Tarih yanlıştı." in body


def test_what_people_typed_is_escaped(page, tell):
    tell("test.due", name="<b>Pamuk</b>")
    assert "&lt;b&gt;Pamuk" in page()


def test_the_same_queries_with_one_and_with_twenty(client, page, tell):
    counts = []
    for number in range(20):
        tell(key=str(number))
        if number in (0, 19):
            page()
            with CaptureQueriesContext(connection) as seen:
                page()
            counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_bell_costs_one_query(ayse, tell, django_assert_num_queries):
    tell()
    with django_assert_num_queries(1):
        assert queries.unread_count(ayse) == 1


def test_the_card_shows_the_latest_four(page, tell):
    assert "notice-card" not in page("/panel/")
    for number in range(5):
        tell(key=str(number), number=number)
    body = page("/panel/")
    assert body.count("notice-row__title") == 4
    assert "Sipariş 0" not in body


def test_a_bar_tells_that_mails_do_not_arrive(page, ayse):
    assert "E-postalarımız sana ulaşmıyor" not in page("/panel/")
    services.bounced(address=ayse.email, permanent=True, now=NOON)
    for path in ("/panel/", LIST, PREFERENCES):
        body = page(path)
        assert "E-postalarımız sana ulaşmıyor" in body
        assert reverse("account_email") in body


# --- Preferences --------------------------------------------------------------------------


def test_wishes_are_kept_and_shown(client, page, ayse):
    posted = typed(**{"orders-email": "digest", "quiet_from": "23:30", "digest_hour": "9"})
    del posted["is_quiet"]
    answer = client.post(PREFERENCES, posted, follow=True)
    assert "Kaydettik." in answer.content.decode()
    assert Preference.objects.get(category=Category.ORDERS, channel=Channel.EMAIL).mode == Mode.DIGEST
    habits = Habits.objects.get(user=ayse)
    assert (habits.is_quiet, f"{habits.quiet_from:%H:%M}", habits.digest_hour) == (False, "23:30", 9)
    assert 'value="digest" selected' in answer.content.decode()
    client.post(PREFERENCES, typed(**{"orders-email": "off"}))
    assert Preference.objects.get(category=Category.ORDERS, channel=Channel.EMAIL).mode == Mode.OFF


def test_an_error_stands_at_its_field_and_keeps_what_was_typed(client, page):
    posted = typed(**{"orders-email": "yesterday", "quiet_from": "25:99", "digest_hour": "7"})
    body = client.post(PREFERENCES, posted).content.decode()
    assert 'value="25:99"' in body
    assert '<option value="7" selected>' in body
    assert "id_orders-email_error" in body
    assert "id_quiet_from_error" in body
    assert not Preference.objects.exists()


def test_locked_cells_say_why_and_take_nothing(client, page, ayse):
    body = page(PREFERENCES)
    assert "Güvenlik." in body
    assert 'name="security-email"' not in body
    client.post(PREFERENCES, typed(**{"security-email": "off"}))
    assert not Preference.objects.filter(category=Category.SECURITY).exists()
    cell = {(Category.SECURITY.value, Channel.EMAIL.value): Mode.OFF}
    with pytest.raises(Locked):
        services.choose(
            user=ayse,
            modes=cell,
            is_quiet=True,
            quiet_from=NOON.time(),
            quiet_until=NOON.time(),
            digest_hour=1,
        )


def test_the_panel_offers_no_digest(page, ayse):
    body = page(PREFERENCES)
    panel = body[body.index('name="orders-panel"') :]
    assert 'value="digest"' not in panel[: panel.index("</select>")]
    with pytest.raises(IntegrityError, match="panel_knows_no_digest"), transaction.atomic():
        Preference.objects.create(
            user=ayse, category=Category.ORDERS, channel=Channel.PANEL, mode=Mode.DIGEST
        )


@pytest.mark.parametrize("constraint", ["wish_is_a_known_mode", "person_has_one_wish_for_each_cell"])
def test_the_database_refuses_wishes_that_make_no_sense(ayse, constraint):
    cell = {"user": ayse, "category": Category.ORDERS, "channel": Channel.EMAIL}
    Preference.objects.create(**cell, mode=Mode.NOW)
    second = (
        {**cell, "mode": "maybe", "category": "pets"} if "known" in constraint else {**cell, "mode": Mode.OFF}
    )
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Preference.objects.create(**second)


# --- Back office --------------------------------------------------------------------------


def test_staff_read_the_log_and_others_do_not(client, tell, admin, ayse):
    tell()
    client.force_login(ayse)
    assert client.get("/yonetim/reports/deliveries/").status_code == 302
    client.force_login(admin)
    body = client.get("/yonetim/reports/deliveries/").content.decode()
    assert ayse.email in body
    assert "test.order" in body
