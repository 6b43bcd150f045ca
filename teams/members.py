"""Verbs for people in a team. Each counts at the next request of whom it touches."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import journal
from core.errors import Refused

from . import authority, events, locks, permissions
from .models import Location, Membership, Role


class LastOwner(Refused):
    code = "last_owner"
    message = _("A business keeps at least one owner. Hand the ownership over first.")


@transaction.atomic
def change_member(*, membership: Membership, role: Role, locations: Collection[Location], by: Any) -> None:
    """Another role or other branches. Raises NotAllowed, OwnRights, MoreThanHeld, LastOwner."""
    member, giver = _locked(membership, by)
    authority.check_role(giver, role)
    authority.check_branches(giver, locations)
    if member.role.is_owner and not role.is_owner:
        _keep_an_owner(member)
    old = member.role.word
    member.role = role
    member.save(update_fields=["role"])
    member.locations.set(locations)
    data = _about(member) | {"role": role.word, "from": old, "branches": [one.name for one in locations]}
    journal.write(events.ROLE_CHANGED, actor=by, subject=member, data=data)


@transaction.atomic
def remove_member(*, membership: Membership, by: Any) -> None:
    """Her access ends; what she wrote stays. Raises NotAllowed, OwnRights, MoreThanHeld, LastOwner."""
    member, _giver = _locked(membership, by)
    _end(member, by)


@transaction.atomic
def leave(*, membership: Membership) -> None:
    """Anybody may go by herself; the last owner cannot. Raises LastOwner."""
    locks.team(membership.business_id)
    member = _fresh(membership)
    _end(member, member.user)


def _end(member: Membership, by: Any) -> None:
    if member.role.is_owner:
        _keep_an_owner(member)
    journal.write(events.MEMBER_LEFT, actor=by, subject=member, data=_about(member))
    member.delete()


def _locked(membership: Membership, by: Any) -> tuple[Membership, Membership]:
    """The member and who changes her, read under the lock of the team."""
    business = locks.team(membership.business_id)
    giver = authority.actor(business, by, permissions.MEMBERS)
    member = _fresh(membership)
    if member.pk == giver.pk:
        raise authority.OwnRights
    authority.check_role(giver, member.role)
    _check_reach(giver, member)
    return member, giver


def _check_reach(giver: Membership, member: Membership) -> None:
    """Who is bound to branches touches only people who work nowhere else."""
    own, hers = set(authority.branch_ids(giver)), set(authority.branch_ids(member))
    if own and not (hers and hers <= own):
        raise authority.MoreThanHeld


def _fresh(membership: Membership) -> Membership:
    found = Membership.objects.select_related("role", "user", "business").filter(pk=membership.pk).first()
    if found is None:
        raise authority.NotAllowed
    return found


def _keep_an_owner(member: Membership) -> None:
    owners = Membership.objects.owners().filter(business=member.business_id)
    if not owners.exclude(pk=member.pk).exists():
        raise LastOwner


def _about(member: Membership) -> dict[str, Any]:
    return {"business": member.business_id, "user": member.user_id, "role": member.role.word}
