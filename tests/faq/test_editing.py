"""What an editor does in the back office."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from faq.models import QuestionPage
from tests.factories import faq

pytestmark = pytest.mark.django_db


def form() -> dict[str, Any]:
    fields = nested_form_data(
        {
            "title": "Şifremi unuttum",
            "slug": "sifremi-unuttum",
            "summary": "Kodu yaz.",
            "body": streamfield([("text", rich_text("<p>Uzun yanıt</p>")), ("heading", "Başlık")]),
            "synonyms": "parola",
            "related_links": inline_formset([]),
            "responsible": "Hesap ekibi",
            "review_due": "2027-02-01",
            "comments": inline_formset([]),
            "seo_title": "",
            "search_description": "",
            "go_live_at": "",
            "expire_at": "",
            "action-publish": "1",
        }
    )
    return {**fields, "audiences": ["clinic", "partner"], "claims": ["faq.two_clicks"]}


def test_an_editor_publishes_an_answer(tree, client, admin):
    client.force_login(admin)

    address = reverse("wagtailadmin_pages:add", args=["faq", "questionpage", tree.category.pk])
    answer = client.post(address, form())

    assert answer.status_code == 302, answer.context["form"].errors
    page = QuestionPage.objects.get()
    assert (page.live, page.title) == (True, "Şifremi unuttum")
    assert (page.audiences, page.claims) == (["clinic", "partner"], ["faq.two_clicks"])
    assert page.get_latest_revision_as_object().audiences == ["clinic", "partner"]


def test_the_form_shows_the_choices_with_names(tree, client, admin):
    client.force_login(admin)
    page = faq.question(tree.category, "Soru", audiences=["clinic"])

    body = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert 'type="checkbox" name="audiences" value="clinic"' in body
    assert 'type="checkbox" name="claims" value="faq.two_clicks"' in body


def test_answers_past_their_review_date_are_reported(tree, client, admin):
    client.force_login(admin)
    today = timezone.localdate()
    faq.question(tree.category, "Süresi geçmiş", review_due=today - datetime.timedelta(days=1))
    faq.question(tree.category, "Bugün bakılacak", review_due=today)
    faq.question(tree.category, "Daha var", review_due=today + datetime.timedelta(days=1))
    faq.question(tree.category, "Taslak", live=False, review_due=today - datetime.timedelta(days=1))

    body = client.get(reverse("faq_review_report")).content.decode()

    assert body.index("Süresi geçmiş") < body.index("Bugün bakılacak")
    assert "Daha var" not in body
    assert "Taslak" not in body


def test_the_report_is_for_editors_only(client, deniz):
    client.force_login(deniz)

    assert client.get(reverse("faq_review_report")).status_code == 302
