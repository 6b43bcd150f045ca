"""How rows are locked here: resources by number, then bookings by number; payment and ledger after them.

Whoever takes a time locks what the offering may rest on. Two who want the same time wait for each other
here, and never in a circle.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q

from .models import Booking, Resource


def resources(pks: Iterable[int]) -> dict[int, Resource]:
    rows = Resource.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=set(pks))
    return {row.pk: row for row in rows.order_by("pk")}


def of_bookings(pks: Sequence[int]) -> list[Booking]:
    """These bookings with all they rest on, and with all their offering may rest on."""
    claimed = Q(claims__booking__in=pks)
    possible = Q(needs__offering__bookings__in=pks)
    found = Resource.objects.filter(claimed | possible).values_list("pk", flat=True)
    resources(found)
    return list(Booking.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))


def whole(row: Booking) -> list[Booking]:
    """This booking with those that are held, paid and given up with it; the one that leads first."""
    if not row.is_of_several:
        return of_bookings([row.pk])
    head = row.head_id or row.pk
    return of_bookings(list(Booking.objects.filter(Q(pk=head) | Q(head=head)).values_list("pk", flat=True)))


def booking(pk: int) -> Booking:
    """This booking as it is now and stays until the end of the transaction."""
    return of_bookings([pk])[0]
