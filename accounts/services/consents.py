"""Giving and taking back a consent. Both are one press, and both leave a row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from core import journal

from .. import events, locks, purposes, queries
from ..models import Consent, ConsentState, User


def give_consent(
    *, user: User, purpose: purposes.Purpose, now: datetime, evidence: dict[str, Any]
) -> Consent:
    """Keep that she allowed this, with where and on which words. Given again, nothing is added."""
    words = {"title": str(purpose.title), "text": str(purpose.text)}
    return _decide(user, purpose.code, ConsentState.GIVEN, now, {**evidence, "words": words})


def withdraw_consent(*, user: User, purpose: str, now: datetime, evidence: dict[str, Any]) -> Consent | None:
    """As easy as giving. None where nothing was given."""
    return _decide(user, purpose, ConsentState.WITHDRAWN, now, evidence)


@transaction.atomic
def _decide(user: User, purpose: str, state: str, now: datetime, evidence: dict[str, Any]) -> Consent | None:
    locks.person(user.pk)
    current = queries.consent_in_force(user, purpose)
    if (current.state if current else ConsentState.WITHDRAWN) == state:
        return current
    row = Consent.objects.create(user=user, purpose=purpose, state=state, at=now, evidence=evidence)
    event = events.CONSENT_GIVEN if state == ConsentState.GIVEN else events.CONSENT_WITHDRAWN
    journal.write(event, actor=user, subject=row, data={"purpose": purpose})
    return row
