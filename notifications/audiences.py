"""Who belongs to an audience. Rooms that know a kind of people say so:

    @audiences.members(Audience.CLINIC)
    def clinic_people() -> QuerySet[User]: ...

Everybody with an account may keep a pet, so every person is a pet parent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet

from core.audiences import Audience

Members = Callable[[], QuerySet]
_members: dict[str, Members] = {}


def members(audience: Audience) -> Callable[[Members], Members]:
    def register(find: Members) -> Members:
        _members[audience] = find
        return find

    return register


def everyone() -> QuerySet:
    """People with an open account and an address that they have proven to be theirs."""
    proven = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    return get_user_model().objects.filter(Exists(proven), is_active=True)


def people(audiences: Iterable[str]) -> QuerySet:
    """Everyone in one of these audiences; no audience named means all."""
    wanted = list(audiences)
    if not wanted:
        return everyone()
    known = [_members[audience]() for audience in wanted if audience in _members]
    inside = reduce(or_, (Q(pk__in=found.values("pk")) for found in known), Q(pk__in=[]))
    return everyone().filter(inside)


members(Audience.OWNER)(everyone)
