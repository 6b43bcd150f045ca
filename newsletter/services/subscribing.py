"""Ask, confirm, change, stop, take the stop back: each leaves evidence."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts import emails
from accounts import services as accounts
from accounts.models import User
from core import journal, limits, mail

from .. import consent, events, links, locks, rules
from ..errors import LinkIsOver, TooLateToUndo
from ..models import ConsentText, Evidence, EvidenceKind, Subscription
from ..models.iys import IysState
from ..states import SUBSCRIPTION_MOVES as MOVES
from ..states import SubscriptionStatus as Status
from . import iys

DAY = 24 * 60 * 60
BY_IYS, BY_ACCOUNT = "iys", "account"  # ends that no press on a page has made


@dataclass(frozen=True)
class Where:
    """Where something was decided: the page, the network address, the language of the words."""

    source: str
    locale: str
    ip: str | None = None


@transaction.atomic
def ask(
    *, email: str, audiences: Iterable[str], where: Where, now: datetime, by: User | None = None
) -> Subscription | None:
    """Send the link that confirms. Who is subscribed already is told that instead, with the same work.

    None when this address has had its mails for today: the page says the same.
    """
    email = emails.canonical(email)
    if limits.is_over("newsletter.ask", email, most=rules.ADDRESS_PER_DAY, seconds=DAY):
        return None
    row, token = locks.subscription_of(email, now=now), secrets.token_urlsafe(32)
    is_known = row.is_active
    if not is_known:
        _wait_for(row, token, list(audiences), where, now)
    _note(row, EvidenceKind.ASKED, where, now, text=consent.version(where.locale, now=now))
    journal.write(events.ASKED, actor=by, subject=row)
    context = {
        "url": links.confirm_url(token, where.locale),
        "days": rules.TOKEN_LIFE.days,
        "preferences_url": links.preferences_url(row),
        "stop_url": links.stop_url(row),
    }
    mail.send(
        f"newsletter/{'already' if is_known else 'confirm'}", to=email, context=context, locale=where.locale
    )
    return row


def _wait_for(row: Subscription, token: str, audiences: list[str], where: Where, now: datetime) -> None:
    """One statement for a new, a waiting and an ended one, so that its time tells nothing."""
    facts: dict[str, Any] = {
        "status": Status.PENDING,
        "locale": where.locale,
        "audiences": audiences,
        "token_hash": hash_of(token),
        "token_until": now + rules.TOKEN_LIFE,
        "asked_at": now,
        "confirmed_at": None,
        "ended_at": None,
    }
    for name, value in facts.items():
        setattr(row, name, value)
    row.save(update_fields=[*facts])


@transaction.atomic
def confirm(*, token: str, where: Where, now: datetime) -> Subscription:
    """The approval is given. İYS is told, and so is the reader, with a way to refuse. Raises LinkIsOver."""
    row = waiting_for(token, now=now)
    if row is None:
        raise LinkIsOver(token[:6])
    row = locks.subscription(row.pk)
    if row.token_hash != hash_of(token):
        raise LinkIsOver(token[:6])
    facts: dict[str, Any] = {"token_hash": "", "token_until": None, "confirmed_at": now, "ended_at": None}
    MOVES.move(row, Status.ACTIVE, event=events.CONFIRMED, **facts)
    _note(row, EvidenceKind.CONFIRMED, where, now, text=_asked_words(row))
    _approved(row, where, now)
    context = {"preferences_url": links.preferences_url(row), "stop_url": links.stop_url(row)}
    mail.send("newsletter/welcome", to=row.email, context=context, locale=row.locale)
    return row


def waiting_for(token: str, *, now: datetime) -> Subscription | None:
    """Which subscription this link confirms. Nothing is changed."""
    found = Subscription.objects.filter(token_hash=hash_of(token), status=Status.PENDING).first()
    return found if found and found.has_open_token(now) else None


@transaction.atomic
def change(
    *,
    subscription: Subscription,
    locale: str,
    audiences: list[str],
    where: Where,
    now: datetime,
    by: User | None = None,
) -> None:
    row = locks.subscription(subscription.pk)
    row.locale, row.audiences = locale, audiences
    row.save(update_fields=["locale", "audiences"])
    _note(row, EvidenceKind.CHANGED, where, now)
    journal.write(events.CHANGED, actor=by, subject=row)


@transaction.atomic
def stop(*, subscription: Subscription, where: Where, now: datetime, by: User | None = None) -> bool:
    """It holds from now on, for each mail that has not left. False when it had ended before."""
    row = locks.subscription(subscription.pk)
    if row.status == Status.STOPPED:
        return False
    was_active = row.is_active
    facts: dict[str, Any] = {"ended_at": now, "iys_at": None, "token_hash": "", "token_until": None}
    MOVES.move(row, Status.STOPPED, event=events.STOPPED, actor=by, data={"by": where.source}, **facts)
    _note(row, EvidenceKind.STOPPED, where, now)
    if was_active and where.source != BY_IYS:
        iys.note(row, IysState.REFUSED, now)
    if user := _person(row):
        accounts.withdraw_consent(
            user=user, purpose=consent.PURPOSE.code, now=now, evidence=_as_evidence(where)
        )
    return True


@transaction.atomic
def undo_stop(*, subscription: Subscription, where: Where, now: datetime) -> None:
    """A press by mistake, within the hour. What the register or the account has ended stays ended."""
    row = locks.subscription(subscription.pk)
    if not can_undo(row, now=now):
        raise TooLateToUndo
    MOVES.move(row, Status.ACTIVE, event=events.RETURNED, ended_at=None)
    _note(row, EvidenceKind.RETURNED, where, now, text=_confirmed_words(row))
    _approved(row, where, now)


def can_undo(row: Subscription, *, now: datetime) -> bool:
    if row.status != Status.STOPPED or row.confirmed_at is None or row.ended_at is None:
        return False
    last = row.evidence.filter(kind=EvidenceKind.STOPPED).order_by("at", "pk").last()
    by_hand = last is not None and last.source not in (BY_IYS, BY_ACCOUNT)
    return by_hand and now - row.ended_at < rules.UNDO


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _approved(row: Subscription, where: Where, now: datetime) -> None:
    iys.note(row, IysState.APPROVED, now)
    if user := _person(row):
        accounts.give_consent(user=user, purpose=consent.PURPOSE, now=now, evidence=_as_evidence(where))


def _person(row: Subscription) -> User | None:
    """Whose account has this proven address."""
    return User.objects.filter(email=row.email, is_active=True, emailaddress__verified=True).first()


def _as_evidence(where: Where) -> dict[str, Any]:
    return {"path": where.source, "ip": where.ip, "locale": where.locale}


def _note(row: Subscription, kind: str, where: Where, now: datetime, text: ConsentText | None = None) -> None:
    facts = {"source": where.source[:200], "ip": where.ip, "locale": where.locale}
    Evidence.objects.create(subscription=row, kind=kind, at=now, text=text, **facts)


def _asked_words(row: Subscription) -> ConsentText | None:
    return _words_of(row, EvidenceKind.ASKED)


def _confirmed_words(row: Subscription) -> ConsentText | None:
    return _words_of(row, EvidenceKind.CONFIRMED)


def _words_of(row: Subscription, kind: str) -> ConsentText | None:
    found = row.evidence.filter(kind=kind).select_related("text").order_by("at", "pk").last()
    return found.text if found else None
