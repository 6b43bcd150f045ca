"""The whole publication without a developer, through the back office's own pages."""

from __future__ import annotations

import pytest
from django.core import mail as outbox
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import Translation

from core import journal
from faq.models import QuestionPage
from tests.factories import editorial as make

pytestmark = pytest.mark.django_db


def act(client, page, person, action: str, **fields):
    """Approve or return a waiting draft from the page editor."""
    client.force_login(person)
    state = make.fresh(page).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(address, fields)


def test_written_reviewed_released_translated_published(office, client, django_capture_on_commit_callbacks):
    # Yazgı writes and submits; she cannot publish.
    client.force_login(office.author)
    fields = make.form("Karne nedir?", **{"action-publish": "1"})
    assert client.post(make.add_address(office.tree.category), fields).status_code == 302
    page = QuestionPage.objects.get()
    assert not page.live
    sent = make.form("Karne nedir?", slug=page.slug, **{"action-submit": "1"})
    assert client.post(make.edit_address(page), sent).status_code == 302
    journal.sweep()
    assert [m.to for m in outbox.outbox] == [[office.reviewer.email]]
    assert "Karne nedir?" in outbox.outbox[0].subject
    assert client.post(make.edit_address(page), make.form("Gizlice", slug=page.slug)).status_code == 200
    assert make.fresh(page).get_latest_revision_as_object().title == "Karne nedir?"

    # Gözde returns it with a comment; Yazgı mends it and submits again; Gözde approves.
    act(client, page, office.reviewer, "reject", comment="Özet eksik.")
    journal.sweep()
    assert "Özet eksik." in outbox.outbox[-1].body
    assert outbox.outbox[-1].to == [office.author.email]
    client.force_login(office.author)
    mended = make.form("Karne nedir?", slug=page.slug, summary="Her şey tek yerde.", **{"action-submit": "1"})
    client.post(make.edit_address(page), mended)
    act(client, page, office.reviewer, "approve", comment="")
    assert not make.fresh(page).live

    # Elif gives the release: the page is live.
    act(client, page, office.editor, "approve", comment="")
    page = make.fresh(page)
    assert page.live
    assert page.summary == "Her şey tek yerde."
    assert client.get(page.url).status_code == 200

    # Çiğdem makes the English draft and translates it; it is not live before Elif publishes it.
    client.force_login(office.translator)
    english = Locale.objects.get(language_code="en")
    submit = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(submit, {"locales": [english.pk]}).status_code == 302
    translated = page.get_translation(english)
    assert not translated.live
    assert translated.get_parent().specific == office.english.category
    translate(client, page, english, "Karne nedir?", "What is the booklet?")
    translate(client, page, english, "Her şey tek yerde.", "All in one place.")
    assert client.post(make.edit_address(translated), {"action": "publish"}).status_code == 302
    assert not make.fresh(translated).live  # a translator does not publish

    client.force_login(office.editor)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(make.edit_address(translated), {"action": "publish"})
    translated = make.fresh(translated)
    assert translated.live
    assert (translated.title, translated.summary) == ("What is the booklet?", "All in one place.")
    answer = client.get(translated.url)
    assert answer.status_code == 200
    assert translated.url.startswith("/en/")
    assert "All in one place." in answer.content.decode()


def translate(client, page, locale, words: str, translated: str) -> None:
    """As the translation editor sends it, string by string."""
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale=locale)
    segments = translation.source.stringsegment_set.filter(string__data=words)
    for segment in segments:
        address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
        answer = client.put(address, f"value={translated}", content_type="application/x-www-form-urlencoded")
        assert answer.status_code in (200, 201), answer.content
