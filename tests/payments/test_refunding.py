"""Money going back: by source, once, on the same day, and never silently stuck."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.models import Line
from core.states import MoveRefused
from finance.errors import NotEnough
from finance.models import AccountKind
from payments import events, services
from payments.errors import KeyTaken, NotPaidYet, SecondPerson, TooMuchBack
from payments.models import Attempt, Reason, RefundPart
from payments.states import RefundStatus
from tests.core.rivals import at_once

from .things import fill_wallet, nothing_under_way, stands, thing

pytestmark = pytest.mark.django_db
D = Decimal
ISTANBUL = ZoneInfo("Europe/Istanbul")


def back(item, amount, key="r1", now=None, **more):
    given = {"reason": Reason.CANCELLED, "by": None, "now": now or timezone.now()} | more
    return services.refund_item(key=key, item=item, amount=D(amount), **given)


def alarms() -> int:
    return Line.objects.filter(name=events.REFUND_WITH_PERSON).count()


def test_a_card_gets_its_money_back(till, shelf):
    item = till.paid("120").items.get()
    refund = back(item, "120")
    part = refund.parts.get()
    assert (part.status, stands(AccountKind.TRANSIT)) == (RefundStatus.REQUESTED, 120)

    services.send_due(now=till.now + timedelta(minutes=1))

    part.refresh_from_db()
    assert (part.status, part.is_void) == (RefundStatus.SUCCEEDED, True)
    assert till.provider.total == stands(AccountKind.CLEARING, name="scripted") == 0
    assert nothing_under_way()
    assert shelf.heard[-1][0] == "refunded"
    assert Line.objects.filter(name=events.REFUND_SENT).count() == 1


def test_the_wallet_has_it_at_once(till, ayse):
    fill_wallet(ayse, "120", till.now)
    payment = till.start("120")
    till.choose(payment, "120", "wallet", "wallet")
    refund = back(payment.items.get(), "50")
    assert refund.parts.get().status == RefundStatus.SUCCEEDED
    assert stands(AccountKind.WALLET, user=ayse) == 50
    assert nothing_under_way()


def test_a_mixed_payment_goes_back_by_source_the_wallet_first(till, ayse):
    fill_wallet(ayse, "50", till.now)
    item = till.paid("120", wallet="50").items.get()
    first = {part.attempt_id is None: part.amount for part in back(item, "30", "a").parts.all()}
    second = {part.attempt_id is None: part.amount for part in back(item, "90", "b").parts.all()}
    assert (first, second) == ({True: 30}, {True: 20, False: 70})
    assert stands(AccountKind.WALLET, user=ayse) == 50
    services.send_due(now=timezone.now())
    assert nothing_under_way()
    assert till.provider.total == 0


def test_never_more_than_was_paid(till):
    item = till.paid("120").items.get()
    back(item, "100", "a")
    with pytest.raises(TooMuchBack):
        back(item, "20.01", "b")
    with pytest.raises(TooMuchBack):
        back(item, "0", "c")


def test_the_same_key_gives_back_once(till):
    item = till.paid("120").items.get()
    assert back(item, "50").pk == back(item, "50").pk
    with pytest.raises(KeyTaken):
        back(item, "60")


def test_what_was_not_paid_does_not_go_back(till):
    with pytest.raises(NotPaidYet):
        back(till.start("120").items.get(), "10")


def test_a_top_up_goes_back_while_the_wallet_holds_it(till, ayse):
    payment = services.start_payment(
        key="t", payables=[thing(ayse, "100", till.now)], payer=ayse, now=till.now
    )
    till.pay(till.choose(payment))
    item = payment.items.get()
    item.refresh_from_db()
    back(item, "100")
    assert stands(AccountKind.WALLET, user=ayse) == 0
    services.send_due(now=timezone.now())
    assert nothing_under_way()


def test_a_top_up_that_was_spent_stays(till, ayse):
    payment = services.start_payment(
        key="t", payables=[thing(ayse, "100", till.now)], payer=ayse, now=till.now
    )
    till.pay(till.choose(payment))
    till.choose(till.start("60"), "60", "wallet", "wallet")
    with pytest.raises(NotEnough), transaction.atomic():
        back(payment.items.get(), "100")


# --- The provider's answers -----------------------------------------------------------------


def test_a_void_that_comes_too_late_becomes_a_refund(till):
    item = till.paid("120").items.get()
    part = back(item, "120").parts.get()
    till.provider.at_refund = "void"
    services.send_due(now=timezone.now())
    services.send_due(now=timezone.now())
    part.refresh_from_db()
    assert (part.status, part.is_void) == (RefundStatus.SUCCEEDED, False)
    assert [verb for verb, _order in till.provider.calls] == ["void", "refund"]


def test_a_part_or_another_day_is_no_void(till):
    item = till.paid("120").items.get()
    back(item, "50")
    services.send_due(now=timezone.now())
    Attempt.objects.update(captured_at=till.now - timedelta(days=1))
    assert [verb for verb, _order in till.provider.calls] == ["refund"]


def test_a_refusal_is_given_to_a_person_at_once_and_tried_again(till, admin):
    item = till.paid("120").items.get()
    part = back(item, "50").parts.get()
    till.provider.at_refund = "refused"
    services.send_due(now=timezone.now())
    part.refresh_from_db()
    assert (part.status, part.reason, part.act_at) == (RefundStatus.FAILED, "balance", None)
    assert (part.with_person_at is not None, alarms()) == (True, 1)

    till.provider.at_refund = ""
    services.try_again(part=part, by=admin, now=timezone.now())
    services.send_due(now=timezone.now())
    part.refresh_from_db()
    assert part.status == RefundStatus.SUCCEEDED


@pytest.mark.parametrize("silence", ["silent", "lost"])
def test_after_silence_it_is_asked_before_it_is_repeated(till, silence):
    """Done over there with the answer lost, or not done: it goes back once."""
    item = till.paid("120").items.get()
    part = back(item, "50").parts.get()
    till.provider.at_refund = silence
    services.send_due(now=till.now + timedelta(seconds=5))
    part.refresh_from_db()
    assert part.status == RefundStatus.UNKNOWN
    till.provider.at_refund = ""
    for minutes in (2, 3, 4, 5):
        services.send_due(now=till.now + timedelta(minutes=minutes))
    part.refresh_from_db()
    assert part.status == RefundStatus.SUCCEEDED
    assert till.provider.total == 70
    assert [verb for verb, _order in till.provider.calls][:2] == ["refund", "find_refund"]


def test_a_worker_that_died_in_between_is_not_repeated_blindly(till):
    item = till.paid("120").items.get()
    part = back(item, "50").parts.get()
    services.submitting._claim(part.pk, timezone.now())  # claimed, then killed
    services.send_due(now=timezone.now() + timedelta(minutes=2))
    services.send_due(now=timezone.now() + timedelta(minutes=2))
    assert [verb for verb, _order in till.provider.calls] == ["find_refund", "refund"]
    assert till.provider.total == 70


# --- The clock ------------------------------------------------------------------------------


def test_two_hours_of_silence_give_it_to_a_person_once(till):
    noon = datetime(2026, 11, 25, 12, tzinfo=ISTANBUL)
    item = till.paid("120").items.get()
    part = back(item, "50", now=noon).parts.get()
    till.provider.at_refund = till.provider.at_find = "silent"
    services.send_due(now=noon)
    assert services.watch(now=noon + timedelta(minutes=119)) == 0
    assert [services.watch(now=noon + timedelta(minutes=120 + more)) for more in (0, 1)] == [1, 0]
    part.refresh_from_db()
    assert part.with_person_at == noon + timedelta(hours=2)


def test_in_the_evening_a_person_has_it_the_same_day(till):
    evening = datetime(2026, 11, 25, 23, 20, tzinfo=ISTANBUL)
    item = till.paid("120").items.get()
    part = back(item, "50", now=evening).parts.get()
    till.provider.at_refund = till.provider.at_find = "silent"
    services.send_due(now=evening)
    assert services.watch(now=evening + timedelta(minutes=9)) == 0
    assert services.watch(now=evening + timedelta(minutes=10)) == 1
    part.refresh_from_db()
    assert timezone.localdate(part.with_person_at) == timezone.localdate(evening)


# --- By hand --------------------------------------------------------------------------------


def by_hand(till):
    payment = till.start("120")
    till.pay(till.choose(payment, way="transfer", method="transfer"))
    return back(payment.items.get(), "50").parts.get()


def test_a_transfer_goes_back_by_two_people(till, admin, cem):
    part = by_hand(till)
    assert (part.status, alarms()) == (RefundStatus.MANUAL, 1)
    with pytest.raises(SecondPerson):
        services.confirm_by_hand(part=part, by=cem, now=timezone.now())
    services.sent_by_hand(part=part, bank_reference="EFT 77", by=admin, now=timezone.now())
    with pytest.raises(MoveRefused):
        services.sent_by_hand(part=part, bank_reference="EFT 78", by=cem, now=timezone.now())
    with pytest.raises(SecondPerson):
        services.confirm_by_hand(part=part, by=admin, now=timezone.now())
    services.confirm_by_hand(part=part, by=cem, now=timezone.now())
    part.refresh_from_db()
    assert (part.status, part.bank_reference) == (RefundStatus.SUCCEEDED, "EFT 77")
    assert nothing_under_way()
    assert stands(AccountKind.BANK) == -70


def test_the_database_wants_two_people_too(till, admin):
    part = by_hand(till)
    rows = RefundPart.objects.filter(pk=part.pk)
    for fields, name in (
        ({"settled_by": admin, "approved_by": admin}, "refund_by_hand_is_approved_by_another_person"),
        ({"status": "succeeded", "settled_at": timezone.now()}, "refund_by_hand_needs_two_people"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            rows.update(**fields)


def test_a_provider_that_gives_back_only_all_leaves_parts_to_people(till):
    item = till.paid("120", way="whole").items.get()
    assert back(item, "50").parts.get().status == RefundStatus.MANUAL


def test_what_a_provider_refuses_can_be_taken_over(till, admin, cem):
    part = back(till.paid("120").items.get(), "50").parts.get()
    till.provider.at_refund = "refused"
    services.send_due(now=timezone.now())
    services.take_over(part=part, by=admin, now=timezone.now())
    services.sent_by_hand(part=part, bank_reference="EFT 1", by=cem, now=timezone.now())
    services.confirm_by_hand(part=part, by=admin, now=timezone.now())
    assert nothing_under_way()


# --- The database and races -----------------------------------------------------------------


def test_the_database_gives_no_more_back_than_came(till):
    payment = till.paid("120")
    for rows, name in (
        (Attempt.objects.filter(payment=payment), "attempt_gives_back_what_it_took"),
        (payment.items.all(), "item_gives_back_what_it_took"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            rows.update(refunded=D("120.01"))


@pytest.mark.django_db(transaction=True)
def test_refunds_at_once_keep_the_limit(till):
    item = till.paid("100").items.get()
    done = at_once(lambda n: back(type(item).objects.get(pk=item.pk), "20", f"r{n}"), 7)
    assert sum(isinstance(one, TooMuchBack) for one in done) == 2
    at_once(lambda _n: services.send_due(now=timezone.now()), 4)
    assert till.provider.total == 0
    assert nothing_under_way()
