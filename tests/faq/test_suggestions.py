"""A missing question: taken in, told by mail, answered once; nobody writes too much or harms himself."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail as outbox
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core import journal
from core.models import Line, Mail
from core.states import MoveRefused
from faq import forms, services
from faq.errors import NoSuchPlace
from faq.models import Suggestion, Tally
from faq.states import MOVES, OPEN, Status
from tests.factories import faq

pytestmark = pytest.mark.django_db
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def earlier(seconds: int = 30) -> str:
    return signing.dumps(int(timezone.now().timestamp()) - seconds, salt=forms.STAMP_SALT)


def typed(**more) -> dict[str, str]:
    return {"text": "Kedim için pasaport nasıl alınır?", "stamp": earlier(), "website": "", **more}


@pytest.fixture
def send(client, tree):
    return lambda headers=OURS, **more: client.post(reverse("faq:suggest"), typed(**more), **headers)


@pytest.fixture
def suggestion(db):
    return suggest()


def suggest(words: str = "Kedim için pasaport nasıl alınır?", email: str = "ayse@ornek.test", **more):
    return services.suggest(**{"words": words, "email": email, "locale": "tr", "now": timezone.now(), **more})


def mails() -> list[str]:
    return list(Mail.objects.order_by("pk").values_list("template", flat=True))


# --- The form -----------------------------------------------------------------------------


def test_a_question_is_kept_and_its_reference_mailed(send, client):
    answer = send(email="ayse@ornek.test", query="pasaport")

    suggestion = Suggestion.objects.get()
    assert answer.url == reverse("faq:suggestion", args=[suggestion.reference])
    assert (suggestion.status, suggestion.locale, suggestion.query) == ("new", "tr", "pasaport")
    journal.sweep()
    assert suggestion.reference in outbox.outbox[0].subject
    assert suggestion.text in outbox.outbox[0].body
    receipt = client.get(answer.url)
    assert suggestion.reference in receipt.content.decode()
    assert "ayse@ornek.test" not in receipt.content.decode()
    assert receipt["X-Robots-Tag"] == "noindex"


def test_without_an_address_there_is_no_mail(send):
    assert send().status_code == 302
    assert mails() == []


def test_the_answer_it_was_asked_under_is_noted(send, tree):
    page = faq.question(tree.category, "Aşı")

    send(source=page.pk)

    assert Suggestion.objects.get().source == page


def test_every_answer_and_an_empty_search_carry_the_form(client, tree):
    page = faq.question(tree.category, "Aşı takvimi")

    assert f'name="source" value="{page.pk}"' in client.get(page.url).content.decode()
    empty = client.get("/yardim/ara/", {"q": "pasaport zürafa"}).content.decode()
    assert 'name="query" value="pasaport zürafa"' in empty
    assert ">\npasaport zürafa</textarea>" in empty
    assert 'name="text"' in client.get(tree.index.url).content.decode()


def test_the_same_question_sent_twice_is_one(send):
    first, second = send(email="ayse@ornek.test"), send(email="ayse@ornek.test")

    assert first.url == second.url
    assert mails() == ["suggestion_received"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": "  "},
        {"text": "kedi"},
        {"text": "x" * 1001},
        {"text": "a" * 10_000},
        {"text": "kedi\0köpek nasıl?"},
        {"text": "Kartım 5555 5555 5555 4444 neden geçmiyor?"},
        {"email": "ayse@"},
        {"email": "ayse@ornek.test\nBcc: x@y.z"},
        {"email": "a" * 300 + "@ornek.test"},
        {"source": "x"},
        {"source": "99999999"},
        {"stamp": "forged"},
        {"stamp": ""},
        {"website": "https://spam.example"},
    ],
)
def test_bad_input_comes_back_with_every_word(send, wrong):
    answer = send(**wrong)

    assert answer.status_code == 422
    body = answer.content.decode()
    assert 'role="alert"' in body
    if "text" not in wrong:
        assert "pasaport nasıl alınır?" in body
    assert not Suggestion.objects.exists()


def test_a_person_who_fell_into_the_trap_sends_it_once_more(send, client):
    body = send(website="https://spam.example", stamp="").content.decode()
    with time_machine.travel(timezone.now() + timedelta(seconds=5)):
        fresh = body.split('name="stamp" value="')[1].split('"')[0]
        assert 'name="website" value' not in body
        assert send(stamp=fresh).status_code == 302


def test_who_is_too_quick_is_asked_once_more(send):
    assert send(stamp=earlier(0)).status_code == 422


def test_a_number_in_the_query_is_left_out(send):
    send(query="4111111111111111")

    assert Suggestion.objects.get().query == ""


def test_another_site_cannot_send_it(send):
    assert send({"HTTP_SEC_FETCH_SITE": "cross-site"}).status_code == 403
    assert not Suggestion.objects.exists()


def test_one_place_may_ask_ten_times_an_hour(send):
    answers = [send(text=f"Soru numara {number}?").status_code for number in range(11)]

    assert answers == [302] * 10 + [429]


def test_one_address_gets_three_mails_an_hour(send):
    answers = [
        send(text=f"Soru numara {n}?", email=f"{'A' if n % 2 else 'a'}yse@ornek.test").status_code
        for n in range(4)
    ]

    assert answers == [302] * 3 + [429]
    assert len(mails()) == 3


def test_a_reference_nobody_got_leads_nowhere(client):
    assert client.get(reverse("faq:suggestion", args=["S-AAAAAAA"])).status_code == 404


def test_in_english_all_of_it_is_english(client, tree, english):
    answer = client.post(
        "/en/yardim/soru/", typed(text="How do I get a passport?", email="a@ornek.test"), **OURS
    )

    assert answer.url.startswith("/en/yardim/soru/S-")
    assert Suggestion.objects.get().locale == "en"
    assert "/en/yardim/soru/" in Mail.objects.get().text


# --- Its life -----------------------------------------------------------------------------


@pytest.mark.parametrize("source", Status.values)
@pytest.mark.parametrize("target", Status.values)
def test_the_table_of_moves(source, target):
    closed = source in (Status.ANSWERED, Status.REJECTED, Status.DUPLICATE)
    if closed or target in (Status.NEW, source):
        assert not MOVES.allows(source, target)
    if source in OPEN and target in (Status.REJECTED, Status.DUPLICATE):
        assert MOVES.allows(source, target)
    assert MOVES.allows(source, Status.ANSWERED) == (source == Status.DRAFTED)


def test_publishing_the_draft_answers_the_asker_once(suggestion, tree, admin):
    page = services.draft(suggestion=suggestion, category=tree.category, by=admin)
    page.save_revision(user=admin).publish()
    journal.sweep()
    page.save_revision(user=admin).publish()
    journal.sweep()

    suggestion.refresh_from_db()
    assert (suggestion.status, suggestion.email) == ("answered", "")
    line = Line.objects.get(name="faq.suggestion_answered")
    assert line.data == {
        "suggestion": suggestion.reference,
        "url": page.full_url,
        "title": page.title,
        "locale": "tr",
        "mailed": True,
    }
    assert mails() == ["suggestion_received", "suggestion_answered"]
    assert page.full_url in outbox.outbox[-1].body


def test_the_draft_is_filled_in(tree, admin):
    suggestion = suggest("Kedim  için\n pasaport?", query="pasaport")

    page = services.draft(suggestion=suggestion, category=tree.category, by=admin)

    assert (page.title, page.slug, page.live) == ("Kedim için pasaport?", "kedim-icin-pasaport", False)
    assert (page.synonyms, page.owner, page.get_parent().specific) == ("pasaport", admin, tree.category)
    assert page.latest_revision is not None
    assert Tally.objects.get(page=page).asked == 1


def test_two_drafts_of_one_title_get_two_addresses(tree, admin):
    one = services.draft(suggestion=suggest(email="a@ornek.test"), category=tree.category, by=admin)
    tree.category.refresh_from_db()
    two = services.draft(suggestion=suggest(email="b@ornek.test"), category=tree.category, by=admin)

    assert one.slug != two.slug


def test_who_may_not_write_there_makes_no_draft(suggestion, tree, deniz):
    with pytest.raises(NoSuchPlace):
        services.draft(suggestion=suggestion, category=tree.category, by=deniz)
    suggestion.refresh_from_db()
    assert suggestion.status == "new"


def test_a_draft_that_is_deleted_brings_the_question_back(suggestion, tree, admin):
    page = services.draft(suggestion=suggestion, category=tree.category, by=admin)

    page.delete()

    suggestion.refresh_from_db()
    assert (suggestion.status, suggestion.question_id) == ("triaged", None)


def test_a_rejection_tells_the_reason_and_forgets_the_address(suggestion, admin):
    services.reject(suggestion=suggestion, reason="Reçete yazamayız.", by=admin)

    suggestion.refresh_from_db()
    assert (suggestion.status, suggestion.email) == ("rejected", "")
    assert "Reçete yazamayız." in Mail.objects.last().text
    with pytest.raises(MoveRefused):
        services.triage(suggestion=suggestion, by=admin)


def test_a_duplicate_is_sent_to_the_answer_that_is_there(suggestion, tree, admin):
    page = faq.question(tree.category, "Pasaport")

    services.mark_duplicate(suggestion=suggestion, question=page, by=admin)

    assert page.full_url in Mail.objects.last().text
    assert Tally.objects.get(page=page).asked == 1


def test_a_failing_mail_keeps_the_status(suggestion, tree, admin, monkeypatch):
    page = services.draft(suggestion=suggestion, category=tree.category, by=admin)
    monkeypatch.setattr("core.mail.send", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.answer(page=page)

    suggestion.refresh_from_db()
    assert suggestion.status == "drafted"
    assert not Line.objects.filter(name="faq.suggestion_answered").exists()


def test_the_database_refuses_what_makes_no_sense(suggestion):
    for change in ({"text": ""}, {"status": "lost"}, {"status": "rejected", "reason": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Suggestion.objects.filter(pk=suggestion.pk).update(**change)


# --- How many asked -----------------------------------------------------------------------


def test_how_many_asked_is_shown_from_three_on(tree, client):
    page = faq.question(tree.category, "Soru")
    for _ in range(2):
        services.count_asked(page.pk)
    assert "answer-asked" not in client.get(page.url).content.decode()

    services.count_asked(page.pk)

    assert "3 kişi" in client.get(page.url).content.decode()
