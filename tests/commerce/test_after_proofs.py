"""The proofs see what they are for."""

from datetime import timedelta

import pytest
from django.utils import timezone
from oscar.core.loading import get_model

from commerce import after_proofs
from commerce.models import ReturnRequest
from commerce.services import returning, reviews
from core.proofs import State
from tests.factories import after, commerce, sales

pytestmark = pytest.mark.django_db

Line = get_model("order", "Line")
Product = get_model("catalogue", "Product")


@pytest.fixture
def good(bora):
    sales.rate()
    return commerce.product(stock=20, by=commerce.shop(bora).partner)


@pytest.fixture
def parcel(ayse, good):
    return after.delivered(after.bought(ayse, (good, 3)).parcels.get())


def test_a_return_past_its_moment_is_seen(parcel):
    row = after.arrived(after.announced(parcel))
    assert after_proofs.returns_do_not_wait().state == State.OK
    ReturnRequest.objects.update(act_at=timezone.now() - timedelta(hours=1))
    assert row.code in after_proofs.returns_do_not_wait().detail
    ReturnRequest.objects.update(act_at=None)
    assert after_proofs.returns_do_not_wait().state == State.FAILED


def test_a_miscounted_line_is_seen(parcel):
    returning.accept(row=after.arrived(after.announced(parcel)), by=None, now=timezone.now())
    assert after_proofs.pieces_add_up().state == State.OK
    Line.objects.update(returned=1)
    assert after_proofs.pieces_add_up().state == State.FAILED


def test_miscounted_stars_are_seen(ayse, deniz, good, parcel):
    after.delivered(after.bought(deniz, (good, 1)).parcels.get())
    for user, score in ((ayse, 5), (deniz, 4)):
        reviews.write(user=user, product=good, score=score, title="x", body="y", now=timezone.now())
    assert after_proofs.stars_are_counted().state == State.OK
    for wrong in ({"rating": 4.9}, {"reviews_count": 3}, {"rating": None}):
        Product.objects.update(rating=4.5, reviews_count=2)
        Product.objects.update(**wrong)
        assert after_proofs.stars_are_counted().state == State.FAILED
