"""Pages of a seller and of a buyer about a parcel: who sees what, what a press does, how much is asked."""

from datetime import time, timedelta
from io import BytesIO

import pytest
from django.core import mail
from django.utils import timezone
from oscar.core.loading import get_model
from pypdf import PdfReader

from commerce import deadlines
from commerce.models import LateParcel, ShippingTerms
from commerce.services import parcels, sweeping
from commerce.states import CancelReason, ParcelStatus, Word
from core import journal
from core.models import Mail
from notifications.models import Notice
from teams import rights
from tests.factories import commerce, sales, teams

pytestmark = pytest.mark.django_db
SellerOrder = get_model("order", "SellerOrder")
NUMBER = "903118472610"
DAY = timedelta(days=1)


@pytest.fixture
def shop(bora):
    sales.taxes()
    sales.rate()
    return commerce.shop(bora)


@pytest.fixture
def food(shop):
    return commerce.product(by=shop.partner, stock=500)


@pytest.fixture
def parcel(ayse, food):
    return commerce.paid(commerce.placed(ayse, (food, 2))).parcels.get()


@pytest.fixture
def orders(shop):
    return f"/isletme/{shop.slug}/magaza/siparisler/"


@pytest.fixture
def page(orders, parcel):
    return f"{orders}{parcel.public_id}/"


def run_receivers():
    while journal.sweep():
        pass


def again(parcel):
    return SellerOrder.objects.get(pk=parcel.pk)


def sent(parcel, now=None):
    now = now or timezone.now()
    parcels.accept(parcel=parcel, by=None, now=now)
    parcels.prepare(parcel=parcel, by=None, now=now)
    parcels.ship(parcel=parcel, carrier="yurtici", tracking=NUMBER, by=None, now=now)
    return parcel


def test_the_list_shows_what_a_seller_needs(client, bora, parcel, orders):
    client.force_login(bora)
    shown = client.get(orders).content.decode()
    for words in (parcel.order.number, "Deniz Korkmaz", "Kadıköy", "Tavuklu kedi maması ×2", "₺209,20"):
        assert words in shown, words


def test_unpaid_orders_are_no_business_of_a_seller(client, ayse, bora, food, orders):
    unpaid = commerce.placed(ayse, (food, 1)).parcels.get()
    client.force_login(bora)
    assert unpaid.order.number not in client.get(orders).content.decode()
    assert client.get(f"{orders}{unpaid.public_id}/").status_code == 404


@pytest.mark.parametrize("words", ["Korkmaz", "deniz kor", NUMBER, "9031 1847 2610"])
def test_a_parcel_is_found_in_any_state(client, bora, parcel, orders, words):
    sent(parcel)
    client.force_login(bora)
    shown = client.get(orders, {"q": words}).content.decode()
    assert str(parcel.public_id) in shown
    assert str(parcel.public_id) in client.get(orders, {"q": parcel.number}).content.decode()
    assert str(parcel.public_id) not in client.get(orders, {"q": "Başka"}).content.decode()


def test_of_another_seller_nothing_is_there(client, cem, parcel, orders, page):
    other = commerce.shop(cem, "Çınar Mama")
    client.force_login(cem)
    strange = f"/isletme/{other.slug}/magaza/siparisler/{parcel.public_id}/"
    for path in ("", "iptal/", "fis/", "mesajlar/"):
        assert client.get(strange + path).status_code == 404
        assert client.get(page + path).status_code == 404
        if path != "fis/":  # read only
            answer = client.post(strange + path, {"act": "accept", "reason": "seller_other", "text": "x"})
            assert answer.status_code == 404
    slips = client.get(f"/isletme/{other.slug}/magaza/siparisler/fisler.pdf", {"koli": str(parcel.public_id)})
    assert slips.status_code == 302
    client.post(f"/isletme/{other.slug}/magaza/siparisler/", {"koli": str(parcel.public_id)})
    assert again(parcel).status == ParcelStatus.NEW


