"""Goods come back: who may, until when, what it costs whom, and that nobody holds the money back."""

from __future__ import annotations

import threading
import uuid
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from oscar.core.loading import get_model

from commerce import locks, return_codes, return_rules
from commerce.after_errors import (
    AlreadyDisputed,
    NeedsEvidence,
    NothingChosen,
    NotReturnable,
    OwnBusiness,
    TooLate,
    TooMany,
)
from commerce.models import ReturnRequest
from commerce.return_states import FREE_AGAIN, RETURNS, ReturnStatus
from commerce.services import cancelling, returning
from core import journal
from core.models import Mail
from core.states import MoveRefused
from finance.models import Document, DocumentKind
from notifications.models import Notice
from payments.models import Refund
from payments.services.accounts import wallet
from tests.factories import after, commerce, sales

from .test_cancelling import race

pytestmark = pytest.mark.django_db

Line = get_model("order", "Line")
StockRecord = get_model("partner", "StockRecord")


@pytest.fixture
def shop(bora):
    sales.rate()
    return commerce.shop(bora)


@pytest.fixture
def good(shop):
    return commerce.product(price="33.35", stock=9, by=shop.partner)


@pytest.fixture
def parcel(ayse, good):
    return after.delivered(after.bought(ayse, (good, 3), delivery="49.90").parcels.get())


def line_of(parcel):
    return parcel.lines.get()


def accept(row, **more):
    return returning.accept(row=row, by=None, now=timezone.now(), **more)


def test_the_notice_counts_at_once_and_is_confirmed(parcel, bora, ayse):
    row = after.announced(parcel, {line_of(parcel).pk: 2})
    today = timezone.localdate()
    assert (row.status, row.code) == ("asked", return_codes.of(parcel))
    assert (row.send_by, row.refund_by) == (today + timedelta(days=10), today + timedelta(days=14))
    journal.sweep()
    mail = Mail.objects.get(template="commerce/return_asked")
    assert mail.to == ayse.email
    assert row.code in mail.text
    assert Notice.objects.filter(recipient=bora, kind="commerce.return_asked").count() == 1


def test_accepted_is_paid_back_at_once_to_the_kurus(ayse, parcel, good):
    line = line_of(parcel)
    row = after.arrived(after.announced(parcel, {line.pk: 1}))
    row = accept(row, restock=True)
    line.refresh_from_db()
    parcel.refresh_from_db()
    assert (row.amount, row.delivery, row.status) == (Decimal("33.35"), 0, "accepted")
    assert (line.returned, parcel.status, parcel.refunded) == (1, "delivered", Decimal("33.35"))
    assert StockRecord.objects.get(product=good).num_in_stock == 7
    assert row.refund.reason == "withdrawn"
    assert Document.objects.get(user=ayse, kind=DocumentKind.CREDIT_NOTE).gross == Decimal("33.35")
    journal.sweep()
    row.refresh_from_db()
    assert row.status == ReturnStatus.REFUNDED


def test_all_back_in_parts_gives_everything_with_the_delivery(ayse, parcel):
    line = line_of(parcel)
    amounts = []
    for pieces in (1, 2):
        row = accept(after.arrived(after.announced(parcel, {line.pk: pieces})))
        amounts.append((row.amount, row.delivery))
    parcel.refresh_from_db()
    assert amounts == [(Decimal("33.35"), 0), (Decimal("116.60"), Decimal("49.90"))]
    assert (parcel.status, parcel.refunded) == ("returned", parcel.total)
    account = wallet(ayse)
    account.refresh_from_db()
    assert account.balance == parcel.total


def test_some_cancelled_the_rest_sent_back(ayse, good):
    parcel = after.bought(ayse, (good, 3), delivery="49.90").parcels.get()
    line = line_of(parcel)
    cancelling.cancel(parcel=parcel, pieces={line.pk: 1}, key="one", by=ayse, now=timezone.now())
    after.delivered(parcel)
    row = accept(after.arrived(after.announced(parcel)))
    parcel.refresh_from_db()
    assert (row.delivery, parcel.status, parcel.refunded) == (Decimal("49.90"), "returned", parcel.total)


def test_before_delivery_it_may_be_withdrawn_too(ayse, good):
    parcel = after.shipped(after.bought(ayse, (good, 1)).parcels.get())
    accept(after.arrived(after.announced(parcel)))
    parcel.refresh_from_db()
    assert parcel.status == "returned"
    assert parcel.delivered_at


