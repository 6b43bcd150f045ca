"""Verbs for invitations. The token goes into the mail and nowhere else."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import journal, limits, mail
from core.errors import Refused

from . import authority, events, locks, permissions, services
from .models import Business, Invitation, Location, Membership, Role
from .models.invitations import fingerprint, new_token
from .people_states import INVITATION_MOVES, InvitationStatus

LIFE = timedelta(days=7)
PAUSE = timedelta(minutes=2)  # between two mails of one invitation
MOST_FOR_ADDRESS, MOST_OF_PERSON, MOST_OF_BUSINESS = 5, 60, 200
DAY = 24 * 3600


class AlreadyMember(Refused):
    code = "already_member"
    message = _("This person is already in the team.")


class AlreadyInvited(Refused):
    code = "already_invited"
    message = _("An invitation to this address is open. You can send it again from the Invitations tab.")


class TooManyInvitations(Refused):
    code = "too_many_invitations"
    message = _("That is enough invitations for today. Try again tomorrow.")


class TooSoon(Refused):
    code = "too_soon"
    message = _("This invitation left a moment ago. Wait two minutes before you send it again.")


class InvitationOver(Refused):
    """Accepted before, declined, withdrawn, expired, or no longer covered by who sent it."""

    code = "invitation_over"
    message = _("This invitation is no longer good.")


class ForSomebodyElse(Refused):
    code = "for_somebody_else"
    message = _("This invitation went to another e-mail address.")


@transaction.atomic
def invite(
    *, business: Business, email: str, role: Role, locations: Collection[Location], by: Any, now: datetime
) -> Invitation:
    """One mail to one address, good for seven days. `email` is canonical.

    Raises NotAllowed, MoreThanHeld, AlreadyMember, AlreadyInvited, TooManyInvitations.
    """
    business = locks.team(business.pk)
    giver = authority.actor(business, by, permissions.MEMBERS)
    authority.check_role(giver, role)
    authority.check_branches(giver, locations)
    _refuse_double(business, email, now)
    _count(business, email, by)
    token = new_token()
    invitation = Invitation.objects.create(
        business=business,
        email=email,
        role=role,
        token_hash=fingerprint(token),
        invited_by=by,
        sent_at=now,
        expires_at=now + LIFE,
    )
    invitation.locations.set(locations)
    journal.write(events.INVITED, actor=by, subject=invitation, data=_about(invitation))
    _send(invitation, token)
    return invitation


@transaction.atomic
def send_again(*, invitation: Invitation, by: Any, now: datetime) -> None:
    """A new link for seven days; the old one dies. Raises NotAllowed, MoreThanHeld, TooSoon and so on."""
    invitation = _to_manage(invitation, by)
    if now < invitation.sent_at + PAUSE:
        raise TooSoon
    if invitation.status != InvitationStatus.SENT:
        raise InvitationOver
    _count(invitation.business, invitation.email, by)
    token = new_token()
    invitation.token_hash, invitation.invited_by = fingerprint(token), by
    invitation.sent_at, invitation.expires_at = now, now + LIFE
    invitation.save(update_fields=["token_hash", "invited_by", "sent_at", "expires_at"])
    journal.write(events.INVITED_AGAIN, actor=by, subject=invitation, data=_about(invitation))
    _send(invitation, token)


@transaction.atomic
def revoke(*, invitation: Invitation, by: Any) -> None:
    """The link opens nothing any more. Raises NotAllowed, MoreThanHeld, MoveRefused."""
    _move(_to_manage(invitation, by), InvitationStatus.REVOKED, events.INVITATION_REVOKED, by)


@transaction.atomic
def accept(*, invitation: Invitation, user: Any, now: datetime) -> Membership:
    """Once, by the person it was sent to. Raises ForSomebodyElse, InvitationOver."""
    business = locks.team(invitation.business_id)
    invitation = _for(invitation, user, now)
    if not _is_covered(business, invitation):
        raise InvitationOver
    _move(invitation, InvitationStatus.ACCEPTED, events.INVITATION_ACCEPTED, user)
    there = business.memberships.filter(user=user).first()
    return there or _join(invitation, user, now)


@transaction.atomic
def decline(*, invitation: Invitation, user: Any, now: datetime) -> None:
    """Raises ForSomebodyElse, InvitationOver."""
    locks.team(invitation.business_id)
    _move(_for(invitation, user, now), InvitationStatus.DECLINED, events.INVITATION_DECLINED, user)


def expire_overdue(*, now: datetime) -> int:
    """What nobody answered in seven days. Repeatable; the answer page looks at the clock by itself."""
    overdue = list(Invitation.objects.overdue(now)[:500])
    return sum(_expire(invitation, now) for invitation in overdue)


@transaction.atomic
def _expire(invitation: Invitation, now: datetime) -> bool:
    """Under the lock: it may have been answered or sent again in between."""
    locks.team(invitation.business_id)
    invitation = Invitation.objects.get(pk=invitation.pk)
    if invitation.status != InvitationStatus.SENT or invitation.is_good(now):
        return False
    _move(invitation, InvitationStatus.EXPIRED, events.INVITATION_EXPIRED, None)
    return True


def find(token: str) -> Invitation | None:
    rows = Invitation.objects.select_related("business", "role", "invited_by")
    return rows.filter(token_hash=fingerprint(token)).first()


def _for(invitation: Invitation, user: Any, now: datetime) -> Invitation:
    """Read anew under the lock; for this person and still good."""
    fresh = Invitation.objects.select_related("business", "role").get(pk=invitation.pk)
    if fresh.email != user.email:
        raise ForSomebodyElse
    if fresh.token_hash != invitation.token_hash or not fresh.is_good(now):
        raise InvitationOver
    return fresh


def _is_covered(business: Business, invitation: Invitation) -> bool:
    """Who invited may still give this role: an invitation outlives neither her right nor her place."""
    giver = business.memberships.select_related("role").filter(user=invitation.invited_by_id).first()
    if giver is None or invitation.role is None or permissions.MEMBERS not in giver.role.rights:
        return False
    return authority.may_give(giver, invitation.role)


def _join(invitation: Invitation, user: Any, now: datetime) -> Membership:
    assert invitation.role is not None  # noqa: S101  (open_invitation_has_a_role)
    return services.add_member(
        business=invitation.business,
        user=user,
        role=invitation.role,
        by=user,
        now=now,
        locations=list(invitation.locations.all()),
    )


def _to_manage(invitation: Invitation, by: Any) -> Invitation:
    business = locks.team(invitation.business_id)
    giver = authority.actor(business, by, permissions.MEMBERS)
    fresh = Invitation.objects.select_related("business", "role").get(pk=invitation.pk)
    if fresh.role is not None:
        authority.check_role(giver, fresh.role)
    authority.check_branches(giver, list(fresh.locations.all()))
    return fresh


def _refuse_double(business: Business, email: str, now: datetime) -> None:
    if business.memberships.filter(user__email=email).exists():
        raise AlreadyMember
    there = business.invitations.open().filter(email=email).first()
    if there and there.is_good(now):
        raise AlreadyInvited
    if there:  # the sweeper has not come by yet
        _move(there, InvitationStatus.EXPIRED, events.INVITATION_EXPIRED, None)


def _count(business: Business, email: str, by: Any) -> None:
    """Nobody's mailbox is filled through us. Counted alike for addresses we know and do not know."""
    over = [
        limits.is_over("teams.invited", email, most=MOST_FOR_ADDRESS, seconds=DAY),
        limits.is_over("teams.inviter", str(by.pk), most=MOST_OF_PERSON, seconds=DAY),
        limits.is_over("teams.inviting", str(business.pk), most=MOST_OF_BUSINESS, seconds=DAY),
    ]
    if any(over):
        raise TooManyInvitations


def _send(invitation: Invitation, token: str) -> None:
    locale = _language_of(invitation.email)
    with translation.override(locale):
        path, role = reverse("invitation", args=[token]), str(invitation.role)
    by = invitation.invited_by
    mail.send(
        "teams/invitation",
        to=invitation.email,
        context={
            "business": invitation.business.name,
            "role": role,
            "by": by.get_full_name() if by else "",
            "path": path,
            "days": LIFE.days,
            "email": invitation.email,
        },
        locale=locale,
        expires_at=invitation.expires_at,
    )


def _language_of(email: str) -> str:
    """The person's own language; that of who invites for an address we do not know."""
    known = get_user_model().objects.filter(email=email).values_list("locale", flat=True).first()
    return known or get_language() or "tr"


def _move(invitation: Invitation, target: str, event: str, by: Any) -> None:
    INVITATION_MOVES.move(invitation, target, event=event, actor=by, data=_about(invitation))


def _about(invitation: Invitation) -> dict[str, Any]:
    return {"business": invitation.business_id, "role": invitation.role.word if invitation.role else ""}
