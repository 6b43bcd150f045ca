"""Wagtail's own mails: through our outbox, in the reader's language, whatever the mail server does."""

from __future__ import annotations

import smtplib

import pytest
from django.core import mail as outbox
from django.core.mail.backends import locmem
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from core import journal
from core.models import Mail
from tests.factories import editorial as make

from .test_flow import act

pytestmark = pytest.mark.django_db


def submit(client, office, page):
    client.force_login(office.author)
    sent = make.form(page.title, slug=page.slug, **{"action-submit": "1"})
    assert client.post(make.edit_address(page), sent).status_code == 302


@pytest.fixture
def draft(office):
    return make.draft(office.tree.category, "Karne nedir?", office.author)


@pytest.fixture
def newest():
    def read():
        journal.sweep()
        return outbox.outbox[-1]

    return read


def test_submitted_and_rejected_and_approved_are_told_in_turkish(office, draft, client, newest):
    submit(client, office, draft)
    told = newest()
    assert told.to == [office.reviewer.email]
    assert told.subject == '"Karne nedir?" sayfası "Gözden geçirme" onay aşamasına gönderildi'
    assert "Sayfayı buradan önizleyebilirsiniz" in told.body

    act(client, draft, office.reviewer, "reject", comment="Özet eksik.")
    told = newest()
    assert told.to == [office.author.email]
    assert "reddedildi" in told.subject
    assert "Özet eksik." in told.body

    submit(client, office, draft)
    for person in (office.reviewer, office.editor):
        act(client, draft, person, "approve", comment="")
    told = newest()
    assert told.to == [office.author.email]
    assert "onaylandı" in told.subject
    for message in outbox.outbox:
        for word in ("The page", "You can", "moderation", "has been", "comment"):
            assert word not in message.subject + message.body


def test_the_language_is_the_readers_not_that_of_whoever_pressed(office, draft, newest):
    english = Client(headers={"accept-language": "en"})
    submit(english, office, draft)
    assert "onay aşamasına gönderildi" in newest().subject


def test_the_back_office_speaks_the_language_of_the_account(person):
    al = person("Al", "Su", locale="en")
    assert UserProfile.get_for_user(al).preferred_language == "en"
    UserProfile.objects.filter(user=al).update(preferred_language="tr")
    UserProfile.objects.get(user=al).save()
    assert UserProfile.objects.get(user=al).preferred_language == "tr", "a choice made there stays"


def test_a_mail_server_that_is_away_costs_delay_not_an_error(office, draft, client, monkeypatch):
    def away(*_):
        raise smtplib.SMTPServerDisconnected

    with monkeypatch.context() as broken:
        broken.setattr(locmem.EmailBackend, "send_messages", away)
        submit(client, office, draft)
        journal.sweep()
    assert outbox.outbox == []
    assert Mail.objects.get().sent_at is None
    waiting = Mail.objects.get()
    assert (waiting.to, waiting.template) == (office.reviewer.email, "library")


@pytest.mark.parametrize("below", ["", "done/", "confirm/Mg/abc-def/", "complete/"])
def test_wagtail_has_no_password_mail_of_its_own(ayse, client, below):
    """They would pass by our codes: the addresses lead to our own page."""
    answer = client.post(f"/yonetim/password_reset/{below}", {"email": ayse.email})
    assert answer.url == reverse("account_reset_password")
    assert not Mail.objects.exists()
