"""Staff opens and closes ways to pay. The next page of anybody shows it, the answers of the help page too."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from core import journal, response_cache
from core.response_cache.pages import ANY_PAGE

from .. import events
from ..models import OpenMethod


@transaction.atomic
def set_way(*, way: OpenMethod, is_open: bool, by: Any) -> None:
    """Nothing happens where it stands so already."""
    way = OpenMethod.objects.select_for_update().get(pk=way.pk)
    if way.is_open == is_open:
        return
    way.is_open = is_open
    way.save(update_fields=["is_open"])
    journal.write(events.WAY, actor=by, subject=way, data={"way": str(way), "is_open": is_open})
    response_cache.purge(ANY_PAGE)  # a live block may stand in any of them
