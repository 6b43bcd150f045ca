"""One lock for all that changes who works in a business, so that nothing is decided on a stale team."""

from __future__ import annotations

from .models import Business


def team(business_id: int) -> Business:
    """Call inside a transaction, before reading who may do what."""
    return Business.objects.select_for_update().get(pk=business_id)
