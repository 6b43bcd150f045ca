"""The life of a row as a table of allowed moves. Only `Moves.move` writes a status.

MOVES = Moves({Status.HELD: {Status.CONFIRMED, Status.EXPIRED}})
MOVES.move(booking, Status.CONFIRMED, event=events.CONFIRMED, actor=ayse)
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from . import journal
from .errors import Refused


class MoveRefused(Refused):
    """The row is not in a status from which the wished one can be reached."""

    code = "move_refused"
    message = _("This has changed in the meantime. Look at it again and decide anew.")


class Moves:
    def __init__(self, table: Mapping[str, set[str]], *, field: str = "status") -> None:
        self.table = {str(source): {str(target) for target in targets} for source, targets in table.items()}
        self.field = field

    def allows(self, source: str, target: str) -> bool:
        return str(target) in self.table.get(str(source), set())

    @transaction.atomic
    def move(
        self,
        row: Model,
        target: str,
        *,
        event: str,
        actor: Any = None,
        data: dict[str, Any] | None = None,
        **changes: Any,
    ) -> None:
        """Lock the row, check the move, save it with `changes`, write the journal line with `data`.

        The row as the database knows it decides, not the copy in hand. Raises MoveRefused.
        """
        locked = type(row)._default_manager.select_for_update().get(pk=row.pk)
        source = getattr(locked, self.field)
        if not self.allows(source, target):
            raise MoveRefused(f"{row._meta.label} {row.pk}: {source} → {target}")
        for name, value in {self.field: target, **changes}.items():
            setattr(row, name, value)
        row.save(update_fields=[self.field, *changes])
        told = {"from": str(source), "to": str(target), **(data or {})}
        journal.write(event, actor=actor, subject=row, data=told)
