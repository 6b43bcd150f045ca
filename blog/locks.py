"""The one way this room's rows are locked, always ordered by key."""

from __future__ import annotations

from typing import Any

from .models import Announcement


def announcements(translation_key: Any) -> list[Announcement]:
    """One announcement in all languages in which it was told."""
    rows = Announcement.objects.filter(post__translation_key=translation_key)
    return list(rows.select_related("post__locale").select_for_update(of=("self",)).order_by("pk"))
