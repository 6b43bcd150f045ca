"""Who may be in a room: its customer, and members of the business who run its calendar at that branch."""

from __future__ import annotations

from accounts.states import Status
from teams import access as teams

from .. import permissions
from .models import Presence
from .states import Side


def may_stay(presence: Presence) -> bool:
    """Asked anew each minute of a call, since rights end while people talk."""
    user, booking = presence.user, presence.consultation.booking
    if user is None or not user.is_active or user.status != Status.ACTIVE:
        return False
    if presence.side == Side.OWNER:
        return booking.customer_id == user.pk
    found = teams.of(user, booking.business.slug)
    if found is None or not found.can(permissions.CALENDAR):
        return False
    return found.location_ids is None or booking.location_id in found.location_ids
