"""Small drawings and choices of the pet pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import template

from ..duty_kinds import Kind
from ..models import Duty, Measurement

register = template.Library()
WIDTH, HEIGHT, EDGE = 120.0, 24.0, 3.0


@register.filter
def polyline(rows: Sequence[Measurement]) -> list[tuple[str, str]]:
    """Measured values as points of a line in a box of 120 × 24, true to the days between them."""
    if len(rows) < 2:
        return []
    days = [(row.measured_on - rows[0].measured_on).days for row in rows]
    values = [float(row.value) for row in rows]
    xs = _spread(days, WIDTH - 2 * EDGE)
    ys = _spread(values, HEIGHT - 2 * EDGE)
    return [(f"{EDGE + x:.1f}", f"{HEIGHT - EDGE - y:.1f}") for x, y in zip(xs, ys, strict=True)]


def _spread(values: Sequence[float], length: float) -> list[float]:
    """From the lowest to the highest over the whole length; a level line in the middle."""
    lowest, highest = min(values), max(values)
    if highest == lowest:
        return [length / 2 for _ in values]
    return [(value - lowest) / (highest - lowest) * length for value in values]


@register.filter
def next_duties(duties: Iterable[Duty], most: int = 3) -> list[Duty]:
    """What a card shows: due ones by date, then what is done for good."""
    return sorted(duties, key=lambda duty: (duty.due_on is None, duty.due_on or duty.done_on))[:most]


@register.filter
def done_word(duty: Duty) -> Any:
    return Kind(duty.kind).done_word
