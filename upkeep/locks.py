"""How rows of this room are locked: a window first, then its rounds."""

from __future__ import annotations

from .errors import StaleWindow
from .models import MaintenanceWindow, Round


def window(pk: int, *, version: int) -> MaintenanceWindow:
    """The row as it is now, for whoever saw this version. Raises StaleWindow."""
    found = MaintenanceWindow.objects.select_for_update().filter(pk=pk).first()
    if found is None or found.version != version:
        raise StaleWindow
    return found


def free_round(pk: int) -> Round | None:
    """An unfinished round that nobody works on."""
    rows = Round.objects.select_for_update(skip_locked=True, of=("self",))
    return rows.filter(pk=pk, finished_at=None).select_related("window").first()