def test_pressed_twice_is_one_return(parcel):
    one = after.announced(parcel, key="once")
    assert after.announced(parcel, {line_of(parcel).pk: 3}, key="once") == one
    assert ReturnRequest.objects.count() == 1


@pytest.mark.parametrize(("pieces", "error"), [(0, NothingChosen), (4, TooMany), (-1, TooMany)])
def test_only_pieces_that_are_there(parcel, pieces, error):
    with pytest.raises(error):
        after.announced(parcel, {line_of(parcel).pk: pieces})


def test_announced_pieces_are_not_announced_twice_until_they_are_free_again(parcel, ayse):
    line = line_of(parcel)
    row = after.announced(parcel, {line.pk: 2})
    with pytest.raises(TooMany):
        after.announced(parcel, {line.pk: 2})
    returning.take_back(row=row, by=ayse, now=timezone.now())
    assert row.status in FREE_AGAIN
    after.announced(parcel, {line.pk: 3})


def test_another_parcels_line_is_not_taken(parcel, deniz, good):
    other = after.delivered(after.bought(deniz, (good, 1)).parcels.get())
    with pytest.raises(TooMany):
        after.announced(parcel, {line_of(other).pk: 1})


def test_not_before_it_was_sent_and_not_after_fourteen_days(ayse, good, parcel):
    waiting = after.bought(ayse, (good, 1)).parcels.get()
    with pytest.raises(TooLate):
        after.announced(waiting)
    now = timezone.now()
    parcel.delivered_at = now - timedelta(days=14)
    parcel.save()
    assert return_rules.is_open(parcel, now)
    parcel.delivered_at = now - timedelta(days=15)
    parcel.save()
    with pytest.raises(TooLate):
        after.announced(parcel)


@pytest.mark.parametrize(
    ("withdrawal", "ground", "may"),
    [
        ("allowed", "withdrawal", True),
        ("perishable", "withdrawal", False),
        ("made_to_measure", "withdrawal", False),
        ("periodical", "withdrawal", False),
        ("hygiene", "withdrawal", True),  # as long as its seal is whole; the form asks
        ("media", "withdrawal", True),
        ("perishable", "damaged", True),
        ("made_to_measure", "wrong", True),
    ],
)
def test_what_cannot_be_withdrawn_says_why(parcel, withdrawal, ground, may):
    Line.objects.update(withdrawal=withdrawal)
    if may:
        assert after.announced(parcel, ground=ground)
        return
    with pytest.raises(NotReturnable) as refused:
        after.announced(parcel, ground=ground)
    assert str(refused.value.message) == line_of(parcel).get_withdrawal_display()


def test_a_silent_seller_pays_on_the_evening_of_the_arrival(parcel):
    at = datetime(2026, 12, 1, 10, tzinfo=ZoneInfo("Europe/Istanbul"))
    row = after.arrived(after.announced(parcel), now=at)
    assert returning.sweep(now=at.replace(hour=20, minute=59)) == 0
    assert returning.sweep(now=at.replace(hour=21)) == 1
    assert returning.sweep(now=at.replace(hour=22)) == 0
    row.refresh_from_db()
    assert (row.status, row.decided_by, row.is_restocked) == ("accepted", None, None)
    assert Refund.objects.count() == 1


def test_arrived_late_in_the_evening_is_still_that_day(parcel):
    at = datetime(2026, 12, 1, 22, 50, tzinfo=ZoneInfo("Europe/Istanbul"))
    row = after.arrived(after.announced(parcel), now=at)
    assert timezone.localdate(row.act_at) == at.date()


def test_sent_and_nobody_answers_pays_after_five_days(parcel, ayse):
    row, now = after.announced(parcel), timezone.now()
    returning.send(row=row, carrier="Yurtiçi Kargo", tracking="903118472610", by=ayse, now=now)
    assert returning.sweep(now=now + timedelta(days=4, hours=23)) == 0
    assert returning.sweep(now=now + timedelta(days=5)) == 1
    row.refresh_from_db()
    assert row.status == "accepted"


def test_the_law_is_never_missed_when_it_was_sent(parcel, ayse):
    row, now = after.announced(parcel), timezone.now()
    late = now + timedelta(days=12)
    returning.send(row=row, carrier="Yurtiçi Kargo", tracking="903118472610", by=ayse, now=late)
    assert timezone.localdate(row.act_at) <= row.refund_by


