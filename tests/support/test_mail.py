"""Answers by mail: what counts, what is put aside, and what hostile mails do (nothing)."""

import contextlib
import io
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.test import override_settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image

from core.models import Mail
from support import addresses, mailbox, reading
from support.mailbox.maildir import Maildir
from support.models import Letter, Message, Ticket
from support.services import forgetting, incoming, talking
from tests.factories import support

from .letters import letter, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(ayse, derya):
    ticket = support.ticket(ayse)
    talking.answer(ticket=ticket, words="Bakıyorum", by=derya, then="waiting_customer", now=timezone.now())
    ticket.refresh_from_db()
    return ticket


def words(ticket):
    return [one.text for one in ticket.messages.filter(sender="customer", by_mail=True)]


def test_a_reply_stands_on_its_ticket_and_opens_it(answered, ayse):
    quoted = (
        "Oldu!\n\n29 Kasım 2026 Pazar tarihinde Diji.vet <destek@diji.vet> şunu yazdı:\n> Bakıyorum\n> ..."
    )
    assert take(letter(answered, quoted)).outcome == "taken"
    answered.refresh_from_db()
    assert (answered.status, words(answered)) == ("open", ["Oldu!"])
    message = answered.messages.get(by_mail=True)
    assert (message.author, message.sender) == (ayse, "customer")


def test_the_next_answer_refers_to_her_mail(answered, derya):
    theirs = letter(answered)
    take(theirs)
    talking.answer(ticket=answered, words="Güzel", by=derya, then="solved", now=timezone.now())
    support.sweep()
    assert outbox.outbox[-1].extra_headers["In-Reply-To"] == theirs["Message-ID"]


def test_the_same_letter_twice_is_one(answered):
    same = letter(answered)
    take(same)
    assert take(same) is None
    assert len(words(answered)) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; x=y"},
        {"Precedence": "bulk"},
        {"Precedence": "auto_reply"},
        {"X_Autoreply": "yes"},
        {"X_Autorespond": "ooo"},
        {"Return_Path": "<>"},
        {"List_Id": "<liste.ornek.test>"},
        {"From": "MAILER-DAEMON@ornek.test"},
    ],
)
def test_automatic_replies_never_count(answered, headers):
    before = Mail.objects.count()
    assert take(letter(answered, "Ofis dışındayım", **headers)).outcome == "automatic"
    answered.refresh_from_db()
    assert (answered.status, words(answered)) == ("waiting_customer", [])
    assert Mail.objects.count() == before, "and start no talk of two machines"
    assert not Letter.objects.waiting().exists()


def test_a_person_who_says_so_is_a_person(answered):
    assert take(letter(answered, Auto_Submitted="no", Return_Path=f"<{answered.contact}>")).outcome == "taken"


@pytest.mark.parametrize("breaks", ["signature", "code", "none"])
def test_without_our_signature_nothing_gets_in(answered, breaks):
    good = addresses.reply_to(answered)
    to = {
        "signature": good.replace(good.split(".")[1][:4], "aaaa", 1),
        "code": good.replace(good[7:15], "dt222222"),
        "none": "destek@diji.vet",
    }[breaks]
    assert take(letter(answered, To=to)).outcome == "no_ticket"
    assert words(answered) == []
    assert Letter.objects.waiting().count() == 1


def test_from_another_sender_nothing_gets_in(answered):
    put = take(letter(answered, "Şifresini bana yolla", From="hirsiz@ornek.test"))
    answered.refresh_from_db()
    assert (put.outcome, put.ticket, answered.status) == ("other_sender", answered, "waiting_customer")


def test_a_name_that_looks_like_the_sender_is_not_the_sender(answered):
    forged = f'"{answered.contact}" <hirsiz@ornek.test>'
    assert take(letter(answered, From=forged)).outcome == "other_sender"


def test_the_signature_is_needed_when_the_guard_is_there(answered, monkeypatch):
    """Switched off, the test above would fail: the guard is what refuses."""
    monkeypatch.setattr(addresses, "_is_ours", lambda code, signature: True)
    good = addresses.reply_to(answered)
    assert take(letter(answered, To=good.replace(good.split(".")[1][:4], "aaaa", 1))).outcome == "taken"


