"""Open clinics near an emergency: district first, then province; only listed and open ones."""

from datetime import timedelta

import pytest
from django.utils import timezone

from support import nearest
from teams.models import Location
from tests.factories import support, teams

pytestmark = pytest.mark.django_db


def clinic(owner, name, district="Beşiktaş", province="34", is_open=True, **more):
    made = teams.verified(owner, name, **more)
    place = made.locations.get()
    Location.objects.filter(pk=place.pk).update(province=province, district=district, phone="+902121234567")
    for day in range(7) if is_open else []:
        place.weekly_hours.create(weekday=day, starts=0, ends=24 * 60)
    return made


@pytest.fixture
def clinics(bora, cem, deniz, ayse, person):
    clinic(bora, "Uzak Klinik", district="Kadıköy")
    clinic(cem, "Yakın Klinik")
    clinic(deniz, "Kapalı Klinik", is_open=False)
    clinic(ayse, "Başka İl", province="06")
    clinic(person("Nil", "Su"), "Kuaför", kind="groomer")


def names(**place):
    return [one.name for one in nearest.open_clinics(now=timezone.now(), **place)]


def test_the_same_district_comes_first_and_only_open_ones_of_the_province(clinics):
    assert names(province="34", district="beşiktaş ") == ["Yakın Klinik", "Uzak Klinik"]
    assert names(province="34", district="") == ["Uzak Klinik", "Yakın Klinik"]
    assert names(province="35", district="Bornova") == []
    assert names(province="", district="") == []


def test_the_receipt_of_an_emergency_shows_them_with_a_number_to_call(client, clinics):
    facts = {"queue": "emergency", "subject": "Titriyor", "words": "Çikolata yedi", "email": "nil@ornek.test"}
    url = client.post("/destek/", facts | {"province": "34", "district": "Beşiktaş"}).url
    body = client.get(url).content.decode()
    assert body.index("Yakın Klinik") < body.index("Uzak Klinik")
    assert 'href="tel:+902121234567"' in body


def test_where_somebody_is_is_kept_in_emergencies_only(client):
    facts = {"queue": "general", "subject": "Soru", "words": "Merhaba", "email": "nil@ornek.test"}
    client.post("/destek/", facts | {"province": "34", "district": "Beşiktaş"})
    from support.models import Ticket

    assert (Ticket.objects.get().province, Ticket.objects.get().district) == ("", "")


def test_many_branches_cost_the_same(clinics, django_assert_num_queries):
    now = timezone.now() + timedelta(minutes=1)
    with django_assert_num_queries(4):
        nearest.open_clinics(province="34", district="Kadıköy", now=now)


def test_erasing_an_account_takes_words_and_files_and_leaves_the_times(ayse, derya):
    from core import personal_data
    from support.models import Attachment, Message
    from support.services import talking
    from tests.factories.teams import picture

    now = timezone.now()
    ticket = support.ticket(ayse, words="Kanarya", subject="Kanarya", files=[picture()], now=now)
    guest = support.ticket(guest_email=ayse.email, guest_name="Kanarya", words="Kanarya")
    talking.answer(ticket=ticket, words="Kanarya", by=derya, then="solved", now=now)
    told = [row for part in personal_data.collect(ayse) for row in part["rows"]]
    assert any("Kanarya" in str(row) for row in told), "her copy holds it"

    personal_data.erase(ayse)
    ticket.refresh_from_db()
    guest.refresh_from_db()
    assert (ticket.subject, ticket.haystack, guest.guest_email, guest.guest_name) == ("—", "", "", "")
    assert ticket.first_human_reply_at == now
    assert not Attachment.objects.exists()
    assert not Message.objects.filter(text__contains="Kanarya").exists()
