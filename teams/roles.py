"""Verbs for the roles a business makes for itself. Those from templates belong to the product."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import journal
from core.errors import Refused

from . import authority, events, locks, permissions, role_templates
from .models import Business, Role


class RoleInUse(Refused):
    code = "role_in_use"
    message = _("This role is in use. Give its people another one first.")


class NameTaken(Refused):
    code = "name_taken"
    message = _("There is already a role with this name.")


class FromTemplate(Refused):
    code = "from_template"
    message = _("A role of ours cannot be changed. Copy it and change the copy.")


@transaction.atomic
def make_role(*, business: Business, name: str, chosen: Collection[str], by: Any) -> Role:
    """Raises NotAllowed, MoreThanHeld, NameTaken."""
    business = locks.team(business.pk)
    giver = authority.actor(business, by, permissions.ROLES)
    if not authority.may_give_rights(giver, chosen):
        raise authority.MoreThanHeld
    _refuse_taken(business, name)
    role = Role.objects.create(business=business, name=name, chosen=sorted(chosen))
    journal.write(events.ROLE_MADE, actor=by, subject=role, data=_about(role))
    return role


@transaction.atomic
def edit_role(*, role: Role, name: str, chosen: Collection[str], by: Any) -> None:
    """Counts at the next request of all who have it. Raises as `make_role`, and FromTemplate."""
    fresh = _own(role, by, chosen)
    _refuse_taken(fresh.business, name, but=fresh)
    old = {"from": fresh.name} | _difference(fresh.chosen, chosen)
    fresh.name, fresh.chosen = name, sorted(chosen)
    fresh.save(update_fields=["name", "chosen"])
    journal.write(events.ROLE_EDITED, actor=by, subject=fresh, data=_about(fresh) | old)


@transaction.atomic
def remove_role(*, role: Role, by: Any) -> None:
    """Raises NotAllowed, MoreThanHeld, FromTemplate, RoleInUse."""
    fresh = _own(role, by, ())
    if fresh.memberships.exists() or fresh.invitations.open().exists():
        raise RoleInUse
    journal.write(events.ROLE_REMOVED, actor=by, subject=fresh, data=_about(fresh))
    fresh.delete()


def _own(role: Role, by: Any, chosen: Collection[str]) -> Role:
    """The role under the lock. Neither what it holds nor what it shall hold exceeds who changes it."""
    business = locks.team(role.business_id)
    giver = authority.actor(business, by, permissions.ROLES)
    fresh = Role.objects.select_related("business").filter(pk=role.pk).first()
    if fresh is None:
        raise authority.NotAllowed
    if fresh.template:
        raise FromTemplate
    if not authority.may_give_rights(giver, fresh.rights | frozenset(chosen)):
        raise authority.MoreThanHeld
    return fresh


def _refuse_taken(business: Business, name: str, *, but: Role | None = None) -> None:
    """Nor may a name look like one of ours: a role called "Owner" would mislead."""
    wanted = name.casefold()
    labels = {one.name.casefold() for one in business.roles.all() if one.name and one != but}
    labels |= {str(one.label).casefold() for one in role_templates.ALL} | role_templates.BY_KEY.keys()
    if wanted in labels:
        raise NameTaken


def _difference(old: Collection[str], new: Collection[str]) -> dict[str, list[str]]:
    return {"gained": sorted(set(new) - set(old)), "lost": sorted(set(old) - set(new))}


def _about(role: Role) -> dict[str, Any]:
    return {"business": role.business_id, "role": role.word}
