""" "Finans > Belgeler": what is shown, to whom, and that it stays as fast with many."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from finance import documents, queries
from finance.documents import mails
from finance.models import Bundle, Document
from tests.factories import teams
from tests.factories.finance import invoice, ready_bundle, sold

pytestmark = pytest.mark.django_db
MINE = "/panel/finans/belgeler/"
NOW = timezone.now


@pytest.fixture
def shop(bora):
    return teams.verified(bora, email="muhasebe@ornek.test")


@pytest.fixture
def theirs(shop):
    return f"/isletme/{shop.slug}/finans/belgeler/"


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def numbers(answer) -> list[str]:
    return [row.number for row in answer.context["page"].rows]


def at(day: str, hour: str = "12:00") -> datetime:
    return timezone.make_aware(datetime.fromisoformat(f"{day} {hour}"))


def days(first: str, last: str, **more: str) -> dict[str, str]:
    return {"donem": "aralik", "baslangic": first, "bitis": last, **more}


def test_a_person_sees_hers_and_a_business_what_it_issued(shop, theirs, ayse, bora, deniz):
    hers, other = invoice(shop, ayse), invoice(shop, deniz)
    assert numbers(signed_in(ayse).get(MINE)) == [hers.number]
    assert numbers(signed_in(bora).get(theirs)) == [other.number, hers.number]
    assert numbers(signed_in(bora).get(MINE)) == []


def test_strangers_find_nothing(shop, theirs, ayse, deniz):
    made = invoice(shop, ayse)
    bundle = ready_bundle(ayse)
    stranger = signed_in(deniz)
    for address in (theirs, f"{MINE}{made.public_id}.pdf", f"{theirs}{made.public_id}.pdf",
                    f"{MINE}dosya/{bundle.public_id}/"):  # fmt: skip
        assert stranger.get(address).status_code == 404


def test_a_colleague_fetches_only_what_she_asked_for_herself(shop, theirs, ayse, bora, cem):
    invoice(shop, ayse)
    teams.member(shop, cem, "accountant")
    bundle = ready_bundle(bora, shop)
    answer = signed_in(bora).get(f"{theirs}dosya/{bundle.public_id}/")
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert signed_in(cem).get(f"{theirs}dosya/{bundle.public_id}/").status_code == 404


def test_the_right_is_asked_for(shop, theirs, cem):
    teams.member(shop, cem, "reception")
    assert signed_in(cem).get(theirs).status_code == 403


def test_both_days_belong_to_the_range(shop, ayse):
    inside = [
        invoice(shop, ayse, now=at("2025-03-01", "00:00")),
        invoice(shop, ayse, now=at("2025-03-31", "23:59:59")),
    ]
    invoice(shop, ayse, now=at("2025-02-28", "23:59:59")), invoice(shop, ayse, now=at("2025-04-01", "00:00"))
    answer = signed_in(ayse).get(MINE, days("2025-03-01", "2025-03-31"))
    assert numbers(answer) == [one.number for one in reversed(inside)]


def test_a_kind_can_be_chosen(shop, ayse):
    of = invoice(shop, ayse)
    note = documents.issue_credit(key="r", of=of, amount=Decimal(20), now=NOW())
    today = f"{timezone.localdate()}"
    assert numbers(signed_in(ayse).get(MINE, days(today, today, tur="credit_note"))) == [note.number]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (days("2025-03-02", "2025-03-01"), "bitis"),
        (days("", "2025-03-01"), "baslangic"),
        (days("gün", "2025-03-01"), "baslangic"),
        (days("0001-01-01", "2025-03-01"), "baslangic"),
    ],
)
def test_a_wrong_range_says_so_beside_its_field(ayse, asked, field):
    answer = signed_in(ayse).get(MINE, asked)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_sums_are_of_the_whole_choice(shop, theirs, ayse, bora):
    of, *_others = [invoice(shop, ayse) for _ in range(3)]
    documents.issue_credit(key="r", of=of, amount=Decimal(20), now=NOW())
    figures = signed_in(bora).get(theirs).context["figures"]
    assert (figures.sales, figures.sales_count, figures.credit, figures.vat) == (360, 3, 20, 60)
    assert (figures.commission, figures.count) == (0, 4)


def test_pages_lead_through_all_and_back(shop, ayse, monkeypatch):
    made = [invoice(shop, ayse, now=at(f"2025-03-{1 + n // 3:02}")).number for n in range(7)][::-1]
    rows = Document.objects.of_person(ayse).order_by("-issued_on", "-pk")
    first = queries.page(rows, size=3)
    second = queries.page(rows, after=first.older, size=3)
    third = queries.page(rows, after=second.older, size=3)
    shown = [[row.number for row in one.rows] for one in (first, second, third)]
    assert shown == [made[:3], made[3:6], made[6:]]
    assert (first.newer, third.older) == ("", "")
    back = queries.page(rows, before=second.newer, size=3)
    assert [row.number for row in back.rows] == made[:3]
    assert queries.page(rows, after="x.y", size=3).rows == first.rows


def test_queries_stay_the_same_with_many(shop, theirs, ayse, bora):
    def count(client, address):
        with CaptureQueriesContext(connection) as found:
            client.get(address)
        return len(found)

    clients = [(signed_in(ayse), MINE), (signed_in(bora), theirs)]
    invoice(shop, ayse)
    [client.get(address) for client, address in clients]
    before = [count(*one) for one in clients]
    [invoice(shop, ayse) for _ in range(19)]
    assert [count(*one) for one in clients] == before


def test_a_single_pdf_is_made_when_it_is_missing(shop, ayse):
    made = invoice(shop, ayse)
    answer = signed_in(ayse).get(f"{MINE}{made.public_id}.pdf")
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"] == f'attachment; filename="{made.number}.pdf"'


def test_ticked_ones_of_others_are_left_out(shop, ayse, deniz):
    hers, other = invoice(shop, ayse), invoice(shop, deniz)
    today = f"{timezone.localdate()}"
    asked = days(today, today, dosya="zip", belge=[str(hers.public_id), str(other.public_id), "x"])
    answer = signed_in(ayse).post(f"{MINE}dosya/", asked)
    assert answer.status_code == 302
    assert Bundle.objects.get().documents == [hers.pk]


def test_nothing_ticked_is_said(shop, ayse):
    invoice(shop, ayse)
    today = f"{timezone.localdate()}"
    answer = signed_in(ayse).post(f"{MINE}dosya/", days(today, today, dosya="pdf"), follow=True)
    assert [str(one) for one in answer.context["messages"]]
    assert not Bundle.objects.exists()


def test_the_part_of_files_shows_how_far_they_are(shop, ayse):
    invoice(shop, ayse)
    ready_bundle(ayse)
    said = signed_in(ayse).get(f"{MINE}dosyalar/").content.decode()
    assert "belgeler.zip" in said
    assert "data-open" not in said


def test_an_old_file_is_gone(shop, ayse, time_machine):
    invoice(shop, ayse)
    bundle = ready_bundle(ayse)
    time_machine.move_to(NOW() + timedelta(days=8))
    assert signed_in(ayse).get(f"{MINE}dosya/{bundle.public_id}/").status_code == 404


def test_the_switch(shop, theirs, ayse, bora):
    client = signed_in(ayse)
    client.post(f"{MINE}e-posta/", {"acik": "1"})
    assert mails.is_on(user=ayse)
    assert 'aria-checked="true"' in client.get(MINE).content.decode()
    client.post(f"{MINE}e-posta/", {"acik": "0"})
    assert not mails.is_on(user=ayse)
    signed_in(bora).post(f"{theirs}e-posta/", {"acik": "1"})
    assert mails.is_on(user=bora, business=shop)
    assert not mails.is_on(user=bora)


def test_a_number_of_a_person_is_in_no_page(shop, theirs, bora):
    made = invoice(shop, None, sold(), party=documents.Party("Ayşe Yıldız", "10000000146"))
    assert "10000000146" not in signed_in(bora).get(theirs).content.decode()
    assert "10000000146" not in str(made)


def test_empty_states(ayse, shop):
    client = signed_in(ayse)
    assert "Henüz belge yok" in client.get(MINE).content.decode()
    invoice(shop, ayse)
    answer = client.get(MINE, days("2024-01-01", "2024-01-02"))
    assert "Bu seçimde belge yok" in answer.content.decode()


def test_in_english(shop, ayse):
    invoice(shop, ayse)
    assert "Send my documents by e-mail" in signed_in(ayse).get(f"/en{MINE}").content.decode()
