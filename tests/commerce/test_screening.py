"""Goods that may not be sold here are held, wherever they are saved; a person releases or refuses them."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from oscar.core.loading import get_model

from commerce import screening
from commerce.models import Hold, ProductText
from commerce.states import HoldStatus, Review
from core.models import Line
from core.states import MoveRefused
from tests.factories import commerce

pytestmark = pytest.mark.django_db

Product = get_model("catalogue", "Product")
NOW = timezone.now()


@pytest.fixture
def held():
    return commerce.product("İvermektin damla")


def test_a_held_product_is_not_public(held):
    held.refresh_from_db()
    hold = Hold.objects.get()
    assert (held.review, held.is_public) == (Review.HELD, False)
    assert (hold.words, hold.matter, hold.status) == (["ivermektin"], "medicine", HoldStatus.OPEN)
    assert Line.objects.filter(name="commerce.product_held").exists()
    held.is_public = True
    held.save()
    held.refresh_from_db()
    assert not held.is_public
    assert Hold.objects.count() == 1


def test_the_database_refuses_a_public_held_product(held):
    with pytest.raises(IntegrityError, match="held_product_is_not_public"), transaction.atomic():
        Product.objects.filter(pk=held.pk).update(is_public=True)


def test_a_change_of_words_holds_what_was_public():
    product = commerce.product("Mama")
    product.description = "Antibiyotikli"
    product.save()
    product.refresh_from_db()
    assert not product.is_public


def test_words_in_another_language_count():
    product = commerce.product("Mama")
    ProductText.objects.create(product=product, language="en", title="Amoxicillin drops")
    screening.settle(product, now=NOW)
    product.refresh_from_db()
    assert product.review == Review.HELD


def test_released_it_is_held_again_only_for_other_words(held, admin):
    screening.release(hold=Hold.objects.get(), by=admin, now=NOW)
    held.refresh_from_db()
    held.is_public = True
    held.save()
    held.refresh_from_db()
    assert (held.review, held.is_public) == (Review.RELEASED, True)
    held.description = "Amoksisilin"
    held.save()
    held.refresh_from_db()
    assert (held.review, held.is_public) == (Review.HELD, False)


def test_refused_with_a_reason(held, admin):
    hold = Hold.objects.get()
    with pytest.raises(screening.NeedsReason):
        screening.refuse(hold=hold, by=admin, now=NOW, note=" ")
    screening.refuse(hold=hold, by=admin, now=NOW, note="İlaç satılamaz.")
    held.refresh_from_db()
    assert held.review == Review.REFUSED
    with pytest.raises(MoveRefused):
        screening.release(hold=hold, by=admin, now=NOW)


def test_other_words_end_the_hold(held):
    held.title = "Kulak temizleme mendili"
    held.save()
    held.refresh_from_db()
    assert held.review == Review.NONE
    assert Hold.objects.get().status == HoldStatus.LEFT


def test_the_queue_of_the_back_office(client, held, admin, ayse):
    client.force_login(admin)
    hold = Hold.objects.get()
    assert "ivermektin" in client.get("/yonetim/held-products/").content.decode()
    assert "held-products" in client.get("/yonetim/").content.decode()
    address = f"/yonetim/held-products/{hold.pk}/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"refuse": "1", "note": ""}).status_code == 422
    assert client.post(address, {"release": "1"}).status_code == 302
    hold.refresh_from_db()
    assert (hold.status, hold.decided_by) == (HoldStatus.RELEASED, admin)
    client.force_login(ayse)
    assert client.post(address, {"release": "1"}).status_code == 302  # to the door of the back office
    assert Line.objects.filter(name="commerce.hold_released").count() == 1


def test_the_search_says_where_to_ask(client):
    assert "kind=clinic" in client.get("/magaza/?q=antibiyotik").content.decode()
    assert "kind=clinic" not in client.get("/magaza/?q=mama").content.decode()
