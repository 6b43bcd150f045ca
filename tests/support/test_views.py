"""Pages: who gets where, what a refused form gives back, how many queries a list costs."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from support import addresses
from support.models import Presence, Rating, SolvedBySearch, Ticket
from support.services import talking
from tests.conftest import PASSWORD
from tests.factories import faq as faq_factory
from tests.factories import support, teams

pytestmark = pytest.mark.django_db

GUEST = {
    "queue": "general",
    "subject": "Kargom nerede?",
    "words": "Üç gündür hareket yok.",
    "name": "Nil",
    "email": "Nil@Ornek.test",
}


def post(client, data=None, **more):
    return client.post("/destek/", GUEST | (data or {}) | more)


def answered(ticket, by, then="waiting_customer", words="Bakıyorum."):
    return talking.answer(ticket=ticket, words=words, by=by, then=then, now=timezone.now())


def test_a_guest_asks_and_gets_a_reference_by_mail(client):
    response = post(client)
    ticket = Ticket.objects.get()
    assert response.url == f"/destek/alindi/{ticket.reference}/"
    assert ticket.guest_email == "nil@ornek.test"
    page = client.get(response.url).content.decode()
    assert ticket.reference in page
    assert "Kargom" not in page, "the receipt shows nothing of anybody"
    assert "nil@" not in page


def test_the_form_is_prefilled_from_an_empty_search(client):
    page = client.get("/destek/?q=balinam+hasta").content.decode()
    assert 'value="balinam hasta"' in page
    assert 'value="? balinam hasta"' in page


def test_a_signed_in_person_is_led_to_her_ticket(client, ayse):
    client.force_login(ayse)
    response = client.post("/destek/", {"queue": "finance", "subject": "Fatura", "words": "Yok"})
    ticket = Ticket.objects.get()
    assert (ticket.requester, response.url) == (ayse, f"/panel/destek/{ticket.reference}/")
    assert client.get(response.url).status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("email", "", "Adresin olmadan"),
        ("words", "", "Bilmemiz gerekeni yaz"),
        ("words", "Kartım 4111 1111 1111 1111", "kart numarası"),
        ("website", "http://bot.test", "çok hızlı"),
    ],
)
def test_a_refused_form_comes_back_with_what_was_typed(client, field, value, said):
    response = post(client, {field: value})
    body = response.content.decode()
    assert response.status_code == 422
    assert said.lower() in body.lower()
    assert "Kargom nerede?" in body
    assert not Ticket.objects.exists()


def test_line_breaks_in_a_subject_start_no_header(client, derya):
    post(client, {"subject": "Merhaba\r\nBcc: kurban@ornek.test", "name": "A\r\nBcc: b@c.test"})
    ticket = Ticket.objects.get()
    assert "\n" not in ticket.subject
    answered(ticket, derya)
    support.sweep()
    from django.core import mail

    for sent in mail.outbox:
        assert sent.recipients() == [ticket.guest_email]
        assert "\nBcc:" not in sent.message().as_string()


def test_html_stays_text_everywhere(client, derya):
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    post(client, {"subject": evil, "words": evil, "name": evil})
    ticket = Ticket.objects.get()
    client.force_login(derya)
    pages = [f"/panel/masa/{ticket.reference}/", "/panel/masa/", addresses.guest_url(ticket)]
    for page in pages:
        body = client.get(page).content.decode()
        assert "<script>alert" not in body, page
        assert "<img src=x" not in body, page
        assert "&lt;script&gt;" in body, page


def test_mail_bombing_ends_at_three_for_an_address(client):
    for _ in range(3):
        assert post(client).status_code == 302
    response = post(client)
    assert (response.status_code, response["Retry-After"]) == (429, "3600")
    assert Ticket.objects.count() == 3


def test_mail_bombing_ends_at_ten_from_one_place(client):
    answers = [post(client, email=f"kurban{number}@ornek.test").status_code for number in range(11)]
    assert answers == [302] * 10 + [429]


def test_the_way_for_emergencies_stays_open_but_sends_no_more_mails(client):
    from core.models import Mail

    for _ in range(3):
        post(client)
    before = Mail.objects.count()
    response = post(client, queue="emergency", province="34")
    assert response.status_code == 302
    assert Ticket.objects.filter(queue="emergency").count() == 1
    assert Mail.objects.count() == before


def test_a_strangers_ticket_is_not_there(client, ticket, deniz):
    client.force_login(deniz)
    assert client.get(f"/panel/destek/{ticket.reference}/").status_code == 404
    assert client.post(f"/panel/destek/{ticket.reference}/", {"words": "x"}).status_code == 404
    assert client.get(f"/panel/masa/{ticket.reference}/").status_code == 404


def test_a_made_up_link_opens_nothing(client):
    ticket = support.ticket()
    good = addresses.guest_url(ticket)
    assert client.get(good).status_code == 200
    assert client.get(good.replace(ticket.reference, "DT-222222")).status_code == 404
    assert client.get(good[:-3] + "xx/").status_code == 404
    assert client.get(good.replace("/talep/", "/puan/")).status_code == 404, "each link has one use"


def test_a_guest_writes_on_solves_and_rates_by_her_link(client, derya):
    ticket = support.ticket()
    answered(ticket, derya)
    url = addresses.guest_url(ticket)
    assert client.post(url, {"words": "Oldu, sağ ol"}).status_code == 302
    client.post(url, {"solve": "1"})
    ticket.refresh_from_db()
    assert ticket.status == "solved"
    assert client.post(url, {"rate": "1", "score": ""}).status_code == 422
    client.post(url, {"rate": "1", "score": "4", "comment": "İyi"})
    assert Rating.objects.get().score == 4
    assert "4 " in client.get(url).content.decode()


def test_opening_the_rating_link_rates_nothing(client, derya):
    ticket = support.ticket()
    answered(ticket, derya, "solved")
    url = addresses.rating_url(ticket)
    assert client.get(url).status_code == 200
    assert not Rating.objects.exists()
    assert client.post(url, {"score": "5"}).status_code == 302
    assert client.post(url, {"score": "1"}).status_code == 422
    assert Rating.objects.get().score == 5


def test_internal_notes_and_their_files_stay_inside(client, ayse, derya):
    from tests.factories.teams import picture

    ticket = support.ticket(ayse)
    note = talking.note(ticket=ticket, words="Gizli kelime", by=derya, now=timezone.now(), files=[picture()])
    file = note.attachments.get()
    client.force_login(ayse)
    url = f"/panel/destek/{ticket.reference}/"
    assert "Gizli kelime" not in client.get(url).content.decode()
    assert client.get(f"{url}dosya/{file.pk}/").status_code == 404
    client.force_login(derya)
    answer = client.get(f"/panel/masa/{ticket.reference}/dosya/{file.pk}/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    b"".join(answer)


def test_a_file_is_judged_by_its_content_and_given_to_its_readers_only(client, ayse, deniz):
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, "PNG")
    client.force_login(ayse)
    good = SimpleUploadedFile("../../dekont.png", out.getvalue(), "image/png")
    bad = SimpleUploadedFile("a.png", b"<html><script>alert(1)</script>", "image/png")
    data = {"queue": "general", "subject": "Dekont", "words": "Ekte"}
    assert client.post("/destek/", data | {"files": [bad]}).status_code == 422
    response = client.post("/destek/", data | {"files": [good]})
    ticket = Ticket.objects.get()
    file = ticket.messages.first().attachments.get()
    assert file.name == "dekont.png"
    url = f"{response.url}dosya/{file.pk}/"
    b"".join(client.get(url))
    client.force_login(deniz)
    assert client.get(url).status_code == 404
    out.seek(0)
    many = [SimpleUploadedFile(f"{n}.png", out.getvalue()) for n in range(6)]
    client.force_login(ayse)
    assert client.post("/destek/", data | {"files": many}).status_code == 422


def test_members_read_the_tickets_of_their_business_by_right(client, bora, cem, deniz, person):
    business = teams.verified(bora)
    vet = person("Elif", "Su")
    teams.member(business, cem, "reception")
    teams.member(business, vet, "vet")
    client.force_login(bora)
    client.post(
        f"/isletme/{business.slug}/destek/yeni/", {"queue": "finance", "subject": "Ödeme", "words": "Yok"}
    )
    ticket = Ticket.objects.get()
    url = f"/isletme/{business.slug}/destek/{ticket.reference}/"
    assert client.get(url).status_code == 200
    for user, status in ((cem, 200), (vet, 403), (deniz, 404)):
        client.force_login(user)
        assert client.get(url).status_code == status, user
        assert client.get(f"/isletme/{business.slug}/destek/").status_code == status, user
    client.force_login(cem)
    client.post(url, {"words": "Ben de bakıyorum"})
    assert ticket.messages.filter(author=cem).exists()
    client.force_login(bora)
    assert client.get(f"/panel/destek/{ticket.reference}/").status_code == 404, "it belongs to the business"


def test_the_desk_answers_and_keeps_words_when_somebody_was_quicker(client, ticket, derya, mert):
    client.force_login(derya)
    url = f"/panel/masa/{ticket.reference}/"
    page = client.get(url).content.decode()
    seen = re.search(r'name="seen" value="(\d+)"', page).group(1)
    answered(ticket, mert)
    data = {"words": "Benim yanıtım", "then": "waiting_customer", "seen": seen, "answer": "1"}
    response = client.post(url, data)
    body = response.content.decode()
    assert response.status_code == 422
    assert "Benim yanıtım" in body
    fresh = re.search(r'name="seen" value="(\d+)"', body).group(1)
    assert client.post(url, data | {"seen": fresh}).status_code == 302
    assert ticket.messages.filter(sender="agent").count() == 2


def test_colleagues_see_each_other_and_a_draft_is_kept(client, ticket, derya, mert):
    url = f"/panel/masa/{ticket.reference}/"
    other = Client()
    other.force_login(mert)
    other.get(url)
    other.post(f"{url}buradayim/", {"words": "Yarım kalan yanıt"})
    client.force_login(derya)
    page = client.get(url).content.decode()
    assert "Mert" in page
    assert "Yarım kalan yanıt" in page
    assert "Yarım kalan yanıt" in other.get(url).content.decode(), "and her own composer has it again"
    Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=5))
    assert "Yarım kalan" not in client.get(url).content.decode()


def test_opening_a_ticket_is_written_down_once_a_visit(client, ticket, derya):
    from core.models import Line

    client.force_login(derya)
    for _ in range(3):
        client.get(f"/panel/masa/{ticket.reference}/")
    assert Line.objects.filter(name="support.ticket_read", actor=derya).count() == 1


@pytest.mark.parametrize("path", ["", "acil/", "bekleyen/", "bende/", "sahipsiz/", "sozu-gecen/", "hepsi/"])
def test_boxes_cost_the_same_for_one_and_for_twenty(client, ayse, derya, path, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def fill(number):
        for index in range(number):
            now = timezone.now() - timedelta(days=3)
            made = support.ticket(ayse, "emergency" if index % 2 else "finance", now=now)
            Ticket.objects.filter(pk=made.pk).update(assignee=derya if path == "bende/" else None)

    client.force_login(derya)
    fill(2)
    client.get(f"/panel/masa/{path}")
    with CaptureQueriesContext(connection) as first:
        client.get(f"/panel/masa/{path}")
    fill(18)
    with django_assert_num_queries(len(first)):
        client.get(f"/panel/masa/{path}")


def test_a_thread_costs_the_same_and_is_paged(client, ticket, derya, ayse, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    url = f"/panel/masa/{ticket.reference}/"
    client.force_login(derya)
    client.get(url)
    with CaptureQueriesContext(connection) as first:
        client.get(url)
    for number in range(20):
        talking.write(ticket=ticket, words=f"Satır {number}", by=ayse, now=timezone.now())
    with django_assert_num_queries(len(first)):
        client.get(url)
    for number in range(20, 60):
        talking.write(ticket=ticket, words=f"Satır {number}", by=ayse, now=timezone.now())
    body = client.get(url).content.decode()
    assert "Satır 59" in body, "the newest page first"
    assert "Satır 1<" not in body
    assert "Satır 1<" in client.get(url + "?page=1").content.decode()


def test_own_list_costs_the_same(client, ayse, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(ayse)
    support.ticket(ayse)
    client.get("/panel/destek/")
    with CaptureQueriesContext(connection) as first:
        client.get("/panel/destek/")
    for _ in range(19):
        support.ticket(ayse)
    with django_assert_num_queries(len(first)):
        client.get("/panel/destek/")


def test_search_of_the_desk_finds_by_word_person_and_reference(client, ayse, derya):
    ticket = support.ticket(ayse, subject="IŞIK yanmıyor")
    support.ticket(subject="Başka")
    client.force_login(derya)
    for words in ("ışık", "isik", "yıldız", ayse.email):
        body = client.get("/panel/masa/hepsi/", {"q": words}).content.decode()
        assert ticket.reference in body, words
        assert "Başka" not in body
    assert client.get("/panel/masa/", {"q": ticket.reference.lower()}).url.endswith(f"{ticket.reference}/")


def test_suggestions_are_offered_and_counted(client):
    tree = faq_factory.tree()
    shelf = faq_factory.category(tree.index, "Kargo")
    page = faq_factory.question(shelf, "Kargom ne zaman gelir?")
    body = client.get("/destek/oneri/?q=kargom").content.decode()
    assert "Kargom ne zaman gelir?" in body
    for _ in range(2):
        client.post(f"/destek/oneri/{page.pk}/cozdu/")
    assert SolvedBySearch.objects.get().times == 1, "once a day for each place"


def test_a_pause_is_asked_for_and_carried_out_by_an_agent(client, ayse, derya):
    client.force_login(ayse)
    assert client.post("/panel/destek/hesabimi-askiya-al/", {"until": "2001-01-01"}).status_code == 422
    response = client.post("/panel/destek/hesabimi-askiya-al/", {"until": "", "words": "Tatil"})
    ticket = Ticket.objects.get()
    assert response.url.endswith(f"{ticket.reference}/")
    desk = Client()
    desk.force_login(derya)
    act = f"/panel/masa/{ticket.reference}/islem/pause/"
    desk.post(desk.get(act).url, {"password": PASSWORD})
    assert desk.get(act).status_code == 200
    assert desk.post(act, {}).status_code == 422, "not without confirming"
    assert desk.post(act, {"sure": "on"}).status_code == 302
    ayse.refresh_from_db()
    assert ayse.status == "suspended"
    assert desk.get(act).status_code == 404, "done is done"
    assert client.get("/panel/").url == "/panel/donus/"


def test_acts_ask_who_it_is_again(client, ayse, derya):
    from support.services import opening

    ticket = opening.ask_for_pause(by=ayse, until=None, words="", now=timezone.now())
    client.force_login(derya)
    response = client.get(f"/panel/masa/{ticket.reference}/islem/pause/")
    assert "/hesap/" in response.url


def test_the_desk_wants_a_second_step(client, derya, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    client.force_login(derya)
    assert client.get("/panel/masa/").status_code == 302


def test_taking_giving_sorting_joining_over_the_pages(client, ayse, derya, mert):
    one, two = support.ticket(ayse), support.ticket(ayse)
    client.force_login(derya)
    base = f"/panel/masa/{one.reference}/"
    client.post(f"{base}ustlen/")
    one.refresh_from_db()
    assert one.assignee == derya
    client.post(f"{base}ata/", {"to": mert.pk, "was": derya.pk})
    one.refresh_from_db()
    assert one.assignee == mert
    client.post(f"{base}ata/", {"to": ayse.pk, "was": mert.pk})
    client.post(f"{base}ayir/", {"queue": "technical", "priority": "2"})
    one.refresh_from_db()
    assert (one.queue, one.priority, one.assignee) == ("technical", 2, mert)
    assert client.get(f"{base}birlestir/", {"reference": two.reference}).status_code == 200
    assert client.post(f"{base}birlestir/", {"reference": "DT-XXXXXX"}).status_code == 422
    client.post(f"{base}birlestir/", {"reference": two.reference})
    one.refresh_from_db()
    assert one.merged_into == two
    client.force_login(ayse)
    assert client.get(f"/panel/destek/{one.reference}/").url == f"/panel/destek/{two.reference}/"
