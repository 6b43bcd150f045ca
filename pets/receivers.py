"""What lines about pets become for their keepers."""

from __future__ import annotations

from datetime import date

from django.contrib.auth import get_user_model
from django.utils import timezone

from core import journal
from core.models import Line
from notifications import kinds, services

from . import events, notices
from .duty_kinds import Kind


@journal.on(events.DUTY_DUE)
def tell_keepers(line: Line) -> None:
    """Each keeper once for each distance; who keeps the pet now is told, not who kept it then."""
    if line.subject is None:
        return
    told = line.data
    keepers = get_user_model().objects.filter(kept__pet=line.subject, is_active=True)
    services.notify(
        notices.DUTY_AHEAD if told["ahead"] else notices.DUTY_TODAY,
        to=list(keepers),
        key=f"{line.subject.pk} {told['kind']} {told['due_on']} {told['ahead']}",
        data={
            "pet": told["pet"],
            "duty": kinds.words(Kind(told["kind"]).label),
            "day": kinds.day(date.fromisoformat(told["due_on"])),
        },
        url=told["url"],
        now=timezone.now(),
    )
