"""Keepers: invited, joined, gone, handed over."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core import journal, mail

from .. import events
from ..errors import AlreadyKeeper, InvitationForAnother, InvitationOver, LastKeeper, OnlyPrimary
from ..models import Invitation, Keeper, Pet
from ..models.people import Part
from . import duties

VALID_FOR = timedelta(days=7)
TOKEN_BYTES = 32


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite_keeper(*, pet: Pet, email: str, by: Any, now: datetime) -> Invitation:
    """A mail with a link for this address alone. An earlier one to the same address is void."""
    if pet.keepers.filter(user__email=email).exists():
        raise AlreadyKeeper
    pet.invitations.filter(email=email, accepted_at=None, withdrawn_at=None).update(withdrawn_at=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation.objects.create(
        pet=pet,
        email=email,
        token_hash=_hash(token),
        invited_by=by,
        invited_at=now,
        expires_at=now + VALID_FOR,
    )
    journal.write(events.KEEPER_INVITED, actor=by, subject=pet, data={"invitation": invitation.pk})
    _send(invitation, token, by)
    return invitation


def _send(invitation: Invitation, token: str, by: Any) -> None:
    url = settings.BASE_URL + reverse("pets:invitation", args=[token])
    context = {"pet": invitation.pet, "by": by, "url": url, "expires_at": invitation.expires_at}
    mail.send("pets/keeper_invited", to=invitation.email, context=context, locale=by.locale)


def invitation_of(token: str, *, now: datetime) -> Invitation | None:
    rows = Invitation.objects.open(now).filter(pet__archived_at=None).select_related("pet", "invited_by")
    return rows.filter(token_hash=_hash(token)).first()


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Any, now: datetime) -> None:
    open_ones = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    if open_ones.update(withdrawn_at=now):
        journal.write(events.INVITATION_WITHDRAWN, actor=by, subject=invitation.pet)


@transaction.atomic
def accept_invitation(*, token: str, by: Any, now: datetime) -> Keeper:
    """Once, by the address it was sent to. The lock lets one of two rivals through."""
    rows = Invitation.objects.open(now).select_for_update(of=("self",)).select_related("pet")
    invitation = rows.filter(token_hash=_hash(token), pet__archived_at=None).first()
    if invitation is None:
        raise InvitationOver
    if invitation.email != by.email:
        raise InvitationForAnother
    if invitation.pet.keepers.filter(user=by).exists():
        raise AlreadyKeeper
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    keeper = Keeper.objects.create(user=by, pet=invitation.pet, part=Part.CO, since=now)
    journal.write(events.KEEPER_JOINED, actor=by, subject=invitation.pet, data={"user": by.pk})
    return keeper


@transaction.atomic
def remove_keeper(*, keeper: Keeper, by: Any) -> None:
    """Co-keepers leave by themselves or are removed by the main keeper, who cannot go without a successor."""
    if keeper.is_primary:
        raise LastKeeper
    if keeper.user_id != by.pk and not is_primary(keeper.pet, by):
        raise OnlyPrimary
    pet, user_id = keeper.pet, keeper.user_id
    keeper.delete()
    journal.write(events.KEEPER_LEFT, actor=by, subject=pet, data={"user": user_id})


@transaction.atomic
def hand_over(*, pet: Pet, to: Keeper, by: Any, now: datetime) -> None:
    """The other becomes main keeper: a change of owner, which an office has to know within its days."""
    rows = {row.user_id: row for row in pet.keepers.order_by("pk").select_for_update()}
    giver, taker = rows.get(by.pk), rows.get(to.user_id)
    if giver is None or taker is None or not giver.is_primary or giver == taker:
        raise OnlyPrimary
    for row, part in ((giver, Part.CO), (taker, Part.PRIMARY)):
        row.part = part
        row.save(update_fields=["part"])
    pet.owner_changed_on = timezone.localdate(now)
    pet.save(update_fields=["owner_changed_on"])
    journal.write(events.HANDED_OVER, actor=by, subject=pet, data={"from": by.pk, "to": taker.user_id})
    duties.refresh([pet], today=timezone.localdate(now))


def is_primary(pet: Pet, user: Any) -> bool:
    return pet.keepers.filter(user=user, part=Part.PRIMARY).exists()
