"""Mails: every one we send exists in both languages and both forms, and says what we promise."""

from __future__ import annotations

import html5lib
import pytest
from django.utils import translation

from accounts.adapter import MAILS, lifetime_of
from core import mail

NEVER = {"tr": "asla sormayız", "en": "We never ask"}
WHY = {"tr": "Bu e-posta neden geldi", "en": "Why this mail"}

pytestmark = pytest.mark.django_db


@pytest.fixture(params=sorted(set(MAILS.values())))
def template(request) -> str:
    return request.param


@pytest.fixture(params=["tr", "en"])
def sent(request, template):
    context = {"email": "o'neil@ornek.test", "code": "040721", "minutes": 10}
    queued = mail.send(template, to="oneil@ornek.test", context=context, locale=request.param)
    return request.param, queued


def test_says_why_and_what_we_never_ask(sent):
    locale, queued = sent
    for body in (queued.text, queued.html):
        assert NEVER[locale] in body
        assert WHY[locale] in body
    assert queued.subject


def test_text_is_plain_and_links_lead_to_the_language(sent):
    locale, queued = sent
    assert "&" not in queued.text, "no escaped signs in plain text"
    assert "<" not in queued.text
    assert "o&#x27;neil" in queued.html
    if "http" in queued.text:
        prefix = "/en/hesap/" if locale == "en" else "/hesap/"
        assert f"http://127.0.0.1:8000{prefix}" in queued.text
        assert f'href="http://127.0.0.1:8000{prefix}' in queued.html


def test_html_is_well_formed_and_needs_nothing_from_outside(sent):
    locale, queued = sent
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(queued.html)
    assert parser.errors == []
    assert f'<html lang="{locale}">' in queued.html
    assert "<img" not in queued.html
    assert "<script" not in queued.html
    assert "prefers-color-scheme: dark" in queued.html


def test_code_stands_in_the_mails_that_have_one(template, sent):
    _, queued = sent
    has_code = bool(lifetime_of(template))
    assert [has_code] * 3 == ["040721" in part for part in (queued.subject, queued.text, queued.html)]


def test_languages_differ(template):
    subjects = set()
    for locale in ("tr", "en"):
        with translation.override("tr"):
            context = {"email": "a@ornek.test", "code": "1", "minutes": 10}
            subjects.add(mail.send(template, to="a@ornek.test", context=context, locale=locale).subject)
    assert len(subjects) == 2
