"""A guest asks from an empty search; the desk answers; mails go to and fro; the guest rates."""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.utils import make_msgid
from typing import Any

import pytest

from dijivet.settings import dev
from support.mailbox.maildir import Maildir
from support.models import Ticket
from support.services import incoming
from tests.stack import wait_for

pytestmark = pytest.mark.browser
GUEST = "misafir.destek@ornek.test"


def mails_to(stack: Any, address: str) -> list[Any]:
    return [mail for mail in stack.postbox.messages if address in str(mail["To"])]


def plain(mail: Any) -> str:
    return mail.get_body(("plain",)).get_content()


def reply(mail: Any, words: str) -> bytes:
    letter = EmailMessage()
    letter["From"], letter["To"] = GUEST, str(mail["Reply-To"])
    letter["Subject"], letter["Message-ID"] = f"Re: {mail['Subject']}", make_msgid(domain="ornek.test")
    letter["In-Reply-To"] = str(mail["Message-ID"])
    letter.set_content(f"{words}\n\nDiji.vet <destek@diji.vet> şunu yazdı:\n> {plain(mail)[:80]}\n")
    return letter.as_bytes()


def test_a_guest_from_an_empty_search_to_the_rating(visit, stack, settings, tmp_path):
    from django.utils import timezone

    guest = visit(width=390)
    page = guest.go("/yardim/ara/?q=zurafam+hapsirdi")
    page.get_by_role("link", name="Destek bir mesaj uzağında").click()
    assert page.input_value("[name=subject]") == "zurafam hapsirdi"
    guest.keep_picture("destek-yeni")
    page.fill("[name=words]", "Üç kez üst üste.")
    page.fill("[name=email]", GUEST)
    page.get_by_role("button", name="gönder").click()
    page.wait_for_url(re.compile("/destek/alindi/"))
    reference = page.url.rstrip("/").rpartition("/")[2]
    guest.keep_picture("destek-alindi")
    wait_for(lambda: mails_to(stack, GUEST), 60, "the receipt")

    desk = visit()
    desk.sign_in("destek@ornek.test")
    page = desk.go("/panel/masa/hepsi/?q=zurafam")
    page.get_by_role("link", name="zurafam hapsirdi").click()
    page.fill("[name=words]", "Merhaba, ateşi var mı?")
    desk.keep_picture("destek-masasi")
    page.get_by_role("button", name="Yanıtla", exact=True).click()
    page.get_by_text("Yanıtın yolda.").wait_for()
    wait_for(lambda: len(mails_to(stack, GUEST)) > 1, 60, "the answer")
    answer = mails_to(stack, GUEST)[-1]
    assert "ateşi var mı?" in plain(answer)

    settings.SUPPORT_MAILDIR = tmp_path / "posta"
    settings.SECRET_KEY = dev.SECRET_KEY  # the stack that signed the address runs with this one
    Maildir.drop(reply(answer, "Ateşi yok, iyileşti."))
    assert incoming.read_mailbox(now=timezone.now()) == 1
    ticket = Ticket.objects.get(reference=reference)
    assert ticket.status == "open"

    page = desk.go(f"/panel/masa/{reference}/")
    page.get_by_text("Ateşi yok, iyileşti.").wait_for()
    assert "şunu yazdı" not in page.content()
    page.fill("[name=words]", "Sevindim, geçmiş olsun.")
    page.select_option("[name=then]", "solved")
    page.get_by_role("button", name="Yanıtla", exact=True).click()
    page.get_by_text("Yanıtın yolda.").wait_for()
    wait_for(lambda: len(mails_to(stack, GUEST)) > 2, 60, "the last answer")

    link = re.search(r"/destek/puan/\S+", plain(mails_to(stack, GUEST)[-1]))[0]
    page = guest.go(link)
    page.get_by_text("Çok iyi").click()
    page.get_by_role("button", name="Puanı gönder").click()
    page.get_by_text("5 üzerinden 5 verdin").wait_for()
    guest.keep_picture("destek-puan")
    assert ticket.rating.score == 5
