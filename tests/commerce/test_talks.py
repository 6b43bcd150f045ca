"""Buyer and seller write to each other; what would lead them past us stays out."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from commerce import events
from commerce.leaks import refuse_ways_out
from commerce.models import Talk, TalkMessage, TalkPhoto
from commerce.models.talks import Side
from commerce.parcel_errors import AlreadyReported, NothingToTalkAbout
from commerce.services import talking
from core import journal, personal_data
from core.models import Line
from notifications.models import Notice
from support.models import Ticket
from tests.factories import commerce, sales, teams

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(bora):
    sales.rate()
    return commerce.shop(bora)


@pytest.fixture
def food(shop):
    return commerce.product(by=shop.partner, stock=50)


@pytest.fixture
def parcel(ayse, food):
    return commerce.paid(commerce.placed(ayse, (food, 1))).parcels.get()


@pytest.fixture
def hers(parcel):
    return f"/panel/siparisler/{parcel.order.number}/koli/1/mesajlar/"


@pytest.fixture
def shops(shop, parcel):
    return f"/isletme/{shop.slug}/magaza/siparisler/{parcel.public_id}/mesajlar/"


def say(parcel, text="Kutu ne zaman çıkar?", side=Side.BUYER, by=None):
    return talking.write(parcel=parcel, side=side, text=text, by=by, now=timezone.now())


def sweep():
    while journal.sweep():
        pass


def test_each_side_sees_what_is_unread(client, ayse, bora, parcel, hers, shops):
    client.force_login(ayse)
    assert client.post(hers, {"text": "Kutu ne zaman çıkar?"}).status_code == 302
    client.force_login(bora)
    assert "1 okunmamış" in client.get(shops.replace(f"{parcel.public_id}/", "")).content.decode()
    assert "Kutu ne zaman çıkar?" in client.get(shops).content.decode()
    assert Talk.objects.get().unread_by_seller == 0
    client.post(shops, {"text": "Bugün çıkıyor."})
    assert Talk.objects.get().unread_by_buyer == 1
    client.force_login(ayse)
    assert "Bugün çıkıyor." in client.get(hers).content.decode()
    assert Talk.objects.get().unread_by_buyer == 0


def test_a_stranger_reads_and_writes_nothing(client, deniz, cem, parcel, hers, shops):
    say(parcel)
    other = commerce.shop(cem, "Çınar Mama")
    for user in (deniz, cem):
        client.force_login(user)
        for path in (hers, shops, f"/isletme/{other.slug}/magaza/siparisler/{parcel.public_id}/mesajlar/"):
            assert client.get(path).status_code == 404
            assert client.post(path, {"text": "x"}).status_code == 404
    assert TalkMessage.objects.count() == 1


def test_the_notice_holds_no_word_of_it(ayse, bora, parcel):
    say(parcel, "Kapı kodu 4512", by=ayse)
    say(parcel, "Bir de zil bozuk", by=ayse)
    sweep()
    notice = Notice.objects.get(recipient=bora, kind="commerce.parcel_message")
    assert "4512" not in str(notice.data)
    assert not any("4512" in one.body for one in mail.outbox)


@pytest.mark.parametrize(
    "text",
    [
        "Beni 0532 123 45 67 ara",
        "numaram +90 (532) 123-45-67",
        "5321234567",
        "dükkan 0212 555 44 33",
        "ali.veli@gmail.com yaz",
        "ali (at) gmail.com",
        "TR33 0006 1005 1978 6457 8413 26 gönder",
    ],
)
def test_ways_past_us_are_refused_with_a_reason(text):
    with pytest.raises(ValidationError) as refused:
        refuse_ways_out(text)
    assert len(refused.value.messages) == 2


@pytest.mark.parametrize(
    "text",
    ["2 kg mama 120,00 TL", "Sipariş S-88131, takip 903118472610", "Saat 16:00’da evdeyim", "12.05.2026"],
)
def test_plain_words_pass(text):
    refuse_ways_out(text)


def test_a_refused_message_comes_back_as_typed(client, ayse, hers):
    client.force_login(ayse)
    answer = client.post(hers, {"text": "Ara: 0532 123 45 67"})
    assert answer.status_code == 422
    assert "0532 123 45 67" in answer.content.decode()
    assert not TalkMessage.objects.exists()


def test_many_messages_are_slowed_down(client, ayse, hers, monkeypatch):
    monkeypatch.setattr("commerce.talk_views.MOST", 2)
    client.force_login(ayse)
    assert [client.post(hers, {"text": str(n)}).status_code for n in range(3)] == [302, 302, 422]


def test_a_photo_is_drawn_anew_and_opens_for_both_sides_only(client, ayse, bora, deniz, parcel, hers, shops):
    client.force_login(ayse)
    file = SimpleUploadedFile("ev.jpg", teams.picture().content, "image/jpeg")
    client.post(hers, {"text": "Ezik geldi", "photo": file})
    pk = TalkPhoto.objects.get().pk
    for user, path, status in (
        (ayse, hers, 200),
        (bora, shops, 200),
        (deniz, hers, 404),
        (ayse, shops, 404),
    ):
        client.force_login(user)
        answer = client.get(f"{path}foto/{pk}/")
        assert answer.status_code == status
        if status == 200:
            assert answer["Content-Disposition"].startswith("attachment")
            b"".join(answer)
    client.force_login(ayse)
    bad = client.post(hers, {"text": "x", "photo": SimpleUploadedFile("a.jpg", b"<svg>", "image/jpeg")})
    assert bad.status_code == 422


def test_a_photo_of_another_parcel_is_not_there(client, ayse, food, parcel, hers):
    message = say(parcel, by=ayse)
    photo = talking.write(
        parcel=parcel, side=Side.BUYER, text="x", by=ayse, now=timezone.now(), photo=teams.picture().content
    ).photo
    other = commerce.paid(commerce.placed(ayse, (food, 1))).parcels.get()
    say(other, by=ayse)
    client.force_login(ayse)
    assert (
        client.get(f"/panel/siparisler/{other.order.number}/koli/1/mesajlar/foto/{photo.pk}/").status_code
        == 404
    )
    assert message.pk


def test_nobody_talks_before_it_is_paid(ayse, food):
    unpaid = commerce.placed(ayse, (food, 1)).parcels.get()
    with pytest.raises(NothingToTalkAbout):
        say(unpaid, by=ayse)


def test_support_reads_only_what_was_reported_and_that_is_written_down(
    client, admin, ayse, deniz, parcel, hers
):
    say(parcel, by=ayse)
    client.force_login(admin)
    assert client.get("/yonetim/parcel-talks/YOK/").status_code == 404
    client.force_login(ayse)
    client.post(hers, {"report": "1", "words": "Satıcı hakaret etti"})
    ticket = Ticket.objects.get()
    assert Talk.objects.get().ticket == ticket
    page = f"/yonetim/parcel-talks/{ticket.reference}/"
    assert client.get(page).status_code in (302, 403)
    client.force_login(admin)
    assert "Kutu ne zaman" in client.get(page).content.decode()
    line = Line.objects.get(name=events.TALK_READ)
    assert (line.actor, line.data) == (admin, {"ticket": ticket.reference})
    with pytest.raises(AlreadyReported):
        talking.report(parcel=parcel, side=Side.BUYER, words="x", by=ayse, locale="tr", now=timezone.now())


def test_the_desk_finds_the_way_from_the_ticket(ayse, parcel):
    from support import acts

    say(parcel, by=ayse)
    ticket = talking.report(
        parcel=parcel, side=Side.BUYER, words="x", by=ayse, locale="tr", now=timezone.now()
    )
    act = acts.get("read_talk")
    assert act.is_offered(ticket)
    assert ticket.reference in act.facts(ticket)[0][1]


def test_her_words_are_hers(ayse, parcel):
    say(parcel, "Kapı kodu 4512", by=ayse)
    assert "4512" in str(personal_data.collect(ayse))


@pytest.mark.parametrize("many", [1, 20])
def test_query_count_does_not_grow(client, ayse, bora, food, parcel, shops, django_assert_num_queries, many):
    for number in range(many):
        say(commerce.paid(commerce.placed(ayse, (food, 1))).parcels.get(), str(number), by=ayse)
        say(parcel, str(number), by=ayse)
    client.force_login(bora)
    client.get(shops)
    for path, number in ((shops.replace(f"{parcel.public_id}/", ""), LIST), (shops, ONE)):
        with django_assert_num_queries(number):
            client.get(path)


LIST, ONE = 12, 16