def test_money_never_waits_for_the_sellers_balance(parcel, shop):
    """What the seller earned has left its account: it owes us, the buyer has hers."""
    from commerce import money_back
    from finance import ledger
    from finance import services as books
    from finance.models import AccountKind
    from payments.services import accounts

    books.earn(line=money_back.item_of(parcel).line, now=timezone.now())
    held = ledger.account(AccountKind.SELLER_PAYABLE, business=shop)
    held.refresh_from_db()
    legs = [(held, -held.balance), (accounts.passing("TRY"), held.balance)]
    ledger.post(key="gone", kind="gift", legs=legs, now=timezone.now())
    row = accept(after.arrived(after.announced(parcel)))
    assert row.amount == parcel.total
    held.refresh_from_db()
    assert held.balance < 0


def test_never_sent_is_reminded_once_then_closed_and_may_still_arrive(parcel):
    row, now = after.announced(parcel), timezone.now()
    assert returning.sweep(now=now + timedelta(days=7)) == 1
    assert returning.sweep(now=now + timedelta(days=8)) == 0
    journal.sweep()
    assert Mail.objects.filter(template="commerce/return_remind").count() == 1
    assert returning.sweep(now=now + timedelta(days=31)) == 1
    row.refresh_from_db()
    assert (row.status, row.act_at) == ("lapsed", None)
    assert accept(after.arrived(row)).status == "accepted"


def test_refusing_needs_words_and_a_picture(parcel, bora):
    row = after.arrived(after.announced(parcel))
    facts = {"reason": "damaged", "by": bora, "now": timezone.now()}
    for words, photos in (("", [after.picture()]), ("Kırık", [])):
        with pytest.raises(NeedsEvidence):
            returning.refuse(row=row, words=words, photos=photos, **facts)
    row.refresh_from_db()
    assert row.status == "arrived"


def test_what_did_not_arrive_cannot_be_refused(parcel, bora):
    row = after.announced(parcel)
    with pytest.raises(MoveRefused):
        returning.refuse(
            row=row, reason="damaged", words="Yok", photos=[after.picture()], by=bora, now=timezone.now()
        )


@pytest.fixture
def disputed(parcel, bora, ayse):
    row = after.refused(after.announced(parcel), bora)
    returning.dispute(row=row, words="Kutuyu hiç açmadım.", by=ayse, now=timezone.now())
    row.refresh_from_db()
    return row


def test_a_dispute_is_decided_once_by_somebody_else(disputed, bora, ayse, admin, cem):
    now = timezone.now()
    parcels = type(disputed.parcel).objects.all()
    assert return_rules.has_open(disputed.parcel)
    assert not return_rules.without_open(parcels).exists()
    with pytest.raises(AlreadyDisputed):
        returning.dispute(row=disputed, words="Yine", by=ayse, now=now)
    for side in (bora, ayse):
        with pytest.raises(OwnBusiness):
            returning.decide(row=disputed, decision="buyer", words="x", by=side, now=now)
    returning.decide(row=disputed, decision="buyer", words="Fotoğraf başka bir ürüne ait.", by=admin, now=now)
    with pytest.raises(AlreadyDisputed):
        returning.decide(row=disputed, decision="seller", words="x", by=cem, now=now)
    disputed.refresh_from_db()
    assert (disputed.status, disputed.decision, disputed.decision_by) == ("accepted", "buyer", admin)
    journal.sweep()
    assert Mail.objects.filter(template="commerce/return_decided").count() == 1
    assert not return_rules.has_open(disputed.parcel)
    assert return_rules.without_open(parcels).exists()


def test_a_refusal_that_stands_gives_nothing_back(disputed, admin):
    returning.decide(
        row=disputed, decision="seller", words="Yarısı kullanılmış.", by=admin, now=timezone.now()
    )
    disputed.refresh_from_db()
    assert (disputed.status, disputed.amount, Refund.objects.count()) == ("refused", None, 0)
    assert line_of(disputed.parcel).returned == 0


