"""Drafts on an external front end: for ten minutes, for one page, for whoever may edit it."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.core import signing
from django.utils import timezone

from core import preview
from tests.factories import faq

pytestmark = pytest.mark.django_db

PREVIEW = "/api/content/v2/page_preview/"


@pytest.fixture(autouse=True)
def _front_end(settings):
    settings.HEADLESS_PREVIEW_URL = "https://on.ornek.test/onizleme/"


@pytest.fixture
def page(tree):
    return faq.question(tree.category, "Yayındaki başlık", summary="Yayında.")


@pytest.fixture
def token(page, admin) -> str:
    page.title, page.body = "Taslak başlık", faq.rich("Taslak metin")
    return preview.token(page, admin)


def read(client, token: str, **query):
    return client.get(PREVIEW, {"token": token, **query})


def test_the_draft_is_told_in_the_shape_of_the_page(page, token, client):
    answer = read(client, token)

    assert answer.status_code == 200, answer.content
    assert (answer.json()["id"], answer.json()["title"]) == (page.pk, "Taslak başlık")
    assert answer.json()["body"][0]["value"] == "<p>Taslak metin</p>"
    assert set(answer.json()) == set(client.get(f"/api/content/v2/pages/{page.pk}/").json())
    assert answer["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer


def test_after_ten_minutes_it_is_gone(token, client):
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=10, seconds=5)):
        answer = read(client, token)

    assert (answer.status_code, answer.json()["code"]) == (410, "preview_expired")
    assert answer["Cache-Control"] == "private, no-store"


def test_a_forged_token_is_refused(page, token, client, admin, tree):
    other = faq.question(tree.category, "Başka", live=False)
    claim = signing.loads(token, salt=preview.SALT)
    of_other_page = signing.dumps({**claim, "page": other.pk}, salt=preview.SALT)
    other_salt = signing.dumps(claim, salt="password reset")

    for typed in (token + "x", "abc", token[:-1], of_other_page, other_salt, "ş" * 5000):
        answer = read(client, typed)
        assert (answer.status_code, answer.json()["code"]) == (403, "preview_forged"), typed
        assert answer["Cache-Control"] == "private, no-store"


def test_who_has_lost_the_right_sees_nothing(token, client, admin):
    admin.is_superuser = False
    admin.save()

    assert read(client, token).status_code == 403


def test_strange_questions_are_refused(token, client):
    assert client.get(PREVIEW).status_code == 400
    assert read(client, token, id=5).status_code == 400
    assert client.post(PREVIEW, {"token": token}).status_code == 405


def test_the_editors_preview_opens_the_front_end_with_unsaved_text(page, admin, client):
    client.force_login(admin)
    address = f"/yonetim/pages/{page.pk}/edit/preview/"
    form = client.get(f"/yonetim/pages/{page.pk}/edit/").context["form"]
    typed = {name: value for name, value in form.initial.items() if isinstance(value, str | int)}
    typed |= {"title": "Henüz kaydedilmedi", "slug": page.slug, "body-count": "0", "summary": "x"}
    for prefix in ("related_links", "comments"):
        typed |= {f"{prefix}-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MAX_NUM_FORMS")}
    assert client.post(address, typed).json()["is_valid"]

    shown = client.get(address, {"mode": preview.HEADLESS, "in_preview_panel": "true"})

    frame = shown.content.decode().split('src="')[1].split('"')[0].replace("&amp;", "&")
    assert frame.startswith("https://on.ornek.test/onizleme/?token=")
    assert "frame-src https://on.ornek.test" in shown["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
    assert "no-store" in shown["Cache-Control"]
    [token] = parse_qs(urlsplit(frame).query)["token"]
    client.logout()
    assert read(client, token).json()["title"] == "Henüz kaydedilmedi"


def test_our_own_preview_may_be_framed_by_the_back_office(page, admin, client):
    client.force_login(admin)

    shown = client.get(f"/yonetim/pages/{page.pk}/edit/preview/", {"mode": ""})

    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]


def test_a_page_that_was_never_saved_can_be_previewed(tree, admin, client):
    new = type(faq.question(tree.category, "Örnek"))(
        title="Yepyeni", slug="yepyeni", locale=tree.category.locale
    )
    new.path, new.depth = tree.category.path + "00ZZ", tree.category.depth + 1
    new.body = json.dumps([{"type": "heading", "value": "Merhaba"}])

    answer = read(client, preview.token(new, admin))

    assert (answer.status_code, answer.json()["title"]) == (200, "Yepyeni")


def test_without_a_front_end_there_is_no_such_preview(page, settings):
    assert preview.HEADLESS in dict(page.preview_modes)
    settings.HEADLESS_PREVIEW_URL = ""
    assert preview.HEADLESS not in dict(page.preview_modes)
