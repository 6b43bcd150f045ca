"""Who stands on a document, frozen as it was on that day."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings

from accounts.models.addresses import AddressKind
from core.provinces import BY_CODE

ANY_CONSUMER = "11111111111"  # stands for a buyer who told no number; on documents only
ANY_FOREIGNER = "2222222222"


@dataclass(frozen=True)
class Party:
    """`tax_number`: ten digits of a company or eleven of a person. `country` by ISO 3166, two letters."""

    name: str
    tax_number: str = ""
    tax_office: str = ""
    street: str = ""
    district: str = ""
    city: str = ""
    postcode: str = ""
    country: str = "TR"
    first_name: str = ""
    family_name: str = ""
    email: str = ""

    @property
    def facts(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value}


def ours() -> Party:
    """The company that runs Diji.vet."""
    return Party(**settings.COMPANY)


def business(row: Any) -> Party:
    if row is None:
        return ours()
    place = row.locations.filter(is_main=True).first()
    return Party(
        name=row.legal_name or row.name,
        tax_number=row.tax_number,
        tax_office=row.tax_office,
        email=row.email,
        **(_place(place, place.building, place.flat) if place else {}),
    )


def buyer(user: Any, name: str = "") -> Party:
    """A person with the address she gave for invoices, else for deliveries; a guest by her name alone."""
    if user is None:
        return _named(name)
    first, family = user.first_name.strip(), user.last_name.strip()
    rows = sorted(
        user.postal_addresses.all(), key=lambda row: (row.kind != AddressKind.INVOICE, not row.is_default)
    )
    where = _place(rows[0], rows[0].building, rows[0].door) if rows else {}
    named = _named(name or f"{first} {family}".strip() or user.email)
    if first and family and not name:
        named = Party(f"{first} {family}", ANY_CONSUMER, first_name=first, family_name=family)
    return Party(**{**named.facts, **where, "email": user.email})


def _named(name: str) -> Party:
    first, _space, family = name.strip().rpartition(" ")
    return Party(name.strip(), ANY_CONSUMER, first_name=first or family, family_name=family)


def _place(row: Any, building: str, flat: str) -> dict[str, str]:
    street = " ".join(part for part in (row.neighbourhood, row.street) if part)
    number = f" No: {building}" if building else ""
    door = f" D: {flat}" if flat else ""
    return {
        "street": f"{street}{number}{door}".strip(),
        "district": row.district,
        "city": BY_CODE.get(row.province, ""),
        "postcode": row.postcode,
    }
