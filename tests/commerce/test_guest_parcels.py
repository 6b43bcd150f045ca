"""Whoever bought without an account does with a parcel what members can, by the link of the order."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from commerce import events, order_links
from commerce.models import TalkMessage, TalkPhoto
from commerce.models.talks import Side
from commerce.order.parcels import SellerOrder
from commerce.services import parcels, talking
from commerce.states import PARCELS, ParcelStatus, Word
from core import journal
from notifications.models import Notice
from support.models import Ticket
from tests.factories import commerce, sales, teams

pytestmark = pytest.mark.django_db
NUMBER = "903118472610"


@pytest.fixture
def food(bora):
    sales.rate()
    return commerce.product(by=commerce.shop(bora).partner, stock=50)


@pytest.fixture
def parcel(food):
    order = commerce.placed(None, (food, 1), guest_email="misafir@ornek.test")
    SellerOrder.objects.update(status=ParcelStatus.NEW, paid_at=timezone.now())
    return order.parcels.get()


@pytest.fixture
def guest(parcel):
    """Her browser, after the link of her mail."""
    client = Client(headers={"origin": "http://testserver"})
    assert client.get(order_links.path(parcel.order)).status_code == 302
    return client


def page(parcel, part):
    return f"/siparis/{parcel.order.number}/koli/1/{part}/"


def send(parcel):
    parcels.accept(parcel=parcel, by=None, now=timezone.now())
    parcels.prepare(parcel=parcel, by=None, now=timezone.now())
    parcels.ship(parcel=parcel, carrier="yurtici", tracking=NUMBER, by=None, now=timezone.now())


def sweep():
    while journal.sweep():
        pass


PARTS = ["aldim", "beklemiyorum", "mesajlar", "mesajlar/foto/1"]


@pytest.mark.parametrize("part", PARTS)
def test_without_the_link_nothing_is_there(client, deniz, ayse, food, parcel, part):
    send(parcel)
    members = commerce.paid(commerce.placed(ayse, (food, 1))).parcels.get()
    for who in (Client(), client):
        for path in (page(parcel, part), f"{page(parcel, part)}?anahtar=x"):
            assert who.get(path).status_code == who.post(path, {"text": "x"}).status_code == 404
        client.force_login(deniz)
    assert client.post(page(members, part), {"text": "x"}).status_code == 404
    parcel.refresh_from_db()
    assert parcel.status == ParcelStatus.SHIPPED
    assert not TalkMessage.objects.exists()


def test_before_it_is_paid_and_of_another_place_nothing_is_there(guest, parcel):
    assert guest.get(page(parcel, "mesajlar").replace("koli/1", "koli/2")).status_code == 404
    SellerOrder.objects.update(status=ParcelStatus.UNPAID)
    assert guest.get(page(parcel, "mesajlar")).status_code == 404


def test_she_says_that_she_has_it(guest, parcel):
    send(parcel)
    order = guest.get(f"/siparis/{parcel.order.number}/").content.decode()
    assert page(parcel, "aldim") in order
    assert page(parcel, "mesajlar") in order
    answer = guest.post(page(parcel, "aldim"), follow=True)
    parcel.refresh_from_db()
    assert (parcel.status, parcel.delivered_by) == (ParcelStatus.DELIVERED, Word.BUYER)
    assert "14 gün" in answer.content.decode()


def test_she_does_not_wait_any_longer(guest, parcel):
    assert "gecikmedi" in guest.post(page(parcel, "beklemiyorum"), follow=True).content.decode()
    SellerOrder.objects.update(ship_by=timezone.now() - timedelta(days=1))
    assert page(parcel, "beklemiyorum") in guest.get(f"/siparis/{parcel.order.number}/").content.decode()
    guest.post(page(parcel, "beklemiyorum"))
    parcel.refresh_from_db()
    assert (parcel.status, parcel.cancel_reason) == (ParcelStatus.CANCELLED, "late")


def test_she_writes_and_reads_the_answer(guest, bora, parcel):
    assert guest.post(page(parcel, "mesajlar"), {"text": ""}).status_code == 422
    file = SimpleUploadedFile("ev.jpg", teams.picture().content, "image/jpeg")
    assert guest.post(page(parcel, "mesajlar"), {"text": "Ne zaman çıkar?", "photo": file}).status_code == 302
    said = TalkMessage.objects.get()
    assert (said.side, said.author) == (Side.BUYER, None)
    photo = guest.get(f"{page(parcel, 'mesajlar')}foto/{TalkPhoto.objects.get().pk}/")
    assert b"".join(photo).startswith(b"\xff\xd8")
    sweep()
    assert Notice.objects.filter(recipient=bora, kind="commerce.parcel_message").count() == 1
    mail.outbox.clear()

    talking.write(parcel=parcel, side=Side.SELLER, text="Kapı kodu 4512", by=bora, now=timezone.now())
    sweep()
    letter = next(one for one in mail.outbox if one.to == ["misafir@ornek.test"])
    link = next(word for word in letter.body.split() if "/koli/1/mesajlar/?anahtar=" in word)
    assert "4512" not in letter.body
    shown = Client().get(link[link.index("/siparis/") :], follow=True)
    assert "Kapı kodu 4512" in shown.content.decode()
    assert "Sen" in shown.content.decode()


def test_she_reports_a_talk_to_support(guest, bora, parcel):
    talking.write(parcel=parcel, side=Side.SELLER, text="Hakaret", by=bora, now=timezone.now())
    guest.post(page(parcel, "mesajlar"), {"report": "1", "words": "Satıcı hakaret etti"})
    ticket = Ticket.objects.get()
    assert (ticket.requester, ticket.guest_email) == (None, "misafir@ornek.test")


def test_who_is_signed_in_as_somebody_else_writes_as_the_guest(guest, deniz, parcel):
    """The link was opened in the browser of another person: no name of hers stands at it."""
    guest.force_login(deniz)
    guest.get(order_links.path(parcel.order))
    guest.post(page(parcel, "mesajlar"), {"text": "Merhaba"})
    assert TalkMessage.objects.get().author is None


def test_a_new_order_is_told_to_those_who_run_orders(bora, cem, parcel):
    """Reception accepts and sends, and does not say how the store delivers."""
    teams.member(parcel.business, cem, "reception")
    PARCELS.move(parcel, ParcelStatus.ACCEPTED, event=events.PARCEL_PAID)
    sweep()
    assert set(Notice.objects.filter(kind="commerce.new_order").values_list("recipient", flat=True)) == {
        bora.pk,
        cem.pk,
    }
