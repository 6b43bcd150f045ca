"""What a buyer wishes: who she is, where it goes, who the invoice names, how it is delivered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from core.provinces import BY_CODE
from finance.documents.parties import ANY_CONSUMER, Party

PLACE = ("name", "province", "district", "neighbourhood", "street", "building", "door", "postcode")


@dataclass(frozen=True)
class Place:
    """A Turkish address with whoever receives there."""

    name: str
    province: str
    district: str
    neighbourhood: str
    street: str
    building: str
    door: str = ""
    postcode: str = ""

    @classmethod
    def of(cls, row: Any) -> Place:
        """Of a row of the address book, or of what a form has cleaned."""
        read = row.get if isinstance(row, Mapping) else lambda name: getattr(row, name)
        return cls(**{name: read(name) or "" for name in PLACE})

    @property
    def facts(self) -> dict[str, str]:
        return asdict(self)

    @property
    def street_line(self) -> str:
        door = f" D: {self.door}" if self.door else ""
        return f"{self.neighbourhood} {self.street} No: {self.building}{door}"

    @property
    def city(self) -> str:
        return BY_CODE.get(self.province, "")

    @property
    def lines(self) -> list[str]:
        """As it stands on an envelope in Turkey, whatever language the page speaks."""
        return [self.street_line, f"{self.postcode} {self.district} / {self.city}"]

    @property
    def one_line(self) -> str:
        return ", ".join(self.lines)

    def party(self, *, name: str = "", email: str = "", **company: str) -> Party:
        """Whom a document names: a person, or a company with title, number and office."""
        where = {"street": self.street_line, "district": self.district, "city": self.city}
        named = name or self.name
        first, _space, family = named.strip().rpartition(" ")
        person = {"first_name": first or family, "family_name": family, "tax_number": ANY_CONSUMER}
        who = company if company.get("tax_number") else person
        return Party(name=named.strip(), email=email, postcode=self.postcode, **where, **who)


@dataclass(frozen=True)
class Wish:
    """All that an order needs beside a basket. `deliveries`: key of the way, by the seller's number."""

    email: str
    name: str
    phone: str
    ship_to: Place
    invoice_to: Party
    deliveries: Mapping[int, str] = field(default_factory=dict)
