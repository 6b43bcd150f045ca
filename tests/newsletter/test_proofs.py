"""The proof sees a mail without a yes, a missing month and mails of which nobody knows."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from core import proofs
from newsletter import services
from newsletter.models import Delivery, Issue
from newsletter.services import assembling
from tests.factories import newsletter as make

pytestmark = pytest.mark.django_db
CODE = "newsletter.to_confirmed_once"


@pytest.fixture
def sent(post, author, releaser) -> Issue:
    month = assembling.month_before(timezone.localdate())
    long_ago = timezone.now() - timedelta(minutes=5)
    for name in ("a", "b"):
        make.reader(f"{name}@ornek.test", now=long_ago)
    issue = make.released(make.issue(post, month=month), author=author, releaser=releaser)
    make.send_all()
    return issue


def test_it_holds(sent):
    result = proofs.examine(CODE)
    assert result.state == "ok"
    assert "2" in str(result.public)


def test_nothing_sent_yet_is_no_fault():
    assert proofs.examine(CODE).state == "ok"


def test_a_mail_without_a_yes_is_seen(sent):
    sent.deliveries.filter(pk=sent.deliveries.first().pk).update(
        claimed_at=timezone.now() - timedelta(days=1)
    )
    assert proofs.examine(CODE).state == "failed"


def test_a_mail_after_the_stop_is_seen(sent):
    row = sent.deliveries.first().subscription
    services.stop(subscription=row, where=make.PAGE, now=timezone.now())
    assert proofs.examine(CODE).state == "ok", "it had left before"
    Delivery.objects.filter(subscription=row).update(claimed_at=timezone.now())
    assert proofs.examine(CODE).state == "failed"


def test_unknown_mails_are_told(sent):
    sent.deliveries.update(status="unknown")
    assert proofs.examine(CODE).state == "degraded"


def test_a_missing_month_is_seen(sent):
    following = (timezone.now().replace(day=1) + timedelta(days=32)).replace(day=1, hour=12)
    with time_machine.travel(following):
        assert proofs.examine(CODE).state == "failed"
        services.assemble(now=timezone.now())
        assert proofs.examine(CODE).state == "ok"
