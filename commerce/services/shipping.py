"""A seller says when her parcels leave."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.db import transaction

from commerce import events
from commerce.models import ShippingTerms
from core import journal


@transaction.atomic
def set_terms(
    *, business: Any, cut_off: time, pickup: time, days: int, carrier: str, by: Any
) -> ShippingTerms:
    """For orders from now on; what was promised before stays."""
    facts = {"cut_off": cut_off, "pickup": pickup, "days": days, "carrier": carrier}
    terms, _is_new = ShippingTerms.objects.update_or_create(business=business, defaults=facts)
    told = {name: str(value) for name, value in facts.items()}
    journal.write(events.TERMS_CHANGED, actor=by, subject=business, data=told)
    return terms
