"""Reads for the pages of a team. The number of queries does not depend on how many work there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Case, Count, Q, QuerySet, When

from accounts import factors
from core import text

from . import queries, rights
from .models import Business, Invitation, Membership
from .people_states import InvitationStatus


def found_members(business: Business, *, query: str = "", role: str = "") -> QuerySet[Membership]:
    rows = queries.members_of(business).annotate(has_second_step=factors.exists_for("user"))
    if role.isdecimal():
        rows = rows.filter(role=int(role))
    return rows.filter(pk__in=_matching(rows, query)) if query else rows


def _matching(rows: QuerySet[Membership], query: str) -> list[int]:
    """Folded here, since the database knows neither ı and i nor what people type for ş."""
    wanted = text.fold(query)
    words = ("user__first_name", "user__last_name", "user__email")
    people = rows.prefetch_related(None).values_list("pk", *words)
    return [pk for pk, *told in people if wanted in text.fold(" ".join(told))]


def open_invitations(business: Business, *, query: str = "", role: str = "") -> QuerySet[Invitation]:
    rows = business.invitations.open().select_related("role", "invited_by").prefetch_related("locations")
    if role.isdecimal():
        rows = rows.filter(role=int(role))
    return rows.filter(email__icontains=query) if query else rows


def invitations(business: Business) -> QuerySet[Invitation]:
    """The open ones first."""
    rows = business.invitations.select_related("role", "invited_by").prefetch_related("locations")
    return rows.order_by(Case(When(status=InvitationStatus.SENT, then=0), default=1), "-sent_at", "-pk")


def roles(business: Business) -> Any:
    """With the number of members, and of invitations that still wait."""
    waiting = Count("invitations", filter=Q(invitations__status=InvitationStatus.SENT), distinct=True)
    return business.roles.annotate(people=Count("memberships", distinct=True), waiting=waiting)


@dataclass(frozen=True)
class RightsOfRoom:
    label: Any
    rights: list[rights.Right]


def grouped(codes: Iterable[str] | None = None) -> list[RightsOfRoom]:
    """Rights by the room that declares them, all or only those named."""
    wanted = None if codes is None else frozenset(codes)
    groups: dict[str, list[rights.Right]] = {}
    for right in rights.every():
        if wanted is None or right.code in wanted:
            groups.setdefault(right.code.partition(".")[0], []).append(right)
    return [RightsOfRoom(apps.get_app_config(room).verbose_name, held) for room, held in groups.items()]
