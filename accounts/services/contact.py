"""A new e-mail or phone number: asked for with a code, in force once the code came back.

Not allauth's own flow: that keeps the code in the session, where requests sent at once read the same
count of tries, and it refuses a new e-mail to people with a second factor (docs/decisions/0041).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from core import journal, limits, mail

from .. import codes, events, locks, phones, sms
from ..errors import CodeIsOver, TooManyCodes, WrongCode
from ..models import Channel, ContactChange, User

PER_HOUR = 3


def ask_change(*, user: User, channel: str, value: str, now: datetime) -> ContactChange:
    """Send a code to the new address. Raises TooManyCodes, counted for the person and for the address."""
    for who in (f"user:{user.pk}", f"{channel}:{value}"):
        if limits.is_over("contact_code", who, most=PER_HOUR, seconds=3600):
            raise TooManyCodes
    return _begin(user, channel, value, now)


def confirm_change(*, change: ContactChange, code: str, now: datetime) -> None:
    """Put the new address into force. Raises WrongCode or CodeIsOver.

    Each try is counted and committed before the code is looked at, so that requests sent at once
    cannot share one.
    """
    counted = ContactChange.objects.filter(
        pk=change.pk,
        used_at=None,
        expires_at__gte=now,
        tries__lt=settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS,
    ).update(tries=F("tries") + 1)
    change.refresh_from_db()
    if not counted:
        raise CodeIsOver
    if not codes.opens(code, change.sealed):
        raise WrongCode if change.tries_left else CodeIsOver
    _apply(change, now=now)


@transaction.atomic
def _begin(user: User, channel: str, value: str, now: datetime) -> ContactChange:
    code = codes.new()
    free = channel != Channel.EMAIL or not User.objects.filter(email=value).exists()
    ours = ContactChange.objects.filter(user=user, channel=channel, used_at=None, expires_at__gt=now)
    ours.update(expires_at=now - timedelta(microseconds=1))  # the newest code is the only good one
    change = ContactChange.objects.create(
        user=user,
        channel=channel,
        value=value,
        sealed=codes.seal(code) if free else "",
        asked_at=now,
        expires_at=now + timedelta(seconds=settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT),
    )
    _send(change, code, free=free)
    journal.write(events.CONTACT_ASKED, actor=user, subject=change, data={"channel": channel})
    return change


def _send(change: ContactChange, code: str, *, free: bool) -> None:
    locale, minutes = change.user.locale, settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT // 60
    if change.channel == Channel.PHONE:
        with translation.override(locale):
            text = _("Diji.vet: %(code)s puts this number into your account. Good for %(minutes)d minutes.")
        sms.send(
            to=change.value, text=text % {"code": code, "minutes": minutes}, expires_at=change.expires_at
        )
    elif free:
        context = {"email": change.value, "code": code, "minutes": minutes}
        mail.send(
            "contact_code", to=change.value, context=context, locale=locale, expires_at=change.expires_at
        )
    else:  # its owner reads what happened; who asks sees the same page
        owner = User.objects.get(email=change.value)
        mail.send("account_exists", to=owner.email, context={"email": owner.email}, locale=owner.locale)


@transaction.atomic
def _apply(change: ContactChange, *, now: datetime) -> None:
    user = locks.person(change.user_id)
    before = getattr(user, change.channel)
    if not ContactChange.objects.filter(pk=change.pk, used_at=None).update(used_at=now, replaced=before):
        raise CodeIsOver
    try:
        with transaction.atomic():
            _write(user, change)
    except IntegrityError as error:  # somebody else took this address in the meantime
        raise CodeIsOver from error
    _tell_the_old(user, before, change)
    journal.write(events.CONTACT_CHANGED, actor=user, subject=user, data={"channel": change.channel})


def _write(user: User, change: ContactChange) -> None:
    setattr(user, change.channel, change.value)
    user.save(update_fields=[change.channel])
    if change.channel == Channel.EMAIL:
        EmailAddress.objects.filter(user=user).delete()
        EmailAddress.objects.create(user=user, email=change.value, verified=True, primary=True)


def _tell_the_old(user: User, before: str, change: ContactChange) -> None:
    """The address that is given up hears of it; of a new number the account's e-mail does."""
    if change.channel == Channel.EMAIL:
        mail.send("email_changed", to=before, context={"email": before}, locale=user.locale)
    else:
        number = phones.hidden(change.value)
        context = {"email": user.email, "number": number}
        mail.send("phone_changed", to=user.email, context=context, locale=user.locale)
