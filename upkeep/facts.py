"""What a person writes about a window: the words, when, which parts, how hard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from .models import Component, MaintenanceWindow
from .states import Effect, Kind, strength

FIELDS = (
    "kind",
    "effect",
    "title",
    "title_en",
    "text",
    "text_en",
    "advice",
    "advice_en",
    "starts_at",
    "ends_at",
)


@dataclass(frozen=True)
class Facts:
    title: str
    text: str
    starts_at: datetime
    ends_at: datetime | None
    components: Sequence[Component]
    kind: str = Kind.PLANNED
    effect: str = Effect.READ_ONLY
    title_en: str = ""
    text_en: str = ""
    advice: str = ""
    advice_en: str = ""

    def write(self, window: MaintenanceWindow) -> None:
        for name in FIELDS:
            setattr(window, name, getattr(self, name))


def of(window: MaintenanceWindow) -> Facts:
    values = {name: getattr(window, name) for name in FIELDS}
    return Facts(**values, components=tuple(window.parts))


def differences(before: Facts, after: Facts) -> list[str]:
    names = [name for name in FIELDS if getattr(before, name) != getattr(after, name)]
    return names + (["components"] if _parts(before) != _parts(after) else [])


def is_within(after: Facts, before: Facts) -> bool:
    """Whether everything that holds afterwards was announced before: not sooner, longer, wider, harder."""
    if after.kind != before.kind or strength(after.effect) > strength(before.effect):
        return False
    if after.starts_at < before.starts_at or not _parts(after) <= _parts(before):
        return False
    return before.ends_at is None or (after.ends_at is not None and after.ends_at <= before.ends_at)


def _parts(facts: Facts) -> set[int]:
    return {part.pk for part in facts.components}
