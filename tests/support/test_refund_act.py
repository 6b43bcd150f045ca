"""From a ticket: what its person paid last goes back, once, by somebody who may."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from payments import services as payments
from payments.errors import TooMuchBack
from payments.models import Refund, TopUp
from payments.providers.base import Outcome, State
from support import acts
from support.errors import NotAllowed, NothingToDo
from support.services import acting
from tests.factories import support

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(ayse, settings):
    now = timezone.now()
    row = TopUp.objects.create(user=ayse, amount=Decimal(80), created_at=now)
    payment = payments.start_payment(key="t", payables=[row], payer=ayse, now=now)
    given = {"provider": "transfer", "method": "transfer", "wallet_amount": Decimal(0), "now": now}
    attempt = payments.choose(payment=payment, **given)
    said = {"reference": attempt.reference, "amount": Decimal(80), "currency": "TRY", "is_signed": True}
    payments.settle(attempt=attempt, outcome=Outcome(State.SETTLED, **said), now=now)
    return payment.items.get()


def perform(ticket, by, **data):
    act = acts.get("refund")
    return acting.perform(ticket=ticket, act=act, by=by, now=timezone.now(), data={"sure": True, **data})


def test_it_goes_back_from_the_ticket(item, ayse, admin):
    ticket = support.ticket(ayse)
    act = acts.get("refund")
    assert act.initial(ticket) == {"item": item.pk, "amount": 80}
    assert "₺30,00" in perform(ticket, admin, item=item.pk, amount=Decimal(30))
    refund = Refund.objects.get()
    assert (refund.amount, refund.note, refund.by) == (30, ticket.reference, admin)
    with pytest.raises(TooMuchBack):
        perform(ticket, admin, item=item.pk, amount=Decimal(60))


def test_only_money_of_the_person_who_asks(item, ayse, deniz, cem, admin):
    assert not acts.get("refund").is_offered(support.ticket(deniz))
    with pytest.raises(NothingToDo):
        perform(support.ticket(deniz), admin, item=item.pk, amount=Decimal(10))
    with pytest.raises(NotAllowed):
        perform(support.ticket(ayse), cem, item=item.pk, amount=Decimal(10))
