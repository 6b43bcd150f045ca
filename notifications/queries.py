"""Reads: the bell, the list, what a person wished, whose digest is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import F, Prefetch, Q, QuerySet

from core import bounces

from . import kinds
from .categories import Category, Channel, Mode, default_mode, modes_of
from .kinds import Kind
from .models import Delivery, Digest, Habits, Notice, Preference
from .models.preferences import DIGEST_HOUR

LATEST = 4


def unread_count(user: Any) -> int:
    return Notice.objects.of(user).unread().count()


def latest(user: Any) -> list[Notice]:
    return list(Notice.objects.of(user)[:LATEST])


def notices_of(user: Any, *, category: str = "", unread: bool = False) -> QuerySet[Notice]:
    """Newest first, each with the mail that told it too."""
    found = Notice.objects.of(user)
    if category:
        found = found.about(category)
    if unread:
        found = found.unread()
    mailed = Delivery.objects.filter(channel=Channel.EMAIL).order_by("pk")
    return found.prefetch_related(Prefetch("deliveries", mailed, to_attr="mails"))


def is_unreachable(user: Any) -> bool:
    """Whether mail to her address is no longer sent."""
    return bool(bounces.among([user.email]))


@dataclass
class Wishes:
    """What many people wished about one category, read at once."""

    modes: dict[tuple[int, str], str]
    habits: dict[int, Habits]

    def mode(self, kind: Kind, person_id: int, channel: str) -> str:
        return kind.mode(channel, self.modes.get((person_id, channel)))

    def habits_of(self, person_id: int) -> Habits:
        return self.habits.get(person_id) or Habits()


def wishes(category: str, people: Iterable[int]) -> Wishes:
    rows = Preference.objects.filter(user__in=people, category=category)
    modes = {(row.user_id, row.channel): row.mode for row in rows}
    return Wishes(modes, {row.user_id: row for row in Habits.objects.filter(user__in=people)})


def habits_of(user: Any) -> Habits:
    return Habits.objects.filter(user=user).first() or Habits(user=user)


@dataclass(frozen=True)
class Cell:
    """One square of the matrix: what is chosen, what may be, and why something may not."""

    category: Category
    channel: Channel
    mode: str
    choices: list[Mode]
    reasons: list[Any]
    is_locked: bool
    is_used: bool

    @property
    def name(self) -> str:
        return f"{self.category}-{self.channel}"


def matrix(user: Any) -> list[list[Cell]]:
    chosen = {(row.category, row.channel): row.mode for row in Preference.objects.filter(user=user)}
    return [
        [_cell(category, channel, chosen.get((category, channel))) for channel in Channel]
        for category in kinds.categories()
    ]


def _cell(category: Category, channel: Channel, chosen: str | None) -> Cell:
    """Locked when every kind that goes this way is; a lock of some kinds is told beside the choice."""
    using = [kind for kind in kinds.in_category(category) if channel in kind.channels]
    locking = [kind for kind in using if channel in kind.locked]
    return Cell(
        category,
        channel,
        chosen or default_mode(category, channel),
        modes_of(channel),
        list(dict.fromkeys(kind.why_locked for kind in locking)),
        is_locked=bool(using) and len(locking) == len(using),
        is_used=bool(using),
    )


def waiting_for_digest(slot: datetime) -> QuerySet:
    """People whose digest leaves at this full hour, who have something to hear and not had it today."""
    at_this_hour = Q(notice_habits__digest_hour=slot.hour)
    if slot.hour == DIGEST_HOUR:
        at_this_hour |= Q(notice_habits=None)
    pending = Delivery.objects.for_digest(slot).values("notice__recipient")
    had = Digest.objects.filter(day=slot.date()).values("recipient")
    people = get_user_model().objects.filter(at_this_hour, pk__in=pending)
    return people.exclude(pk__in=had).order_by("pk")


def delivery_log() -> QuerySet[Delivery]:
    return Delivery.objects.select_related("notice__recipient").annotate(kind=F("notice__kind"))
