from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from core import journal, mail
from core.models import Line, Mail

TEMPLATES = {
    "emails/greeting.subject.txt": "Hi {{ name }}\n{{ name }}",
    "emails/greeting.txt": "Your code is {{ code }}.",
    "emails/greeting.html": "<p>{{ name }}, your code is {{ code }}.</p>",
}


@pytest.fixture(autouse=True)
def templates(settings):
    options = {"loaders": [("django.template.loaders.locmem.Loader", TEMPLATES)]}
    settings.TEMPLATES = [{"BACKEND": settings.TEMPLATES[0]["BACKEND"], "OPTIONS": options}]


def send(**kwargs) -> Mail:
    context = {"name": "Ayşe <b>", "code": "407215"}
    return mail.send("greeting", to="ayse@ornek.test", context=context, locale="tr", **kwargs)


@pytest.mark.django_db
def test_mail_waits_for_the_worker_then_leaves_once_and_its_text_is_erased():
    queued = send()
    assert outbox.outbox == []
    journal.sweep()
    journal.sweep()

    [message] = outbox.outbox
    queued.refresh_from_db()
    assert message.to == ["ayse@ornek.test"]
    assert message.extra_headers["Message-ID"] == queued.message_id
    assert message.body == "Your code is 407215."
    assert queued.sent_at
    assert queued.text == queued.html == ""
    assert "407215" not in str(list(Line.objects.values()))


@pytest.mark.django_db
def test_line_break_cannot_start_a_header_and_names_are_escaped_in_html():
    queued = send()
    assert "\n" not in queued.subject
    assert "Ayşe &lt;b&gt;" in queued.html


@pytest.mark.django_db
def test_mail_server_away_means_delay(monkeypatch):
    send()
    away = "django.core.mail.backends.locmem.EmailBackend.send_messages"
    with monkeypatch.context() as broken:
        broken.setattr(away, lambda *_: (_ for _ in ()).throw(ConnectionRefusedError()))
        journal.sweep()
    assert outbox.outbox == []
    journal.sweep(now=timezone.now() + journal.FIRST_PAUSE)
    assert len(outbox.outbox) == 1


@pytest.mark.django_db
def test_code_that_is_over_is_dropped_not_sent():
    queued = send(expires_at=timezone.now() - timedelta(seconds=1))
    journal.sweep()
    queued.refresh_from_db()
    assert outbox.outbox == []
    assert queued.sent_at is None
    assert queued.text == ""


def foreign(**more) -> EmailMultiAlternatives:
    more = {"to": ["Ayşe <ayse@ornek.test>"], "cc": ["bora@ornek.test"], **more}
    return EmailMultiAlternatives("Konu\n" + "x" * 300, "Metin", "baska@ornek.test", **more)


@pytest.mark.django_db
def test_mail_of_a_library_waits_in_our_outbox_one_row_for_each_address():
    message = foreign()
    message.attach_alternative("<p>Metin</p>", "text/html")
    assert message.send() == 1

    assert outbox.outbox == []
    assert [mail.to for mail in Mail.objects.order_by("pk")] == ["ayse@ornek.test", "bora@ornek.test"]
    journal.sweep()
    first, second = outbox.outbox
    assert (first.to, second.to) == (["ayse@ornek.test"], ["bora@ornek.test"])
    assert (first.body, first.alternatives[0].content) == ("Metin", "<p>Metin</p>")
    assert first.subject.startswith("Konu xxx")
    assert len(first.subject) == mail.LONGEST_SUBJECT
    assert "diji.vet" in first.from_email


@pytest.mark.django_db
def test_mail_of_a_library_without_html_stays_text():
    foreign(cc=[]).send()
    journal.sweep()
    assert outbox.outbox[0].alternatives == []


@pytest.mark.django_db
def test_attachments_are_refused_not_lost():
    message = foreign()
    message.attach("a.txt", "a")
    with pytest.raises(ValueError, match="attachments"):
        message.send()
    assert not Mail.objects.exists()
