"""With the switch on each new document is one mail that carries its PDF."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone

from core import journal
from core.models import Mail
from finance.documents import files, mails
from finance.errors import NoAddress
from finance.models import DocumentMails
from tests.factories import teams
from tests.factories.finance import invoice

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture
def shop(bora):
    return teams.verified(bora, email="muhasebe@ornek.test")


def sent_to() -> list[str]:
    for _round in range(4):
        journal.sweep(now=NOW() + timedelta(seconds=1))
    return sorted(Mail.objects.filter(template=mails.TEMPLATE).values_list("to", flat=True))


def test_off_means_no_mail(shop, ayse):
    invoice(shop, ayse)
    assert sent_to() == []


def test_one_mail_for_each_document_with_its_pdf(shop, ayse):
    mails.switch(on=True, user=ayse, now=NOW())
    first, second = invoice(shop, ayse), invoice(shop, ayse)
    assert sent_to() == [ayse.email] * 2
    for made in (first, second):
        made.refresh_from_db()
        mails.send(document=made, now=NOW())
    assert len(sent_to()) == 2
    name, content, kind = outbox.outbox[0].attachments[0]
    assert (name, content[:4], kind) == (first.file_name, b"%PDF", "application/pdf")
    assert first.number in outbox.outbox[0].subject
    assert not Mail.objects.exclude(files=[]).exists()


def test_a_business_has_a_switch_of_its_own(shop, bora, ayse):
    mails.switch(on=True, user=bora, business=shop, now=NOW())
    invoice(shop, ayse)
    assert sent_to() == ["muhasebe@ornek.test"]
    mails.switch(on=True, user=ayse, now=NOW())
    invoice(shop, ayse)
    assert sent_to() == [ayse.email, "muhasebe@ornek.test", "muhasebe@ornek.test"]


def test_older_documents_are_not_sent(shop, ayse):
    old = invoice(shop, ayse)
    mails.switch(on=True, user=ayse, now=NOW())
    files.make(document=old, now=NOW())
    assert sent_to() == []


def test_switched_off_again(shop, ayse):
    mails.switch(on=True, user=ayse, now=NOW())
    mails.switch(on=False, user=ayse, now=NOW())
    invoice(shop, ayse)
    assert (sent_to(), DocumentMails.objects.count()) == ([], 0)


def test_a_business_without_address_cannot_switch_it_on(bora):
    with pytest.raises(NoAddress):
        mails.switch(on=True, user=bora, business=teams.verified(bora), now=NOW())


def test_the_mail_speaks_the_language_of_its_reader(shop, ayse):
    ayse.locale = "en"
    ayse.save()
    mails.switch(on=True, user=ayse, now=NOW())
    invoice(shop, ayse)
    sent_to()
    assert outbox.outbox[0].subject.startswith("Invoice IHL")
    assert "/en/panel/finans/belgeler/?donem=aralik" in outbox.outbox[0].body
