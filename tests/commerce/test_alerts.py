"""Told when it is back: one mail, in the order of asking, not more than there are pieces."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from oscar.core.loading import get_model

from commerce.after_errors import IsThere
from commerce.services import alerts
from core import journal
from core.models import Mail
from tests.factories import commerce

from .test_cancelling import race

pytestmark = pytest.mark.django_db

Product = get_model("catalogue", "Product")
ProductAlert = get_model("customer", "ProductAlert")
StockRecord = get_model("partner", "StockRecord")


@pytest.fixture
def good():
    return commerce.product(stock=0)


def restock(good, number):
    StockRecord.objects.filter(product=good).update(num_in_stock=number)


def ask(good, **who):
    return alerts.ask(product=good, now=timezone.now(), **who)


def test_members_wait_at_once_and_are_told_once(ayse, good):
    alert = ask(good, user=ayse)
    assert ask(good, user=ayse) == alert
    assert alerts.tell_due(now=timezone.now()) == 0
    restock(good, 3)
    assert alerts.tell_due(now=timezone.now()) == 1
    assert alerts.tell_due(now=timezone.now()) == 0
    journal.sweep()
    mail = Mail.objects.get(template="commerce/alert_in_stock")
    assert mail.to == ayse.email
    assert f"/magaza/stok-haberi/birak/{alert.key}/" in mail.text
    journal.sweep()
    assert Mail.objects.filter(template="commerce/alert_in_stock").count() == 1


def test_guests_confirm_first(good):
    alert = ask(good, email="konuk@ornek.test")
    journal.sweep()
    assert Mail.objects.get(template="commerce/alert_confirm").to == "konuk@ornek.test"
    restock(good, 3)
    assert alerts.tell_due(now=timezone.now()) == 0
    assert alerts.confirm(alert=alert, now=timezone.now())
    assert alerts.tell_due(now=timezone.now()) == 1


def test_an_old_link_confirms_nothing_and_the_address_is_forgotten(good):
    alert = ask(good, email="konuk@ornek.test")
    late = timezone.now() + timedelta(days=3)
    assert not alerts.confirm(alert=alert, now=late)
    assert alerts.forget_unconfirmed(now=late) == 0
    assert alerts.forget_unconfirmed(now=late + timedelta(days=2)) == 1


def test_what_is_there_needs_no_alert(ayse):
    with pytest.raises(IsThere):
        ask(commerce.product(stock=1), user=ayse)


def test_stopped_is_not_told(ayse, good):
    alerts.stop(alert=ask(good, user=ayse))
    restock(good, 3)
    assert alerts.tell_due(now=timezone.now()) == 0


def waiting(person, good, number):
    people = [person("Kişi", str(one), email=f"kisi{one}@ornek.test") for one in range(number)]
    made = [ask(good, user=one) for one in people]
    for place, alert in enumerate(made):
        at = timezone.now() - timedelta(hours=number - place)
        ProductAlert.objects.filter(pk=alert.pk).update(date_created=at)
    return made


def test_few_pieces_go_to_the_first_in_the_queue(person, good):
    made, now = waiting(person, good, 5), timezone.now()
    restock(good, 2)
    assert alerts.tell_due(now=now) == 2
    told = set(ProductAlert.objects.filter(status="Closed").values_list("pk", flat=True))
    assert told == {made[0].pk, made[1].pk}
    assert alerts.tell_due(now=now + timedelta(hours=23)) == 0  # they may still come
    assert alerts.tell_due(now=now + timedelta(hours=25)) == 2  # the next two
    restock(good, 0)
    assert alerts.tell_due(now=now + timedelta(hours=60)) == 0


def test_pieces_put_aside_for_orders_are_not_promised(person, good):
    waiting(person, good, 3)
    StockRecord.objects.filter(product=good).update(num_in_stock=3, num_allocated=2)
    assert alerts.tell_due(now=timezone.now()) == 1


def test_a_seller_who_pauses_brings_nothing_back(ayse, good):
    ask(good, user=ayse)
    restock(good, 3)
    good.stockrecords.get().partner.__class__.objects.update(is_selling=False)
    assert alerts.tell_due(now=timezone.now()) == 0


def test_a_variant_that_is_back_brings_its_product_back(ayse):
    parent = commerce.product("Mama", structure=Product.PARENT)
    small = commerce.variant(parent, "1 kg", stock=0)
    ask(parent, user=ayse)
    restock(small, 1)
    assert alerts.tell_due(now=timezone.now()) == 1


@pytest.mark.parametrize(("who", "name"), [("user", "person_waits"), ("email", "address_waits")])
def test_the_database_keeps_one_place_in_the_queue(ayse, good, who, name):
    facts = {"user": ayse} if who == "user" else {"email": "konuk@ornek.test"}
    ask(good, **facts)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ProductAlert(product=good, **facts).save()


def test_the_database_wants_a_reader(good):
    with pytest.raises(IntegrityError, match="alert_has_a_reader"), transaction.atomic():
        ProductAlert(product=good).save()


@pytest.mark.django_db(transaction=True)
def test_two_sweepers_tell_no_more_than_there_are_pieces(person, good):
    waiting(person, good, 6)
    restock(good, 2)
    now = timezone.now()
    outcomes = race(lambda: alerts.tell_due(now=now), lambda: alerts.tell_due(now=now))
    assert sum(outcomes) == 2, outcomes


@pytest.mark.django_db(transaction=True)
def test_asked_twice_at_once_is_one_place(ayse, good):
    race(*[lambda: ask(good, user=ayse) for _ in range(2)])
    assert ProductAlert.objects.count() == 1