@pytest.mark.parametrize(
    ("role", "status"),
    [(rights.MANAGER, 200), (rights.STAFF, 200), (rights.RECEPTION, 200), (rights.ACCOUNTANT, 403)],
)
def test_who_runs_orders(client, shop, cem, parcel, page, orders, role, status):
    teams.member(shop, cem, role)
    client.force_login(cem)
    assert client.get(orders).status_code == status
    assert client.get(page).status_code == status
    assert client.post(page, {"act": "accept"}).status_code == (302 if status == 200 else 403)


def test_from_accepting_to_delivered_on_the_page(client, bora, parcel, page):
    client.force_login(bora)
    for act, status in (("accept", ParcelStatus.ACCEPTED), ("prepare", ParcelStatus.PREPARING)):
        assert client.post(page, {"act": act}).status_code == 302
        assert again(parcel).status == status
    line = parcel.lines.get()
    kept = client.post(page, {"act": "pick", "line": line.pk}, headers={"x-requested-with": "fetch"})
    assert kept.status_code == 204
    assert "checked" in client.get(page).content.decode()
    wrong = client.post(page, {"act": "ship", "carrier": "yurtici", "tracking": "90311847261"})
    assert wrong.status_code == 422
    assert "1 hane eksik: bu firmada 12 hanedir." in wrong.content.decode()
    assert 'value="90311847261"' in wrong.content.decode()
    assert client.post(page, {"act": "ship", "carrier": "yurtici", "tracking": NUMBER}).status_code == 302
    assert again(parcel).tracking == NUMBER
    assert client.post(page, {"act": "correct", "carrier": "own", "tracking": ""}).status_code == 302
    assert client.post(page, {"act": "deliver"}).status_code == 302
    assert again(parcel).delivered_by == Word.SELLER


@pytest.mark.parametrize("act", ["accept", "ship", "deliver", "pick", "correct", "fly"])
def test_a_second_press_is_answered_kindly(client, bora, parcel, page, act):
    parcels.accept(parcel=parcel, by=bora, now=timezone.now())
    parcels.cancel(parcel=parcel, reason=CancelReason.OTHER, by=bora, now=timezone.now())
    client.force_login(bora)
    answer = client.post(page, {"act": act, "carrier": "own"})
    assert answer.status_code in (302, 409) if act == "correct" else answer.status_code == 409
    assert again(parcel).status == ParcelStatus.CANCELLED


def test_a_tick_of_another_parcel_is_not_taken(client, ayse, bora, food, parcel, page):
    other = commerce.paid(commerce.placed(ayse, (food, 1))).parcels.get()
    parcels.accept(parcel=parcel, by=bora, now=timezone.now())
    client.force_login(bora)
    client.post(page, {"act": "pick", "line": [other.lines.get().pk, "x", "9" * 30]})
    assert not other.lines.get().is_picked


def test_several_are_accepted_at_once(client, ayse, bora, food, parcel, orders):
    other = commerce.paid(commerce.placed(ayse, (food, 1))).parcels.get()
    parcels.accept(parcel=other, by=bora, now=timezone.now())
    client.force_login(bora)
    answer = client.post(orders, {"koli": [str(parcel.public_id), str(other.public_id), "x"]}, follow=True)
    assert again(parcel).status == ParcelStatus.ACCEPTED
    assert len(list(answer.context["messages"])) == 2


def test_cancelling_wants_a_reason(client, bora, parcel, page):
    client.force_login(bora)
    refused = client.post(f"{page}iptal/", {"note": "Beni ara: 0532 123 45 67"})
    assert refused.status_code == 422
    assert "telefon" in refused.content.decode()
    client.post(f"{page}iptal/", {"reason": "seller_sold_out", "note": "Üzgünüz"})
    assert again(parcel).cancel_reason == CancelReason.SOLD_OUT
    assert client.get(f"{page}iptal/").status_code == 302


