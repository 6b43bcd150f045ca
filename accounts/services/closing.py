"""Closing an account: thirty days to change one's mind, then everything goes that no law keeps."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core import journal, mail, personal_data

from .. import events, locks
from ..errors import NotSettled
from ..models import DataRequest, RequestKind, User
from ..states import MOVES, REQUEST_MOVES, RequestStatus, Status
from . import requests

TIME_TO_THINK = timedelta(days=30)


@transaction.atomic
def begin_closing(*, user: User, by: Any, now: datetime) -> DataRequest:
    """Start the thirty days. Raises MoveRefused, AlreadyAsked, or NotSettled with what stands in the way."""
    _refuse_unsettled(user)
    request = requests.ask_for_data(user=user, kind=RequestKind.ERASE, now=now)
    closes_at = now + TIME_TO_THINK
    MOVES.move(
        user, Status.CLOSING, event=events.CLOSING, actor=by, closes_at=closes_at, suspended_until=None
    )
    context = {"email": user.email, "day": timezone.localdate(closes_at), "number": request.number}
    mail.send("account_closing", to=user.email, context=context, locale=user.locale)
    return request


def _refuse_unsettled(user: User) -> None:
    if found := personal_data.obstacles(user):
        raise NotSettled(" ".join(found))


@transaction.atomic
def take_back_closing(*, user: User, by: Any, now: datetime) -> None:
    """Everything is as it was. Raises MoveRefused once the account is gone."""
    MOVES.move(user, Status.ACTIVE, event=events.REOPENED, actor=by, closes_at=None)
    for request in user.data_requests.filter(kind=RequestKind.ERASE, status=RequestStatus.OPEN):
        requests.withdraw_request(request=request, by=by, now=now)


def erase_due(*, now: datetime) -> int:
    """Accounts whose thirty days are over, unless something new stands in the way. Each by itself."""
    asked = User.objects.filter(status=Status.CLOSING, closes_at__lte=now)
    due = [user for user in asked if not personal_data.obstacles(user)]
    for user in due:
        erase_account(user=user, now=now)
    return len(due)


@transaction.atomic
def erase_account(*, user: User, now: datetime) -> None:
    """Delete or anonymise what belongs to her; what another law keeps stays and is named in the answer."""
    user = locks.person(user.pk)
    if not MOVES.allows(user.status, Status.ERASED):  # somebody was faster
        return
    with translation.override(user.locale):
        kept = personal_data.erase(user)
        answer = _answer(kept)
    _answer_open_requests(user, answer, now)
    mail.send("account_erased", to=user.email, context={"answer": answer}, locale=user.locale, forget=True)
    _pseudonymise(user)
    told = {"kept": [item.model for item in kept]}
    journal.write(events.DATA_ERASED, subject=user, data=told)


def _answer(kept: list[personal_data.Holding]) -> str:
    """What stays, why and for how long."""
    if not kept:
        return _("Your account is erased. We keep nothing that names you.")
    lines = [f"- {item.title}: {item.ground}, {item.period}" for item in kept]
    return "\n".join([_("Your account is erased. The law makes us keep, locked away:"), *lines])


def _answer_open_requests(user: User, answer: str, now: datetime) -> None:
    for request in user.data_requests.filter(status=RequestStatus.OPEN):
        REQUEST_MOVES.move(
            request,
            RequestStatus.ANSWERED,
            event=events.DATA_ANSWERED,
            data={"number": request.number},
            answer=answer,
            closed_at=now,
        )


def _pseudonymise(user: User) -> None:
    user.groups.clear()
    user.user_permissions.clear()
    EmailAddress.objects.filter(user=user).delete()
    MOVES.move(
        user,
        Status.ERASED,
        event=events.ERASED,
        closes_at=None,
        email=f"silindi-{secrets.token_hex(8)}@hesap.invalid",
        first_name="",
        last_name="",
        phone="",
        password=make_password(None),
        is_active=False,
        is_staff=False,
        is_superuser=False,
    )
