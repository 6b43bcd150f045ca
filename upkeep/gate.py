"""What this process knows of upkeep: asked at each request, read from the database every two seconds at most.

One small statement (two with windows ahead), whatever the traffic; all requests in between cost a comparison.
While the database does not answer, the last that was known holds: a stop stays a stop.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import Error

from .models import MaintenanceWindow
from .models.windows import WITHOUT_END
from .states import Effect, Kind, Status

log = logging.getLogger(__name__)
WAIT_AT_LEAST = 30  # seconds in Retry-After, so that nobody hammers at the last moment


@dataclass(frozen=True)
class Known:
    """A window ahead or running, with everything that banner and closed pages say of it."""

    public_id: str
    version: int
    kind: str
    effect: str
    is_running: bool
    starts_at: datetime
    ends_at: datetime | None
    announced_at: datetime
    title: dict[str, str]
    advice: dict[str, str]
    parts: dict[str, str]
    prefixes: tuple[str, ...]

    @property
    def is_planned(self) -> bool:
        return self.kind == Kind.PLANNED

    @property
    def meanwhile(self) -> Any:
        return Effect(self.effect).label

    @property
    def key(self) -> str:
        """Names what the banner says: whoever closed it sees the next change again."""
        return f"{self.public_id[:8]}-{self.version}"

    def closes_at(self, now: datetime) -> bool:
        """A planned end holds also while the worker that writes it down is away."""
        return self.is_running and (self.ends_at is None or now < self.ends_at)

    def seconds_left(self, now: datetime) -> int:
        left = self.ends_at - now if self.ends_at else WITHOUT_END
        return max(WAIT_AT_LEAST, int(left.total_seconds()))


class Keeper:
    def __init__(self) -> None:
        self.known: tuple[Known, ...] = ()
        self.closing: tuple[Known, ...] = ()  # running and in the way of something
        self.due = 0.0  # when to read again, by the monotonic clock
        self.lock = threading.Lock()

    def look(self) -> None:
        """It is time to read anew; of several threads one does, the others go on with what is known."""
        if settings.UPKEEP_REFRESH_SECONDS is None or not self.lock.acquire(blocking=False):
            return
        try:
            self.read()
        except Error:
            self.due = _next()
            log.warning("upkeep could not be read; what was known holds", exc_info=True)
        finally:
            self.lock.release()

    def read(self) -> tuple[Known, ...]:
        """From the database, now."""
        self.set(read())
        return self.known

    def set(self, known: tuple[Known, ...]) -> None:
        self.known = known
        self.closing = tuple(one for one in known if one.is_running and one.effect != Effect.SLOW)
        self.due = _next()

    def forget(self) -> None:
        self.known = self.closing = ()
        self.due = 0.0


def _next() -> float:
    return time.monotonic() + (settings.UPKEEP_REFRESH_SECONDS or 0)


KEEPER = Keeper()


def read() -> tuple[Known, ...]:
    windows = MaintenanceWindow.objects.ahead().prefetch_related("components")
    return tuple(_known(window) for window in windows)


def _known(window: MaintenanceWindow) -> Known:
    parts = window.parts
    return Known(
        public_id=str(window.public_id),
        version=window.version,
        kind=window.kind,
        effect=window.effect,
        is_running=window.status == Status.IN_PROGRESS,
        starts_at=window.starts_at,
        ends_at=window.ends_at,
        announced_at=_announced(window),
        title=window.both("title"),
        advice=window.both("advice"),
        parts=_names(parts),
        prefixes=tuple(prefix for part in parts for prefix in part.prefixes),
    )


def _announced(window: MaintenanceWindow) -> datetime:
    assert window.announced_at  # noqa: S101  (the database keeps it for everything ahead)
    return window.announced_at


def _names(parts: list[Any]) -> dict[str, str]:
    return {language: ", ".join(part.both("name")[language] for part in parts) for language in ("tr", "en")}
