"""Verbs that hand a business over: the owner offers, the other accepts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import journal
from core.errors import Refused

from . import authority, events, locks, rights
from .models import Membership, OwnershipOffer, Role
from .people_states import OFFER_MOVES, OfferStatus

LIFE = timedelta(days=7)


class AlreadyOffered(Refused):
    code = "already_offered"
    message = _("An offer is open. Withdraw it before you offer the ownership to somebody else.")


class OfferOver(Refused):
    code = "offer_over"
    message = _("This offer is no longer open.")


@transaction.atomic
def offer(*, giver: Membership, taker: Membership, now: datetime) -> OwnershipOffer:
    """Only an owner, only to a member who is none. Raises NotAllowed, AlreadyOffered."""
    business = locks.team(giver.business_id)
    giver, taker = _fresh(giver), _fresh(taker)
    if not giver.role.is_owner or taker.role.is_owner or taker.business_id != giver.business_id:
        raise authority.NotAllowed
    there = business.ownership_offers.filter(status=OfferStatus.OFFERED).first()
    if there and there.is_good(now):
        raise AlreadyOffered
    if there:
        _move(there, OfferStatus.EXPIRED, events.OWNERSHIP_EXPIRED, None)
    made = OwnershipOffer.objects.create(
        business=business, giver=giver, taker=taker, offered_at=now, expires_at=now + LIFE
    )
    journal.write(events.OWNERSHIP_OFFERED, actor=giver.user, subject=made, data=_about(made))
    return made


@transaction.atomic
def accept(*, offer: OwnershipOffer, user: Any, now: datetime) -> None:
    """The taker becomes owner, the giver manager. Raises OfferOver."""
    offer = _of_taker(offer, user, now)
    if not offer.giver.role.is_owner:  # she lost it since
        raise OfferOver
    _move(offer, OfferStatus.ACCEPTED, events.OWNERSHIP_ACCEPTED, user)
    for member, template in ((offer.taker, rights.OWNER), (offer.giver, rights.MANAGER)):
        _give(member, Role.objects.get(business=offer.business_id, template=template))
    offer.taker.locations.clear()  # an owner works everywhere


@transaction.atomic
def decline(*, offer: OwnershipOffer, user: Any, now: datetime) -> None:
    """Raises OfferOver."""
    _move(_of_taker(offer, user, now), OfferStatus.DECLINED, events.OWNERSHIP_DECLINED, user)


@transaction.atomic
def withdraw(*, offer: OwnershipOffer, by: Any) -> None:
    """Raises NotAllowed, MoveRefused."""
    locks.team(offer.business_id)
    fresh = _read(offer)
    if fresh.giver.user_id != by.pk:
        raise authority.NotAllowed
    _move(fresh, OfferStatus.WITHDRAWN, events.OWNERSHIP_WITHDRAWN, by)


def expire_overdue(*, now: datetime) -> int:
    overdue = OwnershipOffer.objects.filter(status=OfferStatus.OFFERED, expires_at__lte=now)
    return sum(_expire(one) for one in overdue[:500])


@transaction.atomic
def _expire(offer: OwnershipOffer) -> bool:
    locks.team(offer.business_id)
    fresh = OwnershipOffer.objects.filter(pk=offer.pk, status=OfferStatus.OFFERED).first()
    if fresh:
        _move(fresh, OfferStatus.EXPIRED, events.OWNERSHIP_EXPIRED, None)
    return bool(fresh)


def _of_taker(offer: OwnershipOffer, user: Any, now: datetime) -> OwnershipOffer:
    locks.team(offer.business_id)
    fresh = _read(offer)
    if fresh.taker.user_id != user.pk or not fresh.is_good(now):
        raise OfferOver
    return fresh


def _read(offer: OwnershipOffer) -> OwnershipOffer:
    found = (
        OwnershipOffer.objects.select_related("giver__role", "giver__user", "taker__role", "taker__user")
        .filter(pk=offer.pk)
        .first()
    )
    if found is None:  # a member who leaves takes her offer with her
        raise OfferOver
    return found


def _fresh(member: Membership) -> Membership:
    found = Membership.objects.select_related("role", "user").filter(pk=member.pk).first()
    if found is None:
        raise authority.NotAllowed
    return found


def _give(member: Membership, role: Role) -> None:
    member.role = role
    member.save(update_fields=["role"])


def _move(offer: OwnershipOffer, target: str, event: str, by: Any) -> None:
    OFFER_MOVES.move(offer, target, event=event, actor=by, data=_about(offer))


def _about(offer: OwnershipOffer) -> dict[str, Any]:
    """Both people, so that each can be told."""
    return {"business": offer.business_id, "giver": offer.giver.user_id, "taker": offer.taker.user_id}
