"""Ask, confirm, change, stop, take back: each with evidence, none with a leak."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import queries as accounts
from accounts import services as account_services
from core import bounces, journal
from core.audiences import Audience
from core.models import Line, Mail
from newsletter import consent, permission, rules, services
from newsletter.errors import LinkIsOver, TooLateToUndo
from newsletter.models import ConsentText, Evidence, Subscription
from newsletter.services import subscribing
from tests.factories import newsletter as make

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def kinds(row: Subscription) -> list[str]:
    return list(row.evidence.values_list("kind", flat=True))


def test_asking_sends_a_link_and_subscribes_nobody():
    row = make.asked("Deniz@Ornek.test")
    assert (row.email, row.status, row.is_active) == ("deniz@ornek.test", "pending", False)
    assert row.token_hash
    assert row.token_hash not in make.token_of(row)
    assert kinds(row) == ["asked"]
    assert not permission.may_write_to(row.email)


def test_the_press_confirms_and_the_reader_is_told_the_same_day():
    row = make.reader("deniz@ornek.test", in_iys=False)
    confirmed = row.evidence.get(kind="confirmed")
    assert row.is_active
    assert not row.token_hash
    assert confirmed.text.sha256 == consent.words("tr").sha256
    assert (confirmed.source, confirmed.ip) == ("/bulten/", "203.0.113.7")
    welcome = Mail.objects.get(template="newsletter/welcome")
    assert "/bulten/ayril/" in welcome.text
    assert row.iys_changes.get().state == "ONAY"
    assert Line.objects.filter(name="newsletter.confirmed").count() == 1


def test_a_link_confirms_once_and_for_three_days():
    row = make.asked("deniz@ornek.test", now=NOW)
    token = make.token_of(row)
    late = NOW + rules.TOKEN_LIFE
    with pytest.raises(LinkIsOver):
        services.confirm(token=token, where=make.PAGE, now=late)
    services.confirm(token=token, where=make.PAGE, now=late - timedelta(seconds=1))
    with pytest.raises(LinkIsOver):
        services.confirm(token=token, where=make.PAGE, now=NOW)


def test_a_newer_link_replaces_the_older():
    row = make.asked("deniz@ornek.test")
    old = make.token_of(row)
    make.asked("deniz@ornek.test")
    with pytest.raises(LinkIsOver):
        services.confirm(token=old, where=make.PAGE, now=timezone.now())
    assert services.confirm(token=make.token_of(row), where=make.PAGE, now=timezone.now()).is_active


def test_an_address_gets_three_links_a_day():
    for _ in range(rules.ADDRESS_PER_DAY):
        make.asked("deniz@ornek.test")
    assert services.ask(email="deniz@ornek.test", audiences=[], where=make.PAGE, now=timezone.now()) is None
    assert Mail.objects.count() == rules.ADDRESS_PER_DAY


def test_who_has_it_already_is_told_by_mail_and_nothing_changes():
    row = make.reader("deniz@ornek.test", audiences=["owner"])
    make.asked("deniz@ornek.test", audiences=["clinic"])
    row.refresh_from_db()
    assert (row.is_active, row.audiences, row.token_hash) == (True, ["owner"], "")
    assert Mail.objects.filter(template="newsletter/already").count() == 1


@pytest.mark.parametrize(
    "email",
    ["deniz@ornek.test\nBcc: x@ornek.test", "deniz", "a@b@", "ılker@ornek.test", '"a b"@ornek.test', ""],
)
def test_what_is_no_address_is_refused(email):
    with pytest.raises(ValidationError):
        services.ask(email=email, audiences=Audience.values, where=make.PAGE, now=NOW)
    assert not Subscription.objects.exists()


def test_the_database_refuses_wrong_states():
    row = make.asked("deniz@ornek.test")
    for values in (
        {"status": "active"},
        {"status": "stopped"},
        {"status": "sleeping"},
        {"email": "Deniz@ornek.test"},
        {"email": "deniz@ornek.test\nBcc: x"},
        {"token_until": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Subscription.objects.filter(pk=row.pk).update(**values)


def test_evidence_and_words_are_written_once():
    make.asked("deniz@ornek.test")
    for act in (
        lambda: Evidence.objects.update(ip="203.0.113.9"),
        lambda: ConsentText.objects.update(text="Başka"),
        lambda: ConsentText.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_new_words_are_a_new_version(monkeypatch):
    first = consent.version("tr", now=NOW)
    assert consent.version("tr", now=NOW) == first
    assert consent.version("en", now=NOW).number == 1
    new = consent.purposes.Purpose(consent.PURPOSE.code, "Başka", "Başka sözler")
    monkeypatch.setattr(consent, "PURPOSE", new)
    assert consent.version("tr", now=NOW).number == 2


def test_stopping_holds_at_once_and_may_be_said_again():
    row = make.reader("deniz@ornek.test")
    assert permission.may_write_to(row.email)
    assert services.stop(subscription=row, where=make.PAGE, now=timezone.now())
    assert not permission.may_write_to(row.email)
    assert not services.stop(subscription=row, where=make.PAGE, now=timezone.now())
    assert kinds(row) == ["asked", "confirmed", "stopped"]
    assert list(row.iys_changes.values_list("state", flat=True)) == ["ONAY", "RET"]


def test_a_stop_is_taken_back_within_the_hour():
    row = make.reader("deniz@ornek.test", now=NOW)
    services.stop(subscription=row, where=make.PAGE, now=NOW)
    with pytest.raises(TooLateToUndo):
        services.undo_stop(subscription=row, where=make.PAGE, now=NOW + rules.UNDO)
    services.undo_stop(subscription=row, where=make.PAGE, now=NOW + rules.UNDO - timedelta(seconds=1))
    row.refresh_from_db()
    assert row.is_active
    assert row.iys_at is None, "İYS has to hear of it before anything is sent"
    assert kinds(row)[-1] == "returned"


def test_what_iys_has_ended_is_not_taken_back():
    row = make.reader("deniz@ornek.test", now=NOW)
    at_iys = services.Where(source=subscribing.BY_IYS, locale="tr")
    services.stop(subscription=row, where=at_iys, now=NOW)
    assert row.iys_changes.count() == 1, "İYS knows already"
    with pytest.raises(TooLateToUndo):
        services.undo_stop(subscription=row, where=make.PAGE, now=NOW)


def test_the_account_shows_the_consent_and_takes_it_back(ayse):
    row = make.reader(ayse.email)
    assert accounts.consent_in_force(ayse, "newsletter.email").state == "given"
    account_services.withdraw_consent(
        user=ayse, purpose="newsletter.email", now=timezone.now(), evidence={"path": "/panel/onaylar/"}
    )
    assert not permission.may_write_to(row.email), "not even before the worker has read the line"
    journal.sweep()
    row.refresh_from_db()
    assert row.status == "stopped"


def test_a_stop_by_link_takes_the_consent_in_the_account_back(ayse):
    row = make.reader(ayse.email)
    services.stop(subscription=row, where=make.PAGE, now=timezone.now())
    assert accounts.consent_in_force(ayse, "newsletter.email").state == "withdrawn"


def test_a_consent_given_in_the_account_is_confirmed_by_mail(ayse):
    evidence = {"path": "/panel/onaylar/", "ip": "203.0.113.7"}
    account_services.give_consent(user=ayse, purpose=consent.PURPOSE, now=timezone.now(), evidence=evidence)
    journal.sweep()
    row = Subscription.objects.get(email=ayse.email)
    assert row.status == "pending"
    assert not permission.may_write_to(row.email)
    services.confirm(token=make.token_of(row), where=make.PAGE, now=timezone.now())
    make.leave_queue()
    assert Mail.objects.filter(template__startswith="newsletter/").count() == 2


def test_another_consent_says_nothing_about_the_newsletter(ayse):
    other = consent.purposes.Purpose("offers.sms", "Kampanya", "SMS ile")
    account_services.give_consent(user=ayse, purpose=other, now=NOW, evidence={})
    journal.sweep()
    assert not Subscription.objects.exists()
    assert not permission.may_write_to(ayse.email)


def test_who_closes_her_account_gets_no_newsletter_from_that_day(ayse):
    row = make.reader(ayse.email)
    account_services.begin_closing(user=ayse, by=ayse, now=timezone.now())
    journal.sweep()
    row.refresh_from_db()
    assert row.status == "stopped"


def test_a_dead_address_gets_nothing():
    row = make.reader("deniz@ornek.test")
    bounces.suppress(row.email, now=NOW)
    assert not permission.may_write_to(row.email)
    before = len(outbox.outbox)
    make.asked(row.email)
    journal.sweep()
    assert len(outbox.outbox) == before


def test_who_ended_it_before_confirming_is_forgotten_after_a_week():
    row = make.asked("a@ornek.test", now=NOW)
    services.stop(subscription=row, where=make.PAGE, now=NOW)
    assert services.forget_old(now=NOW + timedelta(days=6)) == 0
    assert services.forget_old(now=NOW + timedelta(days=8)) == 1


def test_forgetting():
    unconfirmed = make.asked("a@ornek.test", now=NOW)
    reader = make.reader("b@ornek.test", now=NOW)
    services.stop(subscription=reader, where=make.PAGE, now=NOW)
    back = make.reader("c@ornek.test", now=NOW)
    services.stop(subscription=back, where=make.PAGE, now=NOW)
    make.asked("c@ornek.test", now=NOW + timedelta(days=1))

    assert services.forget_old(now=NOW + rules.FORGET_UNCONFIRMED) == 0
    assert services.forget_old(now=NOW + timedelta(days=9)) == 1
    assert not Subscription.objects.filter(pk=unconfirmed.pk).exists()
    back.refresh_from_db()
    assert (back.status, back.ended_at) == ("stopped", back.evidence.get(kind="stopped").at)

    year = NOW.year + rules.KEEP_EVIDENCE_YEARS
    third = NOW.replace(year=year, day=min(NOW.day, 28))
    assert services.forget_old(now=third - timedelta(days=1)) == 0
    assert services.forget_old(now=third + timedelta(days=3)) == 2
    assert not Evidence.objects.exists()
