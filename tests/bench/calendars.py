"""A clinic's calendar in a table of many bookings, written by the database itself."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.models import User
from booking.models import Booking, Claim, Offering, Resource
from tests.factories import booking as make
from tests.factories import pets

OTHERS, OF_A_MONTH, A_DAY = 1000, 339, 12
GUARD = "resource_is_taken_once"
FIRST_HOUR = 9


class Calendar:
    """One vet whose month is measured: 339 bookings; all other rows lie in other months or with others."""

    def __init__(self) -> None:
        owner = User.objects.create_user("bench-klinik@ornek.test", "!")
        self.clinic = make.clinic(owner, "Ölçüm Kliniği", week=range(7))
        self.vet = make.resource(self.clinic, "Ölçülen")
        self.month = _first_of_month()
        self.offering = make.offering(self.clinic, self.vet, horizon_days=90)
        place = self.vet.location
        rows = [
            Resource(business=self.clinic, location=place, kind="person", name=f"Diğer {one}")
            for one in range(OTHERS)
        ]
        self.others = Resource.objects.bulk_create(rows)
        self.later, self.earlier = (self.month + timedelta(days=days) for days in (60, -60))
        self.size = 0
        self._pattern = self._template()

    def _template(self) -> Booking:
        customer = User.objects.create_user("bench-sahip@ornek.test", "!")
        booking = make.held(self.offering, customer, make.at(self.month + timedelta(days=40), FIRST_HOUR))
        Booking.objects.filter(pk=booking.pk).update(
            status="confirmed", until=None, hold_number=None, confirmed_at=timezone.now()
        )
        Claim.objects.filter(booking=booking).delete()
        return booking

    def grow(self, size: int) -> None:
        """To so many bookings in all; a tenth of the new ones are the vet's own, in other months."""
        new = size - self.size
        own = new // 10
        of_month = 0 if self.size else OF_A_MONTH
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE booking_claim DROP CONSTRAINT {GUARD}")
        self._write(self.month, of_month, [self.vet.pk])
        self._write(self.later, own, [self.vet.pk])
        self.later += timedelta(days=own // A_DAY + 1)
        each = max(1, (new - own - of_month) // OTHERS)
        self.earlier -= timedelta(days=each // A_DAY + 1)
        self._write(self.earlier, each * OTHERS, [one.pk for one in self.others])
        with connection.schema_editor() as editor:
            guard = next(one for one in Claim._meta.constraints if one.name == GUARD)
            editor.add_constraint(Claim, guard)
        with connection.cursor() as cursor:
            for table in ("booking_booking", "booking_claim"):
                cursor.execute(f"VACUUM ANALYZE {table}")
        self.size = size

    def _write(self, first: date, rows: int, resources: list[int]) -> None:
        """So many confirmed half hours from this day on, twelve a day, spread over these resources."""
        if not rows:
            return
        begins = "%(first)s::timestamptz + make_interval(days => (g / %(n)s)::int / 12,"
        begins += " mins => ((g / %(n)s)::int %% 12) * 30)"
        own = {
            "public_id": "gen_random_uuid()",
            "number": "upper(lpad(to_hex(nextval('bench_numbers')), 9, '0'))",
            "key": "NULL",
            "starts_at": begins,
            "ends_at": f"{begins} + interval '30 minutes'",
        }
        names = [one.column for one in Booking._meta.concrete_fields if not one.primary_key]
        picked = ", ".join(f"{own.get(name, 'pattern.' + name)}" for name in names)
        known = {
            "first": datetime.combine(first, time(FIRST_HOUR), timezone.get_default_timezone()),
            "n": len(resources),
            "rows": rows - 1,
            "pattern": self._pattern.pk,
            "resources": resources,
        }
        with connection.cursor() as cursor:
            cursor.execute("CREATE SEQUENCE IF NOT EXISTS bench_numbers")
            cursor.execute(
                f"""WITH made AS (INSERT INTO booking_booking ({", ".join(names)})
                SELECT {picked} FROM generate_series(0, %(rows)s) AS g, booking_booking AS pattern
                WHERE pattern.id = %(pattern)s ORDER BY g RETURNING id, starts_at, ends_at),
                numbered AS (SELECT *, row_number() OVER (ORDER BY id) - 1 AS g FROM made)
                INSERT INTO booking_claim (booking_id, resource_id, lane, during, blocking)
                SELECT id, (%(resources)s::bigint[])[1 + g %% %(n)s], 0, tstzrange(starts_at, ends_at), true
                FROM numbered""",
                known,
            )

    def room(self, number: int) -> Offering:
        """An offering on somebody who has no bookings yet."""
        return make.offering(
            self.clinic, make.resource(self.clinic, f"Boş {number}"), name=f"Boş {number}", horizon_days=90
        )


def people(count: int, name: str) -> list[tuple[Any, Any]]:
    """Owners with an animal each."""
    rows = [User(email=f"bench-{name}-{one}@ornek.test", password="!") for one in range(count)]
    return [(user, pets.pet(user)) for user in User.objects.bulk_create(rows)]


def _first_of_month() -> date:
    """Of the next month: nothing of it lies behind."""
    return (timezone.localdate().replace(day=1) + timedelta(days=32)).replace(day=1)