def test_slips_have_no_prices(client, ayse, bora, food, parcel, orders, page):
    commerce.paid(commerce.placed(ayse, (food, 1)))
    client.force_login(bora)
    shown = client.get(f"{page}fis/").content.decode()
    assert "<svg" in shown
    assert "₺" not in shown
    answer = client.get(f"{orders}fisler.pdf")
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    assert len(pages) == 2
    text = pages[0].extract_text()
    assert "Tavuklu kedi maması" in text
    assert "₺" not in text
    chosen = client.post(f"{orders}fisler.pdf", {"koli": str(parcel.public_id)})
    assert len(PdfReader(BytesIO(chosen.content)).pages) == 1


def test_terms_of_shipping(client, bora, shop, orders):
    client.force_login(bora)
    facts = {"cut_off": "16:00", "pickup": "15:00", "days": "9", "carrier": "aras"}
    refused = client.post(f"{orders}kargo/", facts)
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"pickup", "days"}
    client.post(f"{orders}kargo/", facts | {"pickup": "17:30", "days": "0"})
    assert ShippingTerms.objects.get().carrier == "aras"


def at(day, clock):
    return timezone.make_aware(timezone.datetime.combine(day, clock))


@pytest.mark.parametrize(
    ("paid", "days", "leaves"),
    [
        ("2026-06-01 10:00", 0, "2026-06-01 17:00"),  # a Monday morning
        ("2026-06-01 12:00", 0, "2026-06-02 17:00"),  # past the cut-off
        ("2026-06-05 13:00", 1, "2026-06-09 17:00"),  # Friday after it: Monday counts, Tuesday it leaves
        ("2026-06-06 09:00", 0, "2026-06-08 17:00"),  # Saturday
        ("2026-07-14 13:00", 0, "2026-07-16 17:00"),  # before 15 July, a holiday
    ],
)
def test_when_it_leaves(shop, paid, days, leaves):
    ShippingTerms.objects.create(business=shop, days=days)
    moment = timezone.make_aware(timezone.datetime.fromisoformat(paid))
    found = deadlines.leaves_by(shop, moment)
    assert timezone.localtime(found).strftime("%Y-%m-%d %H:%M") == leaves


def test_a_closed_day_of_the_branch_does_not_count(shop):
    ShippingTerms.objects.create(business=shop, days=0)
    branch = shop.locations.get(is_main=True)
    for day in range(1, 5):  # closed on Mondays
        branch.weekly_hours.create(weekday=day, starts=9 * 60, ends=18 * 60)
    moment = timezone.make_aware(timezone.datetime.fromisoformat("2026-06-01 09:00"))
    assert timezone.localtime(deadlines.leaves_by(shop, moment)).strftime("%d %H:%M") == "02 17:00"


def test_the_buyer_follows_and_has_it(client, ayse, deniz, parcel):
    sent(parcel)
    mine = f"/panel/siparisler/{parcel.order.number}/"
    client.force_login(deniz)
    assert client.post(f"{mine}koli/1/aldim/").status_code == 404
    client.force_login(ayse)
    shown = client.get(mine).content.decode()
    assert NUMBER in shown
    assert "aldim" in shown
    client.post(f"{mine}koli/1/aldim/")
    assert again(parcel).delivered_by == Word.BUYER
    client.post(f"{mine}koli/1/aldim/")
    assert again(parcel).status == ParcelStatus.DELIVERED


def test_the_buyer_of_a_late_parcel_has_her_money_back(client, ayse, parcel):
    mine = f"/panel/siparisler/{parcel.order.number}/"
    client.force_login(ayse)
    assert "beklemiyorum" not in client.get(mine).content.decode()
    client.post(f"{mine}koli/1/beklemiyorum/")
    assert again(parcel).status == ParcelStatus.NEW
    SellerOrder.objects.update(ship_by=timezone.now() - DAY)
    assert "beklemiyorum" in client.get(mine).content.decode()
    client.post(f"{mine}koli/1/beklemiyorum/")
    assert again(parcel).cancel_reason == CancelReason.LATE