def test_old_keys_still_open(answered, settings):
    old = addresses.reply_to(answered)
    with override_settings(SECRET_KEY="another key", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert addresses.reference_in([old]) == answered.reference
        assert addresses.reply_to(answered) != old
    with override_settings(SECRET_KEY="another key"):
        assert addresses.reference_in([old]) == ""


def test_a_flood_of_mails_ends_beside_the_ticket(answered):
    for number in range(23):
        take(letter(answered, f"Mail {number}"))
    assert len(words(answered)) == 20
    assert Letter.objects.filter(outcome="too_many").count() == 3


def test_html_is_taken_apart_into_words(answered):
    made = letter(answered)
    made.clear_content()
    made.set_content(
        "<html><head><style>p{}</style></head><body><p>Merhaba<br>İyi</p><script>alert(1)</script>"
        "<blockquote>eski</blockquote></body></html>",
        subtype="html",
    )
    take(made)
    assert words(answered) == ["Merhaba\nİyi"]


def test_a_huge_mail_is_cut(answered):
    take(letter(answered, "kelime " * 200_000))
    message = answered.messages.get(by_mail=True)
    assert (len(message.text), message.was_cut) == (reading.LONGEST, True)


def test_a_mail_larger_than_we_read_says_so(answered):
    take(letter(answered, "Kısa"), is_too_large=True)
    assert "daha büyük" in words(answered)[0]


def test_card_numbers_in_mails_are_never_kept(answered):
    take(letter(answered, "Kartım 4111 1111 1111 1111, bak"))
    assert "4111" not in words(answered)[0]
    assert not Message.objects.filter(text__contains="1111").exists()


def test_files_are_judged_and_pictures_written_anew(answered):
    out = io.BytesIO()
    picture = Image.new("RGB", (20, 20))
    exif = picture.getexif()
    exif[0x010E] = "GIZLI-YER"
    picture.save(out, "JPEG", exif=exif)
    made = letter(answered)
    made.add_attachment(out.getvalue(), maintype="image", subtype="jpeg", filename="foto.jpg")
    made.add_attachment(b"MZ\x90", maintype="application", subtype="pdf", filename="fatura.pdf")
    take(made)
    message = answered.messages.get(by_mail=True)
    kept = message.attachments.get()
    with kept.file.open() as file:
        assert b"GIZLI-YER" not in file.read()
    assert "fatura.pdf" in message.text, "what was not taken is named"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"no header at all",
        b"From: \xff\xfe\nTo: =?utf-8?b?//8=?=\nContent-Type: text/plain; charset=made-up\n\nx",
        b"From: a@b.test\nContent-Type: multipart/mixed; boundary=\n\nx",
        b"From: " + b"a" * 100_000 + b"@b.test\n\nx",
        b"Subject: =?utf-8?q?a=0D=0ABcc:_kurban=40ornek.test?=\nFrom: a@b.test\n\nx",
    ],
)
def test_broken_mails_stop_nobody(content):
    put = take(content)
    assert put is not None
    assert "\n" not in put.subject


@given(some.binary(max_size=2000))
def test_no_bytes_break_the_reader(content):
    with contextlib.suppress(ValueError):
        reading.read(content)


def test_a_mailbox_is_read_once_and_in_order(answered, settings, tmp_path):
    settings.SUPPORT_MAILDIR = tmp_path / "posta"
    Maildir.drop(letter(answered, "Bir").as_bytes())
    Maildir.drop(b"broken")
    Maildir.drop(letter(answered, "İki").as_bytes())
    assert incoming.read_mailbox(now=timezone.now()) == 3
    assert incoming.read_mailbox(now=timezone.now()) == 0
    assert sorted(words(answered)) == ["Bir", "İki"]


def test_a_worker_that_died_before_marking_reads_again_without_harm(
    answered, settings, tmp_path, monkeypatch
):
    settings.SUPPORT_MAILDIR = tmp_path / "posta"
    Maildir.drop(letter(answered, "Bir").as_bytes())
    monkeypatch.setattr(Maildir, "done", lambda self, raw: None)
    incoming.read_mailbox(now=timezone.now())
    incoming.read_mailbox(now=timezone.now())
    assert words(answered) == ["Bir"]


