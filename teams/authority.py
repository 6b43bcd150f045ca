"""What one member may hand to others: never more than she holds herself, never to herself.

Verbs ask here after `locks.team`, so the answer is about the team as it is now, not as a page showed it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.errors import Refused

from .models import Business, Location, Membership, Role


class NotAllowed(Refused):
    code = "not_allowed"
    message = _("You no longer have the right to do this. An owner can give it to you.")


class MoreThanHeld(Refused):
    code = "more_than_held"
    message = _("You cannot give more than you hold yourself. Ask an owner.")


class OwnRights(Refused):
    code = "own_rights"
    message = _("Nobody changes her own role. Ask another owner or manager.")


def actor(business: Business, user: Any, right: str) -> Membership:
    """The membership of `user`, as the database knows it now. Raises NotAllowed."""
    found = business.memberships.select_related("role").filter(user=user).first()
    if found is None or right not in found.role.rights:
        raise NotAllowed
    return found


def may_give(giver: Membership, role: Role) -> bool:
    return may_give_rights(giver, role.rights) and (giver.role.is_owner or not role.is_owner)


def may_give_rights(giver: Membership, rights: Collection[str]) -> bool:
    return frozenset(rights) <= giver.role.rights


def check_role(giver: Membership, role: Role) -> None:
    if role.business_id != giver.business_id or not may_give(giver, role):
        raise MoreThanHeld


def check_branches(giver: Membership, locations: Collection[Location]) -> None:
    """Who is bound to branches can bind others to these, and open nothing wider."""
    own, asked = set(branch_ids(giver)), {location.pk for location in locations}
    foreign = any(location.business_id != giver.business_id for location in locations)
    if foreign or (own and not (asked and asked <= own)):
        raise MoreThanHeld


def branch_ids(member: Membership) -> list[int]:
    return list(member.locations.values_list("pk", flat=True))