def test_who_is_told_of_what(ayse, bora, parcel):
    now = timezone.now()
    sent(parcel, now)
    parcels.deliver(parcel=parcel, word=Word.SELLER, by=bora, now=now)
    run_receivers()
    kinds = set(Notice.objects.filter(recipient=ayse).values_list("kind", flat=True))
    assert {f"commerce.parcel_{word}" for word in ("accepted", "shipped", "delivered")} <= kinds
    assert Mail.objects.filter(template="commerce/parcel", to=ayse.email).count() == 3
    assert any(NUMBER in one.body for one in mail.outbox)


def test_a_guest_is_told_by_mail(food):
    order = commerce.placed(None, (food, 1), guest_email="misafir@ornek.test")
    parcel = order.parcels.get()
    SellerOrder.objects.update(status=ParcelStatus.NEW, paid_at=timezone.now())
    parcel.refresh_from_db()
    sent(parcel)
    run_receivers()
    assert [one.to for one in mail.outbox] == [["misafir@ornek.test"]] * 2
    assert not any("/panel/" in one.body for one in mail.outbox)


def test_both_sides_hear_of_lateness_once(ayse, bora, parcel):
    SellerOrder.objects.update(ship_by=timezone.now() - DAY)
    sweeping.watch_late(now=timezone.now())
    sweeping.watch_late(now=timezone.now())
    run_receivers()
    assert LateParcel.objects.count() == 1
    assert Notice.objects.filter(recipient=ayse, kind="commerce.parcel_late").count() == 1
    assert Notice.objects.filter(recipient=bora, kind="commerce.seller_parcel_late").count() == 1
    assert Mail.objects.filter(template="commerce/parcel", to=ayse.email).count() == 1


def test_what_left_meanwhile_worries_nobody(ayse, parcel):
    SellerOrder.objects.update(ship_by=timezone.now() - DAY)
    sweeping.watch_late(now=timezone.now())
    sent(again(parcel))
    run_receivers()
    assert not Notice.objects.filter(kind="commerce.parcel_late").exists()


def test_cancelled_by_the_seller_the_buyer_reads_why(ayse, bora, parcel):
    parcels.cancel(
        parcel=parcel, reason=CancelReason.DAMAGED, by=bora, now=timezone.now(), note="Kutu ıslandı."
    )
    run_receivers()
    (letter,) = [one for one in mail.outbox if "Kutu ıslandı." in one.body]
    assert letter.to == [ayse.email]
    assert "₺240,00" in letter.body


@pytest.mark.parametrize("many", [1, 20])
def test_query_count_does_not_grow(client, ayse, bora, food, orders, django_assert_num_queries, many):
    for _ in range(many):
        parcel = commerce.paid(commerce.placed(ayse, (food, 1))).parcels.get()
    client.force_login(bora)
    client.get(orders)
    for path, number in ((orders, LIST), (f"{orders}{parcel.public_id}/", ONE)):
        with django_assert_num_queries(number):
            client.get(path)


LIST, ONE = 16, 16


def test_staff_reads_parcels_and_moves_no_order(client, admin, parcel):
    order = parcel.order
    client.force_login(admin)
    page = f"/yonetim/magaza/orders/{order.number}/"
    shown = client.get(page).content.decode()
    assert parcel.number in shown
    assert "/yonetim/payments/" in shown
    forms = {"order_action": "change_order_status", "new_status": "cancelled"}
    lines = {"line_action": "change_line_statuses", "selected_line": parcel.lines.get().pk, "new_status": "x"}
    for data in (forms, lines, lines | {"line_action": "create_shipping_event"}):
        client.post(page, data)
    client.post(
        "/yonetim/magaza/orders/",
        {"action": "change_order_statuses", "selected_order": order.pk, "new_status": "cancelled"},
    )
    order.refresh_from_db()
    assert order.status == "paid"
    assert order.number in client.get("/yonetim/magaza/orders/").content.decode()


def test_a_cut_off_is_before_the_carrier(shop):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError, match="carrier_comes_after"), transaction.atomic():
        ShippingTerms.objects.create(business=shop, cut_off=time(18), pickup=time(17))
