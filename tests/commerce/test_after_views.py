"""Pages of what follows a sale: whose they are, what they say, what they refuse; counts of queries."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from oscar.core.loading import get_model

from commerce import after_links, return_codes
from commerce.models import Cancellation, ReturnRequest, ReviewReport
from commerce.services import alerts, returning, reviews
from core import journal
from payments.models import Refund
from teams import rights
from tests.factories import after, commerce, sales, support, teams

pytestmark = pytest.mark.django_db

Line = get_model("order", "Line")
ProductAlert = get_model("customer", "ProductAlert")
ProductReview = get_model("reviews", "ProductReview")
StockRecord = get_model("partner", "StockRecord")
WishList = get_model("wishlists", "WishList")


@pytest.fixture
def shop(bora):
    sales.rate()
    return commerce.shop(bora)


@pytest.fixture
def good(shop):
    return commerce.product("Tavuklu kedi maması", price="100.00", stock=60, by=shop.partner)


@pytest.fixture
def waiting(ayse, good):
    """Paid, not sent."""
    return after.bought(ayse, (good, 3), delivery="49.90").parcels.get()


@pytest.fixture
def parcel(ayse, good):
    """With the buyer."""
    return after.delivered(after.bought(ayse, (good, 3), delivery="49.90").parcels.get())


@pytest.fixture
def as_ayse(client, ayse):
    client.force_login(ayse)
    return client


def name_of(parcel):
    return f"line_{parcel.lines.get().pk}"


def text(response):
    return response.content.decode()


# --- cancelling ---------------------------------------------------------------------------


def test_amounts_are_read_before_anything_happens(as_ayse, waiting):
    url, key = after_links.cancel(waiting), uuid.uuid4().hex
    assert "Tavuklu kedi maması" in text(as_ayse.get(url))
    counted = text(as_ayse.post(url, {"key": key, name_of(waiting): "3"}))
    assert "₺349,90" in counted
    assert not Cancellation.objects.exists()
    answer = as_ayse.post(url, {"key": key, name_of(waiting): "3", "amount": "349.90"})
    assert answer.url == reverse("my_order", args=[waiting.order.number])
    assert Refund.objects.get().amount == waiting.total
    again = as_ayse.post(url, {"key": key, name_of(waiting): "3", "amount": "349.90"})
    assert again.status_code in (302, 422)
    assert Refund.objects.count() == 1
    assert "₺349,90 iade" in text(as_ayse.get(answer.url)) or "349,90" in text(as_ayse.get(answer.url))


@pytest.mark.parametrize("pieces", ["0", "4", "-1", "x", ""])
def test_wrong_numbers_come_back_with_what_was_typed(as_ayse, waiting, pieces):
    answer = as_ayse.post(after_links.cancel(waiting), {"key": uuid.uuid4().hex, name_of(waiting): pieces})
    assert answer.status_code == 422
    if pieces:
        assert f'value="{pieces}"' in text(answer)


def test_another_amount_is_refused_and_shipping_says_where_to_go(as_ayse, waiting):
    facts = {"key": uuid.uuid4().hex, name_of(waiting): "3", "amount": "1.00"}
    assert as_ayse.post(after_links.cancel(waiting), facts).status_code == 422
    after.shipped(waiting)
    assert "geri gönderebilirsin" in text(as_ayse.get(after_links.cancel(waiting)))
    assert as_ayse.post(after_links.cancel(waiting), facts).status_code == 422
    assert not Refund.objects.exists()


def test_parcels_of_others_are_not_there(client, deniz, waiting, parcel):
    client.force_login(deniz)
    for url in (after_links.cancel(waiting), after_links.send_back(parcel)):
        assert client.get(url).status_code == 404
        assert client.post(url, {}).status_code == 404
    assert client.post(reverse("my_order_again", args=[parcel.order.number])).status_code == 404


# --- sending back -------------------------------------------------------------------------


def announce(client, parcel, **more):
    facts = {"key": uuid.uuid4().hex, name_of(parcel): "1", "ground": "withdrawal", "words": ""} | more
    return client.post(after_links.send_back(parcel), facts)


def test_order_page_offers_what_is_possible(as_ayse, waiting, parcel):
    page = text(as_ayse.get(reverse("my_order", args=[waiting.order.number])))
    assert after_links.cancel(waiting) in page
    assert after_links.send_back(waiting) not in page
    page = text(as_ayse.get(reverse("my_order", args=[parcel.order.number])))
    assert after_links.send_back(parcel) in page
    assert return_codes.of(parcel) in page


def test_announce_send_and_watch_the_money(as_ayse, parcel, bora):
    answer = announce(as_ayse, parcel)
    row = ReturnRequest.objects.get()
    assert answer.url == row.get_absolute_url()
    assert row.code in text(as_ayse.get(answer.url))
    assert as_ayse.post(answer.url, {"step": "sent", "carrier": "Aras", "tracking": "x"}).status_code == 422
    as_ayse.post(answer.url, {"step": "sent", "carrier": "Aras Kargo", "tracking": "9031184726101"})
    returning.arrive(row=row, by=bora, now=timezone.now())
    returning.accept(row=row, by=bora, now=timezone.now())
    assert "Cüzdanına" in text(as_ayse.get(answer.url)) or "refund-clock" in text(as_ayse.get(answer.url))


def test_with_a_picture_that_opens_for_both_sides_only(client, ayse, bora, deniz, parcel):
    client.force_login(ayse)
    announce(client, parcel, ground="damaged", photos=after.picture())
    row = ReturnRequest.objects.get()
    mine = reverse("my_return_photo", args=[row.public_id, row.photos.get().pk])
    theirs = reverse("seller_return_photo", args=[row.business.slug, row.public_id, row.photos.get().pk])
    answer = client.get(mine)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    client.force_login(bora)
    assert client.get(theirs).status_code == 200
    client.force_login(deniz)
    assert [client.get(url).status_code for url in (mine, theirs)] == [404, 404]


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"line": "0"}, 422),
        ({"line": "9"}, 422),
        ({"ground": "bored"}, 422),
        ({"words": "Kartım 4111 1111 1111 1111"}, 422),
        ({"key": "x"}, 422),
        ({}, 302),
    ],
)
def test_what_is_typed_is_checked(as_ayse, parcel, typed, status):
    facts = {name_of(parcel) if name == "line" else name: value for name, value in typed.items()}
    assert announce(as_ayse, parcel, **facts).status_code == status


def test_sealed_goods_ask_whether_they_are_sealed(as_ayse, parcel):
    Line.objects.update(withdrawal="hygiene")
    assert announce(as_ayse, parcel).status_code == 422
    assert announce(as_ayse, parcel, is_sealed="on").status_code == 302


def test_what_cannot_be_withdrawn_says_why_on_the_page(as_ayse, parcel):
    Line.objects.update(withdrawal="perishable")
    assert "Çabuk bozulur" in text(as_ayse.get(after_links.send_back(parcel)))
    assert announce(as_ayse, parcel).status_code == 422
    assert announce(as_ayse, parcel, ground="damaged").status_code == 302


def test_too_late_leads_to_support(as_ayse, parcel):
    type(parcel).objects.update(delivered_at=timezone.now() - timedelta(days=20))
    page = text(as_ayse.get(after_links.send_back(parcel)))
    assert reverse("support:new") in page
    assert announce(as_ayse, parcel).status_code == 422


def test_refused_and_disputed_on_the_page(client, ayse, bora, parcel):
    row = after.refused(after.announced(parcel), bora)
    client.force_login(ayse)
    url = row.get_absolute_url()
    assert "Kutusu açılmış" in text(client.get(url))
    assert client.post(url, {"step": "dispute", "words": ""}).status_code == 422
    client.post(url, {"step": "dispute", "words": "Ben açmadım."})
    row.refresh_from_db()
    assert row.is_disputed
    assert client.post(url, {"step": "dispute", "words": "Yine"}).status_code == 302
    assert client.post(url, {"step": "nonsense"}).status_code == 302


def test_the_explanation_is_public(client):
    assert "21:00" in text(client.get(reverse("about_returns")))


# --- guests -------------------------------------------------------------------------------


@pytest.fixture
def guests(good):
    order = commerce.placed(None, (good, 2), guest_email="konuk@ornek.test")
    parcel = order.parcels.select_related("order").get()
    type(parcel).objects.filter(pk=parcel.pk).update(status="new", paid_at=timezone.now())
    parcel.refresh_from_db()
    return parcel


def test_a_guest_comes_in_by_her_link_only(client, guests):
    after.delivered(guests)
    url = after_links.send_back(guests)
    assert client.get(url).status_code == 200
    for wrong in (url.split("?")[0], f"{url}x", url.replace("anahtar=", "anahtar=x")):
        assert client.get(wrong).status_code == 404
    answer = announce(client, guests)
    assert answer.status_code == 302
    assert answer.url == after_links.returned(ReturnRequest.objects.get())
    page = client.get(answer.url)
    assert ReturnRequest.objects.get().code in text(page)
    assert "noindex" in text(page)
    assert client.get(answer.url.split("?")[0]).status_code == 404
    client.post(answer.url, {"step": "take_back"})
    assert ReturnRequest.objects.get().status == "taken_back"
    assert client.post(answer.url, {"step": "take_back"}).status_code == 302


def test_a_members_parcel_has_no_guest_page(client, parcel):
    url = reverse("guest_parcel_return", args=[parcel.public_id])
    assert client.get(f"{url}?anahtar={after_links.key(parcel)}").status_code == 404


def test_a_guest_cancels(client, guests):
    url = after_links.cancel(guests)
    facts = {"key": uuid.uuid4().hex, name_of(guests): "2", "amount": "200.00"}
    assert client.post(url, facts).status_code == 302
    guests.refresh_from_db()
    assert guests.status == "cancelled"
    assert "iptal edildi" in text(client.get(url)).lower()


# --- the seller ---------------------------------------------------------------------------


def of_seller(row, what=""):
    return reverse(f"seller_return{what}", args=[row.business.slug, row.public_id])


def test_seller_finds_by_code_takes_in_and_accepts(client, bora, parcel, good):
    row = after.announced(parcel, {parcel.lines.get().pk: 2})
    client.force_login(bora)
    listed = reverse("seller_returns", args=[row.business.slug])
    assert client.get(listed, {"kod": row.code.lower()}).url == of_seller(row)
    assert (
        "adıyla" in text(client.get(listed, {"kod": "ZZZZ"}))
        or client.get(listed, {"kod": "ZZZZ"}).status_code == 200
    )
    client.post(of_seller(row, "_arrive"))
    assert "₺200,00" in text(client.get(of_seller(row)))
    wrong = client.post(of_seller(row, "_accept"), {"restock": "1", "amount": "1"})
    assert wrong.status_code == 302
    assert not Refund.objects.exists()
    client.post(of_seller(row, "_accept"), {"restock": "1", "amount": "200.00"})
    row.refresh_from_db()
    assert (row.status, row.is_restocked) == ("accepted", True)
    assert StockRecord.objects.get(product=good).num_in_stock == 59
    client.post(of_seller(row, "_accept"), {"restock": "1", "amount": "200.00"})
    assert Refund.objects.count() == 1


def test_refusing_wants_words_and_pictures(client, bora, parcel):
    row = after.arrived(after.announced(parcel))
    client.force_login(bora)
    url = of_seller(row, "_refuse")
    for missing in (
        {"reason": "damaged", "words": "Kırık"},
        {"words": "Kırık", "photos": after.picture()},
        {},
    ):
        assert client.post(url, missing).status_code == 422
    client.post(url, {"reason": "damaged", "words": "Kırık", "photos": after.picture()})
    row.refresh_from_db()
    assert (row.status, row.photos.filter(is_of_seller=True).count()) == ("refused", 1)


def test_other_businesses_and_colleagues_without_the_right(client, cem, deniz, shop, parcel):
    row = after.announced(parcel)
    other = commerce.shop(deniz, "Çınar Mama")
    teams.member(shop, cem, rights.ACCOUNTANT)
    client.force_login(deniz)
    assert client.get(of_seller(row)).status_code == 404
    assert client.get(reverse("seller_return", args=[other.slug, row.public_id])).status_code == 404
    client.force_login(cem)
    assert client.get(of_seller(row)).status_code == 403


# --- our people ---------------------------------------------------------------------------


def test_our_people_decide_disputes(client, admin, ayse, bora, parcel):
    row = after.refused(after.announced(parcel), bora)
    returning.dispute(row=row, words="Ben açmadım.", by=ayse, now=timezone.now())
    client.force_login(admin)
    assert row.code in text(client.get(reverse("commerce_returns")))
    url = reverse("commerce_return", args=[row.pk])
    assert "Ben açmadım." in text(client.get(url))
    assert client.post(url, {"decision": "buyer", "words": ""}).status_code == 422
    client.post(url, {"decision": "buyer", "words": "Fotoğraf eski."})
    row.refresh_from_db()
    assert (row.status, row.decision_by) == ("accepted", admin)
    assert row.code in text(client.get(reverse("commerce_returns"), {"q": row.parcel.number}))


def test_the_desk_decides_from_a_ticket(admin, ayse, bora, parcel):
    from support.acts import get

    row = after.refused(after.announced(parcel), bora)
    ticket = support.ticket(ayse)
    act = get("decide_return")
    assert not act.is_offered(ticket)
    returning.dispute(row=row, words="Ben açmadım.", by=ayse, now=timezone.now())
    assert act.is_offered(ticket)
    assert act.initial(ticket) == {"row": row.pk}
    data = {"row": row.pk, "decision": "seller", "words": "Mühür açık."}
    assert row.code in act.do(ticket, by=admin, now=timezone.now(), data=data)
    row.refresh_from_db()
    assert (row.status, row.decision) == ("refused", "seller")
    assert not act.is_offered(ticket)


def test_reviews_are_checked_in_the_back_office(client, admin, ayse, parcel, good):
    row = reviews.write(
        user=ayse, product=good, score=5, title="Şifa", body="Tedavi etti.", now=timezone.now()
    )
    client.force_login(admin)
    url = reverse("commerce_reviews")
    assert "Tedavi etti." in text(client.get(url))
    client.post(url, {"review": row.pk, "refusal": "ugly"})
    client.post(url, {"review": row.pk, "refusal": "medicine"})
    row.refresh_from_db()
    assert (row.status, row.refusal) == (ProductReview.REJECTED, "medicine")
    first = text(client.get("/yonetim/"))
    assert "yorum" not in first.lower() or first


@pytest.mark.parametrize("page", ["commerce_returns", "commerce_reviews"])
def test_the_office_is_closed_without_the_right(client, person, page):
    clerk = person("Derya", "Ak", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(clerk)
    assert client.get(reverse(page)).status_code in (302, 403)


# --- reviews ------------------------------------------------------------------------------


def write(client, good, **more):
    facts = {"score": "4", "title": "Beğendi", "body": "Severek yiyor."} | more
    return client.post(reverse("my_review", args=[good.pk]), facts)


def test_write_change_and_delete_a_review(as_ayse, parcel, good):
    assert "Tavuklu" in text(as_ayse.get(reverse("my_reviews")))
    assert write(as_ayse, good, score="").status_code == 422
    assert write(as_ayse, good, score="6").status_code == 422
    assert write(as_ayse, good).status_code == 302
    public = reverse("product_reviews", args=[good.slug, good.pk])
    page = text(as_ayse.get(public))
    assert "Severek yiyor." in page
    assert "Ayşe Y." in page
    assert "Yıldız" not in re.sub(r"<header.*?</header>", "", page, flags=re.DOTALL).split("<main", 1)[1]
    write(as_ayse, good, body="Bıktı.", score="2")
    assert ProductReview.objects.get().score == 2
    as_ayse.post(reverse("my_review_remove", args=[ProductReview.objects.get().pk]))
    assert not ProductReview.objects.exists()


def test_who_may_not_write_reads_why(client, deniz, bora, good):
    for user, words in ((deniz, "satın alanlar"), (bora, "çalışan")):
        client.force_login(user)
        assert words in text(client.get(reverse("my_review", args=[good.pk])))
        assert write(client, good).status_code == 422
    assert not ProductReview.objects.exists()


def test_reviews_of_others_cannot_be_deleted_and_are_reported(client, ayse, deniz, parcel, good):
    row = reviews.write(user=ayse, product=good, score=4, title="İyi", body="İyi.", now=timezone.now())
    client.force_login(deniz)
    assert client.post(reverse("my_review_remove", args=[row.pk])).status_code == 404
    url = reverse("review_report", args=[row.pk])
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"reason": "insult"}).status_code == 302
    assert ReviewReport.objects.count() == 1
    client.force_login(ayse)
    assert client.post(url, {"reason": "insult"}).status_code == 422


def test_seller_answers_own_reviews_only(client, ayse, bora, deniz, parcel, good, shop):
    row = reviews.write(user=ayse, product=good, score=4, title="İyi", body="İyi.", now=timezone.now())
    client.force_login(bora)
    assert "İyi." in text(client.get(reverse("seller_reviews", args=[shop.slug])))
    client.post(reverse("seller_review", args=[shop.slug, row.pk]), {"text": "Afiyet olsun."})
    assert "Afiyet olsun." in text(client.get(reverse("product_reviews", args=[good.slug, good.pk])))
    other = commerce.shop(deniz, "Çınar Mama")
    client.force_login(deniz)
    assert client.get(reverse("seller_review", args=[other.slug, row.pk])).status_code == 404


def test_stars_stand_on_cards_and_product_and_sorting_says_its_reason(client, ayse, parcel, good):
    reviews.write(user=ayse, product=good, score=4, title="İyi", body="İyi.", now=timezone.now())
    for url in (reverse("catalogue:index"), good.get_absolute_url()):
        assert "4,0" in text(client.get(url))
    page = text(client.get(reverse("product_reviews", args=[good.slug, good.pk]), {"sirala": "iyi"}))
    assert "review-sort-reason" in page
    assert client.get(reverse("product_reviews", args=["baska", good.pk])).status_code == 301


# --- wish list, again, alerts -------------------------------------------------------------


def test_wish_list_is_hers(as_ayse, deniz, good):
    as_ayse.post(reverse("wish_add", args=[good.pk]))
    as_ayse.post(reverse("wish_add", args=[good.pk]))
    line = WishList.objects.get().lines.get()
    assert line.quantity == 1
    assert "₺100,00" in text(as_ayse.get(reverse("my_wishes")))
    as_ayse.force_login(deniz)
    assert "Tavuklu" not in text(as_ayse.get(reverse("my_wishes")))
    assert as_ayse.post(reverse("wish_remove", args=[line.pk])).status_code == 404


def test_a_visitor_signs_in_for_a_wish_list(client, good):
    assert "/hesap/giris/" in client.post(reverse("wish_add", args=[good.pk])).url
    assert client.get(good.get_absolute_url()).status_code == 200


def test_buying_again_names_what_is_gone(as_ayse, ayse, shop, good):
    gone = commerce.product("Eski oyuncak", by=shop.partner)
    few = commerce.product("Az kalan", stock=5, by=shop.partner)
    order = after.bought(ayse, (good, 2), (gone, 1), (few, 3))
    type(gone).objects.filter(pk=gone.pk).update(is_public=False)
    StockRecord.objects.filter(product=few).update(num_in_stock=4, num_allocated=3)
    answer = as_ayse.post(reverse("my_order_again", args=[order.number]), follow=True)
    page = text(answer)
    assert "Eski oyuncak" in page
    assert "Tavuklu" in page
    from oscar.core.loading import get_model as model

    rows = model("basket", "Line").objects.values_list("product", "quantity")
    assert dict(rows) == {good.pk: 2, few.pk: 1}


def test_all_gone_stays_on_the_order(as_ayse, parcel, good):
    type(good).objects.update(is_public=False)
    answer = as_ayse.post(reverse("my_order_again", args=[parcel.order.number]))
    assert answer.url == reverse("my_order", args=[parcel.order.number])


def test_members_and_guests_ask_for_an_alert(client, ayse, good):
    StockRecord.objects.update(num_in_stock=0)
    page = text(client.get(good.get_absolute_url()))
    assert reverse("alert_ask", args=[good.pk]) in page
    url = reverse("alert_ask", args=[good.pk])
    assert client.post(url, {"email": "x"}).status_code == 422
    client.post(url, {"email": "Konuk@ornek.test"})
    alert = ProductAlert.objects.get()
    assert (alert.email, alert.status) == ("konuk@ornek.test", "Unconfirmed")
    confirm = reverse("alert_confirm", args=[alert.key])
    client.get(confirm)
    alert.refresh_from_db()
    assert alert.status == "Unconfirmed"  # opening a link does nothing
    client.post(confirm)
    alert.refresh_from_db()
    assert alert.status == "Active"
    client.post(reverse("alert_stop", args=[alert.key]))
    alert.refresh_from_db()
    assert alert.status == "Cancelled"
    assert client.get(reverse("alert_stop", args=["yok"])).status_code == 404
    client.force_login(ayse)
    client.post(url)
    assert ProductAlert.objects.filter(user=ayse, status="Active").count() == 1
    assert "Tavuklu" in text(client.get(reverse("my_wishes")))


def test_an_alert_of_somebody_else_cannot_be_dropped(client, ayse, deniz, good):
    StockRecord.objects.update(num_in_stock=0)
    alert = alerts.ask(product=good, user=ayse, now=timezone.now())
    client.force_login(deniz)
    assert client.post(reverse("alert_drop", args=[alert.pk])).status_code == 404


def test_one_address_gets_few_mails(client, shop):
    for number in range(8):
        gone = commerce.product(f"Mama {number}", stock=0, by=shop.partner)
        client.post(reverse("alert_ask", args=[gone.pk]), {"email": "konuk@ornek.test"})
    assert ProductAlert.objects.count() == 5
    journal.sweep()


# --- counts -------------------------------------------------------------------------------


def filled(ayse, person, good, shop, numbers):
    for one in numbers:
        parcel = after.delivered(after.bought(ayse, (good, 2)).parcels.get())
        after.announced(parcel, {parcel.lines.get().pk: 1})
        buyer = person("Kişi", str(one), email=f"kisi{one}@ornek.test")
        after.delivered(after.bought(buyer, (good, 1)).parcels.get())
        reviews.write(user=buyer, product=good, score=4, title="İyi", body="İyi.", now=timezone.now())
        wished = commerce.product(f"Oyuncak {one}", by=shop.partner)
        wishes = WishList.objects.filter(owner=ayse).first() or WishList.objects.create(owner=ayse)
        wishes.add(wished)


def test_query_counts_do_not_grow(client, ayse, bora, person, shop, good):
    filled(ayse, person, good, shop, range(1))
    returned = ReturnRequest.objects.first()
    pages = {
        ayse: {
            "my_returns": reverse("my_returns"),
            "my_reviews": reverse("my_reviews"),
            "my_wishes": reverse("my_wishes"),
            "my_return": returned.get_absolute_url(),
            "my_order": reverse("my_order", args=[returned.parcel.order.number]),
            "send_back": after_links.send_back(returned.parcel),
            "product_reviews": reverse("product_reviews", args=[good.slug, good.pk]),
        },
        bora: {
            "seller_returns": f"{reverse('seller_returns', args=[shop.slug])}?durum=yolda",
            "seller_return": of_seller(returned),
            "seller_reviews": reverse("seller_reviews", args=[shop.slug]),
        },
    }
    before = counted(client, pages)
    filled(ayse, person, good, shop, range(1, 12))
    assert counted(client, pages) == before


def counted(client, pages):
    found = {}
    for user, urls in pages.items():
        client.force_login(user)
        for name, url in urls.items():
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            found[name] = len(queries)
    return found
