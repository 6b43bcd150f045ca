"""What an editor of legal documents does and is told in the back office."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from legal.models import DocumentPage, Version
from tests.factories import faq, legal

pytestmark = pytest.mark.django_db


def clause(key: str = "iade-1", text: str = "Metin.") -> tuple[str, dict[str, Any]]:
    fields = {"key": key, "heading": "Kapsam", "text": rich_text(f"<p>{text}</p>"), "brief": "Kısa."}
    return "clause", fields


def form(*clauses: Any, **changes: Any) -> dict[str, Any]:
    fields = {
        "title": "İptal ve iade",
        "slug": "iade",
        "summary": "",
        "key": "iade",
        "kind": "contract",
        "mode": "notify",
        "effective_from": "",
        "changes": "",
        "clauses": streamfield(list(clauses or [clause()])),
        "body": streamfield([]),
        "comments": inline_formset([]),
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
        "action-publish": "1",
    }
    return nested_form_data(fields | changes)


@pytest.fixture
def office(client, admin):
    client.force_login(admin)
    return client


def add(office, section, data):
    return office.post(reverse("wagtailadmin_pages:add", args=["legal", "documentpage", section.pk]), data)


def edit(office, page, data):
    return office.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def errors(answer) -> dict[str, Any]:
    return answer.context["form"].errors


def test_an_editor_publishes_a_document(office, section):
    answer = add(office, section, form(clause(), clause("iade-2")))

    assert answer.status_code == 302, errors(answer)
    version = Version.objects.get()
    assert (version.status, version.clauses_total) == ("effective", 2)


def test_a_new_text_cannot_begin_in_the_past(office, section):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)

    answer = add(office, section, form(effective_from=yesterday.isoformat()))

    assert "effective_from" in errors(answer)
    assert not Version.objects.exists()
    assert add(office, section, form(effective_from=timezone.localdate().isoformat())).status_code == 302


def test_an_old_day_does_not_hinder_an_edit_without_new_text(office, section):
    add(office, section, form())
    page = DocumentPage.objects.get()

    answer = edit(office, page, form(effective_from="2026-01-01", summary="Yeni özet"))
    refused = edit(office, page, form(clause(text="Yeni."), effective_from="2026-01-01"))

    assert answer.status_code == 302, errors(answer)
    assert "effective_from" in errors(refused)
    assert Version.objects.count() == 1


@pytest.mark.parametrize("key", ["İade", "iade 1", "iade--1", "-iade", "iade\n", "a" * 41, ""])
def test_an_address_of_a_clause_is_plain(office, section, key):
    answer = add(office, section, form(clause(key)))

    assert "clauses" in errors(answer)


def test_two_clauses_cannot_share_an_address(office, section):
    answer = add(office, section, form(clause("iade-1"), clause("iade-1", "Başka.")))

    assert "clauses" in errors(answer)


def test_a_key_names_one_document_and_stays(office, section):
    add(office, section, form())
    page = DocumentPage.objects.get()

    assert "key" in errors(add(office, section, form(slug="baska")))
    assert "key" in errors(edit(office, page, form(key="baska")))


@pytest.mark.parametrize("slug", ["onay", "cerez-tercihleri"])
def test_addresses_of_other_pages_are_refused(office, section, slug):
    assert "slug" in errors(add(office, section, form(slug=slug)))


def test_a_draft_is_previewed_and_published_nowhere(office, section):
    data = form(clause(text="Henüz taslak."))
    del data["action-publish"]
    add(office, section, data)
    page = DocumentPage.objects.get()

    preview = office.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))

    assert "Henüz taslak." in preview.content.decode()
    assert not Version.objects.exists()


def test_a_copied_document_waits_for_its_own_key(office, section):
    add(office, section, form())
    page = DocumentPage.objects.get()
    data = {"new_title": "Kopya", "new_slug": "kopya", "new_parent_page": section.pk, "publish_copies": "on"}

    answer = office.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)

    assert answer.status_code == 302
    assert DocumentPage.objects.count() == 2
    assert Version.objects.count() == 1


def test_a_document_with_versions_cannot_be_deleted(office, section):
    add(office, section, form())
    page = DocumentPage.objects.get()

    office.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))

    assert DocumentPage.objects.exists()


def test_a_quote_is_chosen_in_an_answer(office, tree, section):
    add(office, section, form())
    page = faq.question(tree.category, "Soru")

    body = office.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert "iade:1:iade-1" in body
    legal.publish(DocumentPage.objects.get(), clauses=legal.clauses())
    assert "iade:2:iade-2" in office.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
