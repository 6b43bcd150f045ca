"""What is looked for, as it stands in the address: a link says all of it, and reload and back keep it.

`yer` 34 or 34-kadikoy, `hizmet`, `tur`, `gun` and `bitis` (days), `vakit`, `gece`, `adet` (animals),
`ad` (words of a name), `isletme`, `sirala`; `kalan`: words of the sentence that were not understood;
`sonra`: where the list goes on.
What makes no sense there is left out, so a link never breaks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.districts import BY_NAME
from core.provinces import BY_CODE as PROVINCES
from core.text import fold, slug
from pets.species import Species

from . import search_words
from .kinds import Kind
from .search_reading import Place, Reading
from .search_words import BY_CODE, MOST_ANIMALS, Part, Service

FIELDS = ("yer", "hizmet", "tur", "gun", "bitis", "vakit", "gece", "adet", "ad", "isletme", "sirala", "kalan")
SORTS = ("", "fiyat")  # the earliest first; by price
MOST_NIGHTS, LONGEST_SPAN = 99, timedelta(days=13)
LONGEST_NAME = 60


@dataclass(frozen=True)
class Chip:
    """A wish in words, and the address without it."""

    label: Any
    query: str


@dataclass(frozen=True)
class Asked:
    place: Place | None = None
    service: Service | None = None
    species: str = ""
    first: date | None = None
    last: date | None = None
    part: str = ""
    nights: int = 0
    animals: int = 0  # 0: not said, so one
    name: str = ""
    business: str = ""
    sort: str = ""
    rest: str = ""
    after: str = ""

    @property
    def values(self) -> dict[str, str]:
        """As the address has them; empty ones too, so that nothing is filled in for her again."""
        first, last = self.first, self.last
        return {
            "yer": place_code(self.place),
            "hizmet": self.service.code if self.service else "",
            "tur": self.species,
            "gun": first.isoformat() if first else "",
            "bitis": last.isoformat() if last and last != first else "",
            "vakit": self.part,
            "gece": str(self.nights) if self.nights else "",
            "adet": str(self.animals) if self.animals else "",
            "ad": self.name,
            "isletme": self.business,
            "sirala": self.sort,
            "kalan": self.rest,
        }

    def query(self, **changes: Any) -> str:
        """The address of the same with some of it changed."""
        values = {key: value for key, value in replace(self, **changes).values.items() if value}
        return urlencode(values or {"yer": ""})

    @property
    def is_stay(self) -> bool:
        return bool(self.service and self.service.kind == Kind.STAY)

    @property
    def chips(self) -> list[Chip]:
        found: list[tuple[Any, dict[str, Any]]] = []
        if self.service:
            found.append((self.service.label, {"service": None, "nights": 0}))
        if self.species:
            found.append((Species(self.species).label, {"species": ""}))
        if self.animals > 1:
            words = ngettext("%(number)s animal", "%(number)s animals", self.animals)
            found.append((words % {"number": self.animals}, {"animals": 0}))
        if self.place:
            found.append((self.place.label, {"place": None}))
        if self.first:
            found.append((self.days, {"first": None, "last": None}))
        if self.part:
            found.append((Part(self.part).label, {"part": ""}))
        if self.nights:
            words = ngettext("%(nights)s night", "%(nights)s nights", self.nights) % {"nights": self.nights}
            found.append((words, {"nights": 0}))
        if self.name:
            found.append((f"“{self.name}”", {"name": ""}))
        return [Chip(label, self.query(after="", **gone)) for label, gone in found]

    @property
    def days(self) -> str:
        if self.first is None:
            return _("any day")
        if self.last is None or self.last == self.first:
            return date_format(self.first, "j F l")
        return f"{date_format(self.first, 'j F')} – {date_format(self.last, 'j F')}"


def read(given: Mapping[str, str]) -> Asked:
    """`given`: a QueryDict, or a plain one."""
    first, last = _day(given.get("gun", "")), _day(given.get("bitis", ""))
    if first is None or last is None or not first <= last <= first + LONGEST_SPAN:
        last = first
    return Asked(
        place=place_of(given.get("yer", "")),
        service=BY_CODE.get(given.get("hizmet", "")),
        species=_one_of(given.get("tur", ""), Species.values),
        first=first,
        last=last,
        part=_one_of(given.get("vakit", ""), Part.values),
        nights=_count(given.get("gece", ""), MOST_NIGHTS),
        animals=_count(given.get("adet", ""), MOST_ANIMALS),
        name=" ".join(given.get("ad", "").split())[:LONGEST_NAME],
        business=given.get("isletme", "")[:80],
        sort=_one_of(given.get("sirala", ""), SORTS),
        rest=" ".join(given.get("kalan", "").split())[:200],
        after=given.get("sonra", "")[:60],
    )


def with_sentence(asked: Asked, said: Reading, name: str, rest: str) -> Asked:
    """What was said counts more than what stood in the fields; what was not said stays."""
    changes: dict[str, Any] = {"name": name or asked.name, "rest": rest, "after": ""}
    if said.place:
        changes["place"] = said.place
    if said.service:
        changes["service"] = BY_CODE[said.service]
    if said.first:
        changes |= {"first": said.first, "last": min(said.last or said.first, said.first + LONGEST_SPAN)}
    for name_of in ("species", "part", "nights", "animals", "sort"):
        if value := getattr(said, name_of):
            changes[name_of] = value
    return replace(asked, **changes)


def place_code(place: Place | None) -> str:
    if place is None:
        return ""
    return "-".join(part for part in (place.province, slug(place.district)) if part)


def place_of(code: str) -> Place | None:
    """“34”, “34-kadikoy”, “edremit”. A district that no list knows may still be where a branch stands."""
    province, dash, rest = code.partition("-")
    if province not in PROVINCES:
        province, rest = "", code
    name = rest.replace("-", " ").strip()[:LONGEST_NAME]
    if not name:
        return Place(province) if province and not dash else None
    known = [one for at, one in BY_NAME.get(fold(name), ()) if not province or at == province]
    return Place(province, known[0] if known else name.title())


def _day(text: str) -> date | None:
    """Of this century: others are typing errors."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and 2000 <= day.year < 2100 else None


def _count(text: str, most: int) -> int:
    return min(int(text), most) if text.isascii() and text.isdecimal() and len(text) < 4 else 0


def _one_of(value: str, known: Any) -> str:
    return value if value in known else ""


def services() -> list[tuple[Any, list[Service]]]:
    """For a list to choose from: the kind, and what of it can be asked for."""
    groups: dict[Kind, list[Service]] = {}
    for one in search_words.SERVICES:
        groups.setdefault(one.kind, []).append(one)
    return [(kind.label, found) for kind, found in groups.items()]