def test_guests_return_without_an_account(good):
    """Her order has no person; its link is signed, its mail goes to the address she gave."""
    from commerce import after_links

    order = commerce.placed(None, (good, 1), guest_email="konuk@ornek.test")
    parcel = order.parcels.get()
    type(parcel).objects.update(paid_at=timezone.now(), status="new")
    parcel.refresh_from_db()
    after.delivered(parcel)
    row = after.announced(parcel, by=None)
    journal.sweep()
    mail = Mail.objects.get(template="commerce/return_asked")
    assert mail.to == "konuk@ornek.test"
    assert after_links.key(row) in mail.text


def test_codes_are_short_and_of_the_parcel(parcel):
    code = return_codes.of(parcel)
    assert len(code) == 4
    assert set(code) <= set(return_codes.SIGNS)
    assert return_codes.read(f" {code.lower()[:2]}-{code[2:]} ") == code


def test_every_move_is_in_the_table():
    for source in ReturnStatus:
        for target in ReturnStatus:
            if RETURNS.allows(source, target):
                assert source != target
    assert not any(RETURNS.allows(ReturnStatus.REFUNDED, one) for one in ReturnStatus)
    assert not any(RETURNS.allows(ReturnStatus.TAKEN_BACK, one) for one in ReturnStatus)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"status": "lost"}, "return_has_a_known_state"),
        ({"status": "arrived"}, "arrived_return_says_when"),
        ({"status": "sent"}, "sent_return_says_when"),
        ({"status": "refused", "arrived_at": "2026-01-01T00:00Z"}, "return_is_refused_for_a_named_reason"),
        ({"status": "accepted", "amount": "5"}, "accepted_return_gives_money_back"),
        ({"status": "accepted"}, "accepted_return_gives_money_back"),
        ({"decision": "buyer"}, "decision_says_when_and_why"),
    ],
)
def test_the_database_refuses_wrong_returns(parcel, change, name):
    after.announced(parcel)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ReturnRequest.objects.update(**change)


def test_the_database_keeps_pieces_within_their_line(parcel):
    with pytest.raises(IntegrityError, match="line_gives_back_what_it_had"), transaction.atomic():
        Line.objects.update(returned=2, cancelled=2)


@pytest.mark.django_db(transaction=True)
def test_seller_and_sweeper_at_once_pay_once(parcel, bora):
    row = after.arrived(after.announced(parcel))
    later = timezone.now() + timedelta(days=1)
    outcomes = race(
        lambda: returning.accept(row=row, by=bora, now=timezone.now()), lambda: returning.sweep(now=later)
    )
    assert Refund.objects.count() == 1, outcomes
    assert line_of(parcel).returned == 3


@pytest.mark.django_db(transaction=True)
def test_two_announcements_at_once_do_not_share_a_piece(parcel):
    line = line_of(parcel)
    outcomes = race(*[lambda: after.announced(parcel, {line.pk: 2}) for _ in range(2)])
    assert sum(isinstance(one, ReturnRequest) for one in outcomes) == 1, outcomes
    assert sum(isinstance(one, TooMany) for one in outcomes) == 1, outcomes


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_pieces_are_announced_twice(parcel, monkeypatch):
    """The guard switched off: both read before either has written."""
    from commerce.after_access import PARCELS

    line, both = line_of(parcel), threading.Barrier(2)
    real = returning._checked

    def together(*args):
        found = real(*args)
        both.wait(timeout=10)
        return found

    monkeypatch.setattr(locks, "parcel", lambda pk, with_stock=False: PARCELS.get(pk=pk))
    monkeypatch.setattr(returning, "_checked", together)
    outcomes = race(*[lambda: after.announced(parcel, {line.pk: 2}) for _ in range(2)])
    assert sum(isinstance(one, ReturnRequest) for one in outcomes) == 2, outcomes


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("point", ["before_refund_decided"])
def test_killed_in_the_middle_the_refund_happens_once(parcel, settings, point):
    """The process dies between money and commit: nothing of it stays, and the next one does it."""
    import os

    row = after.arrived(after.announced(parcel))
    later = timezone.now() + timedelta(days=1)
    connection.close()
    child = os.fork()
    if child == 0:
        settings.CRASH_AT = point
        try:
            returning.sweep(now=later)
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    row.refresh_from_db()
    assert (row.status, Refund.objects.count()) == ("arrived", 0)
    assert returning.sweep(now=later) == 1
    assert returning.sweep(now=later) == 0
    row.refresh_from_db()
    assert (row.status, Refund.objects.count()) == ("accepted", 1)
    assert uuid.UUID(Refund.objects.get().key.removeprefix("return ")) == row.public_id
