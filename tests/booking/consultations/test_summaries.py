"""From a draft to the file of the animal; nothing that was sent is ever changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from booking.consultations import notices, services
from booking.consultations.errors import NotHeld, SummaryNotSent, SummarySent
from booking.consultations.forms import DOSE
from booking.consultations.models import Addendum, Summary
from booking.consultations.states import Side
from booking.models import Booking
from core import journal
from core.models import Mail
from core.states import MoveRefused
from notifications import services as notifications
from notifications.models import Notice
from pets.models import Note
from tests.core.rivals import behind
from tests.factories import consultations as consult

pytestmark = pytest.mark.django_db
TEXT = {
    "told": "Üç gündür sol kulağını kaşıyor.",
    "seen": "Kulak içinde kızarıklık, akıntı yok.",
    "advice": "Kulağa bir şey damlatma; 48 saat içinde muayeneye gel.",
    "go_if": "Başını yana eğer ya da dengesi bozulursa.",
}


@pytest.fixture
def held(live, ayse, bora):
    """Both were in the room."""
    consult.enter(live, Side.OWNER, ayse)
    consult.enter(live, Side.VET, bora)
    return live


@pytest.fixture
def sent(held, bora):
    return services.send(consultation=held, facts=TEXT, by=bora, now=timezone.now())


def desk(room) -> str:
    return reverse("business_consultation_summary", args=[room.booking.business.slug, room.booking.public_id])


def test_a_draft_is_kept_and_nobody_else_reads_it(client, held, ayse, bora):
    client.force_login(bora)
    client.post(desk(held), {"seen": "Kızarık", "act": "draft"})
    assert "Kızarık" in client.get(desk(held)).content.decode()
    assert not Note.objects.exists()
    client.force_login(ayse)
    mine = reverse("my_consultation_summary", args=[held.booking.public_id])
    assert client.get(mine).status_code == 404
    assert mine not in client.get(held.booking.url()).content.decode()


def test_sent_it_stands_in_the_file_and_the_owner_is_told(client, held, ayse, bora):
    client.force_login(bora)
    assert client.post(desk(held), {**TEXT, "act": "send"}).status_code == 302
    note = Note.objects.get()
    assert (note.pet, note.business, note.author) == (
        held.booking.items.get().pet,
        held.booking.business,
        bora,
    )
    assert all(text in note.text for text in TEXT.values())
    assert "reçete yok" in note.text
    journal.sweep(now=timezone.now() + timedelta(hours=1))
    notice = Notice.objects.get(recipient=ayse, kind=notices.SUMMARY)
    client.force_login(ayse)
    page = client.get(notice.url).content.decode()
    assert all(text in page for text in TEXT.values())
    notifications.hand_over(now=timezone.now() + timedelta(days=1))
    assert Mail.objects.filter(to=ayse.email).exists()


def test_an_animal_that_was_deleted_has_no_file(held, bora):
    held.booking.items.update(pet=None)
    services.send(consultation=held, facts=TEXT, by=bora, now=timezone.now())
    assert not Note.objects.exists()


def test_all_parts_are_needed_to_send(client, held, bora):
    client.force_login(bora)
    answer = client.post(desk(held), {"told": "Kaşıyor", "act": "send"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"seen", "advice", "go_if"}
    assert "Kaşıyor" in answer.content.decode()


@pytest.mark.parametrize("text", ["Günde 5 mg ver", "2,5 mg/kg", "10 IU", "1 ml/kg"])
def test_doses_are_refused(client, held, bora, text):
    client.force_login(bora)
    for name in ("advice", "go_if"):
        answer = client.post(desk(held), {**TEXT, name: text, "act": "send"})
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [name]


@pytest.mark.parametrize("text", ["200 ml su içsin", "4,2 kg", "48 saat", "Şeker 120 mg/dl", "3 magnezyum"])
def test_what_is_no_dose(text):
    assert not DOSE.search(text)


def test_nothing_is_sent_unless_both_were_in_the_room(live, ayse, bora):
    for _turn in range(2):
        with pytest.raises(NotHeld):
            services.send(consultation=live, facts=TEXT, by=bora, now=timezone.now())
        consult.enter(live, Side.OWNER, ayse)
    assert not Summary.objects.exists()


def test_nothing_is_written_for_a_booking_that_did_not_take_place(held, bora):
    Booking.objects.update(status="no_show")
    with pytest.raises(MoveRefused):
        services.save_draft(consultation=held, facts=TEXT, by=bora, now=timezone.now())


def test_what_was_sent_stays(sent, held, bora):
    for verb in (services.save_draft, services.send):
        with pytest.raises(SummarySent):
            verb(consultation=held, facts=TEXT, by=bora, now=timezone.now())


def test_the_database_refuses_to_change_what_was_sent(sent, bora):
    services.add(summary=sent, text="Kulak damlası yok.", by=bora, now=timezone.now())
    for rows, name in ((Summary.objects, "sent_summary_is_kept"), (Addendum.objects, "addendum_is_kept")):
        with pytest.raises(IntegrityError, match="cannot be changed"), transaction.atomic():
            rows.update(author=bora)
        with pytest.raises(Exception, match="cannot be changed"), transaction.atomic():
            rows.all()._raw_delete("default")
        assert name


def test_the_database_wants_it_complete(held, bora):
    row = services.save_draft(consultation=held, facts={}, by=bora, now=timezone.now())
    with pytest.raises(IntegrityError, match="sent_summary_is_complete"), transaction.atomic():
        Summary.objects.filter(pk=row.pk).update(sent_at=timezone.now())


def test_the_database_wants_an_addendum_to_say_something(sent, bora):
    with pytest.raises(IntegrityError, match="addendum_says_something"), transaction.atomic():
        Addendum.objects.create(summary=sent, author=bora, text="", at=timezone.now())


def test_something_is_added_below(client, sent, held, ayse, bora):
    client.force_login(bora)
    assert client.post(desk(held), {"text": ""}).status_code == 422
    assert client.post(desk(held), {"text": "Günde 5 mg"}).status_code == 422
    client.post(desk(held), {"text": "Pamuklu çubuk kullanma."})
    assert Note.objects.count() == 2
    journal.sweep(now=timezone.now() + timedelta(hours=1))
    assert Notice.objects.filter(recipient=ayse, kind=notices.ADDENDUM).count() == 1
    client.force_login(ayse)
    page = client.get(reverse("my_consultation_summary", args=[held.booking.public_id]))
    assert "Pamuklu çubuk kullanma." in page.content.decode()


def test_nothing_is_added_to_a_draft(held, bora):
    row = services.save_draft(consultation=held, facts=TEXT, by=bora, now=timezone.now())
    with pytest.raises(SummaryNotSent):
        services.add(summary=row, text="Ek", by=bora, now=timezone.now())


def test_marked_as_done_from_there(client, sent, held, bora):
    client.force_login(bora)
    step = reverse(
        "business_booking_step", args=[held.booking.business.slug, held.booking.public_id, "tamam"]
    )
    assert step in client.get(desk(held)).content.decode()
    client.post(step)
    held.booking.refresh_from_db()
    assert held.booking.status == "completed"


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_send_one(person):
    ayse, bora = person("Ayşe", "Yıldız"), person("Bora", "Aksoy")
    consult.notice()
    room = consult.live_room(consult.offering(bora), ayse)
    consult.enter(room, Side.OWNER, ayse), consult.enter(room, Side.VET, bora)
    facts = {"consultation": room, "facts": TEXT, "by": bora, "now": timezone.now()}
    services.save_draft(**facts)
    assert isinstance(behind(lambda: services.send(**facts), lambda: services.send(**facts)), SummarySent)
    assert Note.objects.count() == 1
