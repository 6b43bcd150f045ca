"""The course of a price as a step line: places in a drawing of 640 × 180, which a template draws."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from .prices import WINDOW, Step

WIDTH, HEIGHT = 640, 180
TOP, BOTTOM = 28, 150
LEAST_GAP = 96  # between two labels


@dataclass(frozen=True)
class Label:
    x: float
    y: float
    price: Decimal
    at: datetime
    anchor: str


@dataclass
class Chart:
    lines: list[str] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    window_x: float = 0
    lowest_y: float | None = None
    begin: datetime | None = None
    end: datetime | None = None
    width: int = WIDTH
    height: int = HEIGHT
    bottom: int = BOTTOM

    @property
    def window_width(self) -> float:
        return self.width - self.window_x


def draw(steps: list[Step], *, now: datetime, days: int, lowest: Decimal | None) -> Chart | None:
    """Of the last days; None while there is no price in them."""
    begin = now - timedelta(days=days)
    spans = [(max(begin, low), high, price) for low, high, price in _spans(steps, now) if high > begin]
    prices = [price for _low, _high, price in spans]
    if not prices:
        return None
    scale = _Scale(begin, now, min(prices), max([*prices, lowest or min(prices)]))
    chart = Chart(begin=begin, end=now, window_x=scale.x(now - WINDOW))
    chart.lines = _paths(spans, scale)
    chart.labels = _labels(spans, scale)
    chart.lowest_y = scale.y(lowest) if lowest is not None else None
    return chart


def _spans(steps: list[Step], now: datetime) -> list[tuple[datetime, datetime, Decimal]]:
    """(from, to, price), the oldest first, without the times it had none."""
    forward = list(reversed(steps))
    ends = [*(step.at for step in forward[1:]), now][: len(forward)]
    return [
        (step.at, end, step.price)
        for step, end in zip(forward, ends, strict=True)
        if step.price is not None and end > step.at
    ]


@dataclass(frozen=True)
class _Scale:
    begin: datetime
    end: datetime
    low: Decimal
    high: Decimal

    def x(self, at: datetime) -> float:
        return round(max(0.0, (at - self.begin) / (self.end - self.begin)) * WIDTH, 1)

    def y(self, price: Decimal) -> float:
        if self.high == self.low:
            return (TOP + BOTTOM) / 2
        share = float((price - self.low) / (self.high - self.low))
        return round(BOTTOM - 16 - share * (BOTTOM - 16 - TOP), 1)


def _paths(spans: list[tuple[datetime, datetime, Decimal]], scale: _Scale) -> list[str]:
    """One line for each time without a break."""
    paths: list[str] = []
    last: datetime | None = None
    for low, high, price in spans:
        y = scale.y(price)
        start = f"L{scale.x(low)} {y}" if last == low else f"M{scale.x(low)} {y}"
        part = f"{start} L{scale.x(high)} {y}"
        if last == low:
            paths[-1] += f" {part}"
        else:
            paths.append(part)
        last = high
    return paths


def _labels(spans: list[tuple[datetime, datetime, Decimal]], scale: _Scale) -> list[Label]:
    """Beside the beginning of each price, the newest first where they are too close."""
    found: list[Label] = []
    for low, _high, price in reversed(spans):
        x = scale.x(low)
        if found and abs(found[-1].x - x) < LEAST_GAP:
            continue
        anchor = "end" if x > WIDTH - LEAST_GAP else "start"
        found.append(Label(x, scale.y(price) - 8, price, low, anchor))
    return list(reversed(found))
