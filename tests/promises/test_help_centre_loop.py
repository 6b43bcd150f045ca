"""Questions come back to the help page (P4 for guests, P5), driven through its pages on the demo content."""

import re
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core import journal, proofs
from core.models import Line
from faq.models import CategoryPage, Feedback, QuestionPage, SearchLog, Suggestion

pytestmark = pytest.mark.django_db
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}
QUESTION = "Zürafam için pasaport nasıl çıkarılır?"


@pytest.fixture
def editor() -> Client:
    """Elif, who edits the help centre in the demo content."""
    browser = Client()
    browser.force_login(User.objects.get(email="editor@ornek.test"))
    return browser


def fields(body: str) -> dict[str, str]:
    """What the question form on a page would send if nothing were typed."""
    form = re.search(r'<form class="ask-form".*?</form>', body, re.S)[0]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', form))
    return {**hidden, "text": re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", form, re.S)[1], "website": ""}


def ask(client: Client, monkeypatch, words: str) -> Suggestion:
    """Search for it in vain, press once. (A person needs longer than two seconds; a test does not.)"""
    monkeypatch.setattr("faq.forms.QUICKEST_HAND", -1)
    empty = client.get("/yardim/ara/", {"q": words}).content.decode()
    answer = client.post("/yardim/soru/", {**fields(empty), "email": "misafir@ornek.test"}, **OURS)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return Suggestion.objects.get()


def test_from_a_search_in_vain_one_press_sends_the_question(client, monkeypatch):
    """Destek bir mesaj uzağında: boş aramadan tek gönderimle soru ulaşır, numarası e-postayla gelir."""
    suggestion = ask(client, monkeypatch, QUESTION)
    journal.sweep()

    assert (suggestion.text, suggestion.query) == (QUESTION, QUESTION)
    assert outbox.outbox[-1].to == ["misafir@ornek.test"]
    assert suggestion.reference in outbox.outbox[-1].subject
    assert SearchLog.objects.get(shown=QUESTION).results == 0


def test_every_answer_carries_the_question_form(client):
    """Destek bir mesaj uzağında: her yanıtın altında."""
    for question in QuestionPage.objects.live().filter(locale__language_code="tr"):
        body = client.get(question.url).content.decode()
        assert fields(body)["source"] == str(question.pk)
        assert 'id="ask-title"' in body


def test_a_suggested_question_is_drafted_published_and_its_asker_told(client, editor, monkeypatch):
    """Soruların rehberi geliştirir: öneri → taslak → yayın → soran bağlantıyı alır."""
    suggestion = ask(client, monkeypatch, QUESTION)
    shelf = CategoryPage.objects.filter(locale__language_code="tr").first()
    assert QUESTION in editor.get(reverse("faq_desk")).content.decode()

    editor.post(reverse("faq_desk_draft", args=[suggestion.pk]), {"category": shelf.pk})
    page = QuestionPage.objects.get(title=QUESTION)
    assert client.get(page.url).status_code == 404, "a draft is not for readers"
    page.summary = "Zürafalar için pasaport yok."
    page.save_revision().publish()
    journal.sweep()
    journal.sweep()  # the first hears of the page, the second sends the mail

    told = outbox.outbox[-1]
    assert told.to == ["misafir@ornek.test"]
    assert page.full_url in told.body
    line = Line.objects.get(name="faq.suggestion_answered")
    assert line.data["url"] == page.full_url
    receipt = client.get(reverse("faq:suggestion", args=[suggestion.reference])).content.decode()
    assert f'href="{page.url}"' in receipt
    assert "Yanıtlandı" in receipt
    sent = len(outbox.outbox)
    page.save_revision().publish()
    journal.sweep()
    assert len(outbox.outbox) == sent, "told once"
    assert proofs.check("faq.suggestions_answered").state == "ok"


def test_a_second_vote_on_the_same_version_is_refused(client):
    """“İşine yaradı mı?” Aynı sürüme ikinci oy sayılmaz."""
    page = QuestionPage.objects.live().filter(locale__language_code="tr").first()
    body = client.get(page.url).content.decode()
    revision = re.search(r'name="revision" value="(\d+)"', body)[1]
    vote = {"revision": revision, "helpful": "no"}

    reasons = client.post(reverse("faq:vote", args=[page.pk]), vote, **OURS)
    client.post(reasons.url, {"reason": "outdated", "comment": "Tarih geçmiş."}, **OURS)
    again = client.post(reverse("faq:vote", args=[page.pk]), vote, **OURS)

    assert again.status_code == 409
    assert "oyunu vermiştin" in again.content.decode()
    assert Feedback.objects.get().comment == "Tarih geçmiş."
    assert proofs.check("faq.vote_once").state == "ok"


def test_what_helps_nobody_comes_onto_the_same_desk(client, editor):
    """Boş aramalar ve işe yaramayan yanıtlar tek listede birleşir."""
    page = QuestionPage.objects.live().filter(locale__language_code="tr").first()
    client.get("/yardim/ara/", {"q": "zürafa oteli"})
    vote = {"revision": page.live_revision_id, "helpful": "no"}
    client.post(reverse("faq:vote", args=[page.pk]), vote, **OURS)

    desk = editor.get(reverse("faq_desk")).content.decode()

    assert "zürafa oteli" in desk
    assert page.title in desk


def test_a_question_that_waits_for_eight_days_is_seen():
    """Soruların yedi gün içinde okunur. (Kanıt tutmayınca söyler.)"""
    then = timezone.now() - timedelta(days=8)
    Suggestion.objects.create(reference="S-ESKI", text="Eski soru", locale="tr", fingerprint="x", at=then)
    assert proofs.check("faq.suggestions_answered").state == "degraded"
