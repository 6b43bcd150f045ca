"""Addresses that nobody reads: what their server refused for good is not tried again (decision 0040)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from . import journal
from .models import SuppressedAddress

SUPPRESSED = "core.address_suppressed"
ESSENTIAL_PAUSE = timedelta(days=1)


@transaction.atomic
def suppress(address: str, *, error: str = "", now: datetime) -> SuppressedAddress:
    """No more mail to this address, save one essential try a day. Told twice is told once."""
    row, is_new = SuppressedAddress.objects.get_or_create(
        address=address.lower(), defaults={"at": now, "error": error[:500]}
    )
    if is_new:
        journal.write(SUPPRESSED, subject=row)
    return row


def lift(address: str) -> None:
    """A mail was taken: somebody is there after all."""
    SuppressedAddress.objects.filter(address=address.lower()).delete()


def may_try(address: str, *, essential: bool, now: datetime) -> bool:
    """Whether a mail may go to this address now. An essential try is counted."""
    row = SuppressedAddress.objects.select_for_update().filter(address=address.lower()).first()
    if row is None:
        return True
    if not essential or (row.tried_at and now - row.tried_at < ESSENTIAL_PAUSE):
        return False
    row.tried_at = now
    row.save(update_fields=["tried_at"])
    return True


def among(addresses: Iterable[str]) -> set[str]:
    """Which of these are suppressed."""
    lowered = [address.lower() for address in addresses]
    return set(SuppressedAddress.objects.filter(address__in=lowered).values_list("address", flat=True))
