"""What the help page says about itself (P1–P3), on the pages as a reader gets them."""

import re
from html import unescape

import pytest
from django.core.management import call_command

from core import proofs
from faq.models import QuestionPage

pytestmark = pytest.mark.django_db


def questions(language: str = "tr"):
    return QuestionPage.objects.live().filter(locale__language_code=language)


def test_any_answer_is_two_clicks_away_and_says_when_it_was_updated(client):
    """Açık, güncel, konusuna göre ayrılmış; birkaç tıkla bulunur."""
    index = client.get("/yardim/").content.decode()
    assert questions().count() == 16
    for question in questions():
        assert f'href="{question.url}"' in index
        answer = unescape(client.get(question.url).content.decode())
        assert "Son güncelleme" in answer
        assert question.summary[:40] in answer
    assert proofs.check("faq.two_clicks").state == "ok"


def test_an_answer_that_lost_its_place_breaks_the_proof():
    """Açık, güncel, konusuna göre ayrılmış; birkaç tıkla bulunur. (Kanıt tutmayınca söyler.)"""
    lost = questions()[0]
    lost.get_parent().specific.unpublish()
    assert proofs.check("faq.two_clicks").state == "failed"


@pytest.mark.parametrize("audience", ["owner", "clinic", "partner"])
def test_newcomer_and_professional_each_get_their_answers(client, audience):
    """Yeni başlayan da profesyonel de kendi yanıtını bulur."""
    page = client.get(f"/yardim/?audience={audience}").content.decode()
    answer = client.get(
        f"/api/content/v2/pages/?type=faq.QuestionPage&locale=tr&audience={audience}&limit=100"
    ).json()
    sent = {item["id"] for item in answer["items"]}
    for question in questions():
        wanted = not question.audiences or audience in question.audiences
        assert (question.pk in sent) == wanted
        assert (f'id="{question.slug}"' in page) == wanted


def test_headings_open_without_script_and_by_their_own_address(client):
    """Başlıkları açarak okursun; bağlantı kendi başlığını açar."""
    index = client.get("/yardim/").content.decode()
    for question in questions():
        assert re.search(rf'<details[^>]*>\s*<summary>.*\s*<div[^>]*id="{re.escape(question.slug)}"', index)


def test_second_loading_of_the_demo_changes_nothing():
    """Demo içerik ikinci kez yüklenince hiçbir şey değişmez."""
    before = list(QuestionPage.objects.order_by("pk").values())
    call_command("load_demo", force=True, verbosity=0)
    assert list(QuestionPage.objects.order_by("pk").values()) == before
