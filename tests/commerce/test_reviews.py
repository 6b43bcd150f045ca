"""Reviews by buyers only: who may, what is looked at first, stars on the product, answers and reports."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from oscar.core.loading import get_model

from commerce import review_rules
from commerce.after_errors import AlreadyReviewed, MayNotReview, NotYourReview, OwnBusiness
from commerce.models import ReviewAsk, ReviewReport
from commerce.services import cancelling, reviews
from core import journal
from notifications.models import Notice
from teams import rights
from tests.factories import after, commerce, sales, teams

from .test_cancelling import race

pytestmark = pytest.mark.django_db

Product = get_model("catalogue", "Product")
ProductReview = get_model("reviews", "ProductReview")


@pytest.fixture
def shop(bora):
    sales.rate()
    return commerce.shop(bora)


@pytest.fixture
def good(shop):
    return commerce.product("Tavuklu kedi maması", price="50.00", stock=30, by=shop.partner)


def bought(user, good):
    return after.delivered(after.bought(user, (good, 1)).parcels.get())


def write(user, good, score=4, title="Beğendi", body="Kedim severek yedi.", **more):
    return reviews.write(
        user=user, product=good, score=score, title=title, body=body, now=timezone.now(), **more
    )


def fresh(good):
    return Product.objects.get(pk=good.pk)


def test_a_buyer_writes_and_the_stars_stand_on_the_product(ayse, deniz, good):
    for user, score in ((ayse, 5), (deniz, 2)):
        bought(user, good)
        assert write(user, good, score).status == ProductReview.APPROVED
    found = fresh(good)
    assert (found.rating, found.reviews_count) == (3.5, 2)


def test_a_variant_is_reviewed_as_its_product(ayse, shop):
    parent = commerce.product("Mama", structure=Product.PARENT)
    small = commerce.variant(parent, "1 kg")
    small.stockrecords.update(partner=shop.partner)
    bought(ayse, small)
    assert write(ayse, parent).product == parent


@pytest.mark.parametrize("who", ["stranger", "waiting", "unpaid", "staff", "owner"])
def test_who_did_not_buy_or_sells_is_refused(who, ayse, cem, bora, shop, good):
    person = {"staff": cem, "owner": bora}.get(who, ayse)
    if who == "waiting":
        after.bought(ayse, (good, 1))
    if who == "unpaid":
        commerce.placed(ayse, (good, 1))
    if who in ("staff", "owner"):
        bought(person, good)
    if who == "staff":
        teams.member(shop, cem, rights.RECEPTION)
    with pytest.raises(MayNotReview):
        write(person, good)


def test_who_cancelled_writes_about_the_order_without_stars(ayse, good):
    parcel = after.bought(ayse, (good, 1)).parcels.get()
    cancelling.cancel(parcel=parcel, key="x", by=ayse, now=timezone.now())
    row = write(ayse, good, score=1, body="Üç gün haber vermediler, ben de vazgeçtim.")
    assert (row.is_limited, row.score) == (True, 0)
    assert (fresh(good).rating, fresh(good).reviews_count) == (None, 0)


def test_who_sent_it_back_had_it(ayse, good):
    parcel = bought(ayse, good)
    from commerce.services import returning

    returning.accept(row=after.arrived(after.announced(parcel)), by=None, now=timezone.now())
    assert not write(ayse, good).is_limited


def test_one_review_for_each_person_and_product(ayse, good):
    bought(ayse, good)
    write(ayse, good)
    with pytest.raises(AlreadyReviewed):
        write(ayse, good)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Berbat, kedim ağzına sürmedi. Bir yıldız bile fazla.", ""),
        ("Kokusu kötü, paketi yırtıktı, param boşa gitti!", ""),
        ("Kedim 3 kilo, günde 60 gram yiyor; 15.12.2026'da açtım.", ""),
        ("Bana yaz: 0532 111 22 33", "personal"),
        ("ayse@ornek.com adresinden ulaş", "personal"),
        ("Daha ucuzu www.baska-magaza.com adresinde", "advert"),
        ("Bu mama kanserini yener, kanseri bitirdi", "medicine"),
        ("Ishalini tedavi etti", "medicine"),
        ("İLAÇ gibi geldi, şifalı", "medicine"),
        ("Satıcı tam bir dolandırıcı", "insult"),
        ("Salak bunlar", "insult"),
    ],
)
def test_what_a_machine_stops(words, reason):
    assert review_rules.suspicion("Yorum", words) == reason


def test_a_suspicious_review_waits_and_is_shown_or_refused_by_name(ayse, deniz, good, admin):
    bought(ayse, good)
    row = write(ayse, good, body="Böbrek taşını tedavi etti.")
    assert (row.status, row.found, fresh(good).reviews_count) == (ProductReview.FOR_MODERATION, "medicine", 0)
    reviews.check(review=row, refusal="medicine", by=admin, now=timezone.now())
    journal.sweep()
    told = Notice.objects.get(recipient=ayse, kind="commerce.review_refused")
    assert "iyileştirdiğini" in told.data["why"]["tr"] or told.data["why"]["tr"]
    row = reviews.change(review=row, score=5, title="Beğendi", body="Severek yiyor.", now=timezone.now())
    assert row.status == ProductReview.FOR_MODERATION  # refused before, so a person looks again
    reviews.check(review=row, refusal="", by=admin, now=timezone.now())
    assert (fresh(good).rating, fresh(good).reviews_count) == (5.0, 1)


def test_who_sells_it_does_not_check_it(ayse, bora, good):
    bought(ayse, good)
    row = write(ayse, good)
    with pytest.raises(OwnBusiness):
        reviews.check(review=row, refusal="off_topic", by=bora, now=timezone.now())


def test_changing_and_removing_counts_the_stars_anew(ayse, good):
    bought(ayse, good)
    row = write(ayse, good, 5)
    reviews.change(
        review=row, score=1, title="Bozuldu", body="İkinci hafta kokmaya başladı.", now=timezone.now()
    )
    assert (fresh(good).rating, fresh(good).reviews_count) == (1.0, 1)
    reviews.remove(review=row, by=ayse)
    assert (fresh(good).rating, fresh(good).reviews_count) == (None, 0)


def test_saving_a_review_leaves_other_figures_of_the_product_alone(ayse, good):
    """Oscar saves the whole product with its rating, with what it read a while ago."""
    bought(ayse, good)
    row = write(ayse, good)
    row = ProductReview.objects.select_related("product").get(pk=row.pk)
    Product.objects.filter(pk=good.pk).update(title="Yeni ad")
    row.save()
    assert fresh(good).title == "Yeni ad"


def test_report_is_decided_with_the_review(ayse, deniz, good, admin):
    bought(ayse, good)
    row = write(ayse, good)
    facts = {"reason": "insult", "words": "", "now": timezone.now()}
    with pytest.raises(NotYourReview):
        reviews.report(review=row, by=ayse, **facts)
    one = reviews.report(review=row, by=deniz, **facts)
    assert reviews.report(review=row, by=deniz, **facts) == one
    assert ProductReview.objects.get().status == ProductReview.APPROVED  # reported is not taken down
    reviews.check(review=row, refusal="insult", by=admin, now=timezone.now())
    one.refresh_from_db()
    assert (one.outcome, fresh(good).reviews_count) == ("taken_down", 0)


def test_seller_answers_and_takes_it_back(ayse, bora, good):
    bought(ayse, good)
    row = reviews.answer(review=write(ayse, good), text="Teşekkürler.", by=bora, now=timezone.now())
    assert (row.answer, row.answered_by) == ("Teşekkürler.", bora)
    journal.sweep()
    assert Notice.objects.filter(recipient=ayse, kind="commerce.review_answered").count() == 1
    row = reviews.answer(review=row, text="", by=bora, now=timezone.now())
    assert (row.answer, row.answered_at) == ("", None)


def test_buyers_are_asked_once_some_days_after_the_delivery(ayse, good):
    now = timezone.now()
    parcel = bought(ayse, good)
    assert reviews.ask_due(now=now + timedelta(days=4)) == 0
    assert reviews.ask_due(now=now + timedelta(days=6)) == 1
    assert reviews.ask_due(now=now + timedelta(days=6)) == 0
    assert ReviewAsk.objects.get().parcel == parcel
    journal.sweep()
    journal.sweep()
    assert Notice.objects.filter(recipient=ayse, kind="commerce.review_asked").count() == 1


def test_nobody_is_asked_about_what_she_cancelled_or_long_ago(ayse, good):
    now = timezone.now()
    parcel = after.bought(ayse, (good, 1)).parcels.get()
    cancelling.cancel(parcel=parcel, key="x", by=ayse, now=now)
    bought(ayse, good)
    assert reviews.ask_due(now=now + timedelta(days=60)) == 0


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"score": 0}, "stars_are_for_goods_that_arrived"),
        ({"score": 6}, "stars_are_for_goods_that_arrived"),
        ({"is_limited": True}, "stars_are_for_goods_that_arrived"),
        ({"status": 2}, "review_is_refused_for_a_named_reason"),
        ({"refusal": "insult"}, "review_is_refused_for_a_named_reason"),
        ({"published_at": None}, "shown_review_says_since_when"),
        ({"answer": "x"}, "answer_of_the_seller_has_a_time"),
    ],
)
def test_the_database_refuses_wrong_reviews(ayse, good, change, name):
    bought(ayse, good)
    write(ayse, good)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ProductReview.objects.update(**change)


def test_a_report_has_one_reader(ayse, deniz, good):
    bought(ayse, good)
    row = write(ayse, good)
    ReviewReport.objects.create(review=row, by=deniz, reason="insult", at=timezone.now())
    with pytest.raises(IntegrityError, match="reader_reports_a_review_once"), transaction.atomic():
        ReviewReport.objects.create(review=row, by=deniz, reason="advert", at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_two_reviews_at_once_are_both_counted(ayse, deniz, good):
    for user in (ayse, deniz):
        bought(user, good)
    outcomes = race(lambda: write(ayse, good, 5), lambda: write(deniz, good, 2))
    assert all(isinstance(one, ProductReview) for one in outcomes), outcomes
    assert (fresh(good).rating, fresh(good).reviews_count) == (3.5, 2)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_one_of_two_is_counted_out(ayse, deniz, good, monkeypatch):
    """The guard switched off: both count before either has committed."""
    from django.db.models import Avg, Count

    for user in (ayse, deniz):
        bought(user, good)
    both = threading.Barrier(2)

    def unlocked(self):
        rows = self.reviews.filter(status=1, is_limited=False).order_by()
        found = rows.aggregate(rating=Avg("score"), reviews_count=Count("pk"))
        both.wait(timeout=10)
        Product.objects.filter(pk=self.pk).update(**found)

    monkeypatch.setattr(Product, "update_rating", unlocked)
    race(lambda: write(ayse, good, 5), lambda: write(deniz, good, 2))
    assert fresh(good).reviews_count == 1
    connection.close()
