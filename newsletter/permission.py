"""May a mail that promotes go to this address now? Asked for each mail, right before it leaves.

All of it has to hold: the subscription is confirmed, its owner has not taken the consent back in her account,
İYS has the approval, and the address takes mail.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from accounts.models import Consent, ConsentState
from core.models import SuppressedAddress

from .consent import PURPOSE
from .models import Subscription
from .states import Why


def with_facts(rows: QuerySet[Any], email: str = "email") -> QuerySet[Any]:
    """With what the room does not know of itself; `email` is the path to the address."""
    dead = SuppressedAddress.objects.filter(address=OuterRef(email))
    decisions = Consent.objects.filter(user__email=OuterRef(email), purpose=PURPOSE.code)
    newest = decisions.order_by("-at", "-pk").values("state")[:1]
    return rows.annotate(address_is_dead=Exists(dead), decision=Subquery(newest))


def why_not(subscription: Subscription | None, facts: Any) -> Why | None:
    if subscription is None or not subscription.is_active:
        return Why.STOPPED
    if facts.decision == ConsentState.WITHDRAWN:
        return Why.WITHDRAWN
    if facts.address_is_dead:
        return Why.ADDRESS
    return None if subscription.iys_at else Why.NOT_IN_IYS


def may_write_to(email: str) -> bool:
    """For commercial mails that leave through the outbox."""
    found = with_facts(Subscription.objects.filter(email=email.lower())).first()
    return found is not None and why_not(found, found) is None
