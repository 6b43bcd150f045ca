"""Clauses on other rooms' pages: pinned to a version, told when they change, reviewed."""

from __future__ import annotations

import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from core import clauses, journal
from core.clauses import Ref
from core.models import Line
from faq.models import QuestionPage, ReviewNote
from tests.factories import faq, legal

pytestmark = pytest.mark.django_db
NEW = "İptal edilen işlemin bedeli en geç iki saat sonra iade edilir."
QUOTE = json.dumps([{"type": "clause", "value": "iade:1:iade-2"}])


def later(days: int = 30) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def handle_changes() -> None:
    for line in Line.objects.filter(name="legal.clause_changed", handled_at=None):
        journal.handle(line.pk)


@pytest.mark.parametrize(
    "value", ["", "iade", "iade:x:iade-2", "iade:1:yok", "yok:1:iade-2", "iade:9:iade-2", None, 7]
)
def test_what_is_not_there_quotes_nothing(document, value):
    legal.publish(document)

    assert clauses.quote(value) is None


def test_a_quote_stays_with_its_version(tree, document, client):
    legal.publish(document)
    page = faq.question(tree.category, "Soru", body=QUOTE)
    before = client.get(page.url).content.decode()
    legal.publish(document, clauses=legal.clauses(iade_2=NEW))
    after = client.get(page.url).content.decode()

    for body in (before, after):
        assert "“İptal edilen işlemin bedeli aynı gün iade edilir.”" in body
        assert 'href="/hukuki/iade/v1/#iade-2"' in body
    assert "quote__newer" not in before
    assert 'href="/hukuki/iade/v2/#iade-2"' in after


def test_an_announced_change_is_hinted_with_its_day(document):
    legal.publish(document)
    legal.publish(document, clauses=legal.clauses(iade_2=NEW), effective_from=later())

    changed = clauses.quote("iade:1:iade-2").newer
    assert (changed.number, changed.effective_from, changed.is_in_force) == (2, later(), False)
    assert clauses.quote("iade:1:iade-1").newer is None


def test_an_english_page_quotes_the_translation_or_the_turkish_text(tree, section, document):
    legal.publish(document)
    with override("en"):
        assert clauses.quote("iade:1:iade-2").language == "tr"
    english = legal.section(faq.tree("en", of=tree), translation_key=section.translation_key, slug="legal")
    twin = legal.document(
        english,
        slug="refund",
        translation_key=document.translation_key,
        clauses=legal.clauses(iade_2="Refunded today."),
    )
    legal.publish(twin)

    with override("en"):
        quote = clauses.quote("iade:1:iade-2")
    assert (quote.language, quote.text, quote.url) == (
        "en",
        "Refunded today.",
        "/en/legal/refund/v1/#iade-2",
    )


def test_the_editor_chooses_from_all_versions(document):
    legal.publish(document)
    legal.publish(document, clauses=legal.clauses(iade_2=NEW))

    values = [value for _, group in clauses.choices() for value, _ in group]

    assert values[:3] == ["iade:2:iade-1", "iade:2:iade-2", "iade:2:iade-3"]
    assert "iade:1:iade-2" in values
    assert all(str(Ref.read(value)) == value for value in values)


def test_the_api_gives_the_quote_at_constant_cost(tree, document, client):
    legal.publish(document)
    faq.question(tree.category, "Soru", body=QUOTE)
    address = "/api/content/v2/pages/?type=faq.QuestionPage&fields=body&limit=50"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        answer = client.get(address).json()["items"][0]["body"][0]["value"]
    for number in range(8):
        faq.question(tree.category, f"Soru {number}", body=QUOTE)
    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert (answer["document"], answer["number"], answer["clause"]) == ("iade", 1, "iade-2")
    assert len(many) == len(few)


# --- Answers go to review ------------------------------------------------------------------


def test_a_changed_clause_sends_citing_answers_to_review(tree, document, admin):
    legal.publish(document)
    citing = faq.question(tree.category, "Alıntılayan", body=QUOTE, review_due=later(90))
    other = json.dumps([{"type": "clause", "value": "iade:1:iade-1"}])
    spared = faq.question(tree.category, "Başka madde", body=other, review_due=later(90))
    faq.question(tree.category, "Taslak", body=QUOTE, live=False)
    citing.save_revision(user=admin)
    legal.publish(document, clauses=legal.clauses(iade_2=NEW))

    handle_changes()
    handle_changes()

    citing.refresh_from_db()
    spared.refresh_from_db()
    assert citing.review_due == timezone.localdate()
    assert citing.get_latest_revision_as_object().review_due == timezone.localdate()
    assert spared.review_due == later(90)
    note = ReviewNote.objects.get()
    assert (note.page_id, note.url) == (citing.pk, "/hukuki/iade/v2/#iade-2")
    assert note.old.endswith("aynı gün iade edilir.")
    assert note.new.endswith(NEW)


def test_a_draft_keeps_its_text_when_the_answer_becomes_due(tree, document):
    legal.publish(document)
    page = faq.question(tree.category, "Eski", body=QUOTE)
    page.title = "Taslak başlık"
    page.save_revision()
    legal.publish(document, clauses=legal.clauses(iade_2=NEW))

    handle_changes()

    assert QuestionPage.objects.get(pk=page.pk).title == "Eski"
    draft = QuestionPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (draft.title, draft.review_due) == ("Taslak başlık", timezone.localdate())


def test_editors_see_why_and_publishing_closes_the_note(tree, document, client, admin):
    legal.publish(document)
    page = faq.question(tree.category, "Alıntılayan", body=QUOTE)
    legal.publish(document, clauses=legal.clauses(iade_2=NEW))
    handle_changes()
    client.force_login(admin)

    report = client.get(reverse("faq_review_report")).content.decode()
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "/hukuki/iade/v2/#iade-2" in report
    assert NEW in edit

    QuestionPage.objects.get(pk=page.pk).save_revision(user=admin).publish()
    assert ReviewNote.objects.get().done_at
    assert NEW not in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_the_document_names_the_answers_that_rest_on_it(tree, document, client):
    legal.publish(document)
    page = faq.question(tree.category, "Alıntılayan", body=QUOTE)

    body = client.get("/hukuki/iade/").content.decode()

    assert f'<a href="{page.url}">Alıntılayan</a>' in body
