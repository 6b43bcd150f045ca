"""What lines about businesses become for their people."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone

from core import journal
from core.models import Line
from notifications import kinds, services

from . import events, notices, permissions, shown
from .models import Business, Topic


@receiver(post_save, sender=settings.AUTH_USER_MODEL)
def show_without_who_is_away(instance: Any, update_fields: Any = None, **_: Any) -> None:
    """In the transaction of the pause or the return: public pages name her and her businesses, or do not."""
    if update_fields and "status" in update_fields:
        for business in Business.objects.of(instance):
            shown.changed(business)


def holders(business: Business, right: str) -> list[Any]:
    """Members whose role holds this right, owners among them."""
    rows = business.memberships.select_related("role", "user").filter(user__is_active=True)
    return [row.user for row in rows if right in row.role.rights]


@journal.on(events.CHANGE_APPROVED, events.CHANGE_RETURNED)
def tell_the_decision(line: Line) -> None:
    if line.subject is None:
        return
    row, code = line.subject, notices.APPROVED if line.name == events.CHANGE_APPROVED else notices.RETURNED
    data = {"topic": kinds.words(Topic(row.topic).label)}
    _tell(
        code, row.business, holders(row.business, permissions.PROFILE), f"{line.pk}", data, "business_facts"
    )


@journal.on(events.CHANGE_REQUESTED, events.CHANGE_EDITED)
def tell_owners_of_another_account(line: Line) -> None:
    """Every owner, also when one of them asked for it herself."""
    if line.subject is not None and line.subject.topic == Topic.BANK:
        business = line.subject.business
        owners = [row.user for row in business.memberships.owners()]
        _tell(notices.BANK, business, owners, f"{line.pk}", {}, "business_facts")


@journal.on(events.LICENCE_ENDS_SOON)
def tell_of_an_ending_licence(line: Line) -> None:
    if line.subject is None:
        return
    business = line.subject.business
    data = {"licence": line.data["licence"], "day": kinds.day(date.fromisoformat(line.data["on"]))}
    people = holders(business, permissions.LICENCES)
    _tell(notices.LICENCE, business, people, f"{line.subject.pk} {line.data['days']}", data, "business_facts")


@journal.on(events.OWNERSHIP_OFFERED)
def tell_the_taker(line: Line) -> None:
    _tell_of_ownership(line, notices.OFFERED, "taker")


@journal.on(events.OWNERSHIP_ACCEPTED)
def tell_the_giver(line: Line) -> None:
    _tell_of_ownership(line, notices.HANDED_OVER, "giver")


def _tell_of_ownership(line: Line, code: str, who: str) -> None:
    business = Business.objects.filter(pk=line.data["business"]).first()
    people = list(get_user_model().objects.filter(pk=line.data[who]))
    if business:
        _tell(code, business, people, f"{line.pk}", {}, "team_ownership")


def _tell(
    code: str, business: Business, people: list[Any], key: str, data: dict[str, Any], url_name: str
) -> None:
    services.notify(
        code,
        to=people,
        key=key,
        data={"business": business.name} | data,
        url=reverse(url_name, kwargs={"business": business.slug}),
        now=timezone.now(),
    )
