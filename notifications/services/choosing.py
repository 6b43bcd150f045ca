"""A person says what she wishes to hear, how and when."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.db import transaction

from core import journal

from .. import events, queries
from ..errors import Locked
from ..models import Habits, Preference


@transaction.atomic
def choose(
    *,
    user: Any,
    modes: dict[tuple[str, str], str],
    is_quiet: bool,
    quiet_from: time,
    quiet_until: time,
    digest_hour: int,
) -> None:
    """Keep her wishes, by category and channel, and her hours. Raises Locked."""
    free = {
        (cell.category, cell.channel) for row in queries.matrix(user) for cell in row if not cell.is_locked
    }
    if not set(modes) <= free:
        raise Locked
    rows = [
        Preference(user=user, category=cell[0], channel=cell[1], mode=mode) for cell, mode in modes.items()
    ]
    Preference.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["user", "category", "channel"],
        update_fields=["mode"],
    )
    hours = {"quiet_from": quiet_from, "quiet_until": quiet_until, "digest_hour": digest_hour}
    Habits.objects.update_or_create(user=user, defaults={"is_quiet": is_quiet, **hours})
    told = {f"{category}/{channel}": mode for (category, channel), mode in modes.items()}
    journal.write(events.CHOSEN, actor=user, subject=user, data=told)