def test_an_agent_makes_a_ticket_of_a_letter_once(client, derya):
    take(letter(words="Size nasıl ulaşırım?", From="Nil <nil@ornek.test>", Subject="Soru"))
    put = Letter.objects.get()
    client.force_login(derya)
    assert "Soru" in client.get("/panel/masa/postalar/").content.decode()
    client.post(f"/panel/masa/postalar/{put.pk}/", {"queue": "technical"})
    ticket = Ticket.objects.get()
    assert (ticket.guest_email, ticket.queue, ticket.subject) == ("nil@ornek.test", "technical", "Soru")
    put.refresh_from_db()
    assert (put.text, put.ticket) == ("", ticket), "its words lie on the ticket now"
    assert client.post(f"/panel/masa/postalar/{put.pk}/", {"queue": "technical"}).status_code == 404


def test_a_letter_is_put_away(client, derya):
    take(letter(words="Reklam"))
    client.force_login(derya)
    client.post(f"/panel/masa/postalar/{Letter.objects.get().pk}/", {"dismiss": "1"})
    assert Letter.objects.get().text == ""
    assert not Letter.objects.waiting().exists()


def test_guests_are_forgotten_a_year_after_the_end(derya):
    now = timezone.now()
    ticket = support.ticket(guest_email="nil@ornek.test", guest_name="Nil", words="Kanarya", now=now)
    talking.answer(ticket=ticket, words="Kanarya", by=derya, then="solved", now=now)
    from support.services import ending

    closed = now + timedelta(days=7)
    ending.close_old(now=closed)
    link = addresses.guest_url(ticket)
    assert forgetting.forget_guests(now=closed + timedelta(days=364)) == 0
    assert forgetting.forget_guests(now=closed + timedelta(days=365)) == 1
    assert forgetting.forget_guests(now=closed + timedelta(days=365)) == 0
    ticket.refresh_from_db()
    assert (ticket.guest_email, ticket.guest_name, ticket.subject, ticket.haystack) == ("", "", "—", "")
    assert set(ticket.messages.values_list("text", flat=True)) == {"—"}
    from django.test import Client

    assert Client().get(link).status_code == 404


def test_letters_nobody_wanted_go_after_a_month():
    take(letter(words="Kanarya"))
    incoming.forget_letters(now=timezone.now() + timedelta(days=31))
    assert Letter.objects.get().text == ""
    incoming.forget_letters(now=timezone.now() + timedelta(days=91))
    assert not Letter.objects.exists()


def test_a_reply_to_a_joined_ticket_arrives_where_the_talk_goes_on(ayse, derya):
    from support.services import sorting

    old, kept = support.ticket(ayse), support.ticket(ayse)
    sorting.merge(ticket=old, into=kept, by=derya, now=timezone.now())
    take(letter(old, "Eski adrese yazdım"))
    assert words(kept) == ["Eski adrese yazdım"]


class FakeServer:
    """What imaplib gives for two letters, one of them too large."""

    def __init__(self, *_, **__):
        self.seen = []

    def login(self, *_):
        return "OK", []

    def select(self, *_):
        return "OK", [b"2"]

    def logout(self):
        return "BYE", []

    def uid(self, verb, number=None, part=None, *rest):
        if verb == "SEARCH":
            return "OK", [b"7 8"]
        if verb == "STORE":
            self.seen.append(number)
            return "OK", [None]
        if part == "(RFC822.SIZE)":
            size = mailbox.LARGEST + 1 if number == b"8" else 100
            return "OK", [b"1 (UID 7 RFC822.SIZE %d)" % size]
        return "OK", [(b"1 (UID 7 BODY[] {5}", f"Subject: {part}\n\nx".encode()), b")"]


def test_imap_reads_whole_letters_and_the_head_of_large_ones(settings, monkeypatch):
    from support.mailbox import imap

    settings.SUPPORT_IMAP_URL = "imaps://destek%40diji.vet:gizli@posta.test/Gelen"
    monkeypatch.setattr(imap.imaplib, "IMAP4_SSL", FakeServer)
    box = imap.Imap()
    raws = list(box.fetch(10))
    assert [(raw.key, raw.is_too_large) for raw in raws] == [("7", False), ("8", True)]
    assert b"HEADER" in raws[1].content
    box.done(raws[0])
    assert box.server.seen == ["7"]


def test_imap_without_encryption_is_refused(settings):
    from support.mailbox import imap

    settings.SUPPORT_IMAP_URL = "imap://destek:gizli@posta.test"
    with pytest.raises(imap.ImapError):
        imap.Imap()
