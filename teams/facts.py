"""The facts of a business that count only after a review, as plain data that can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from . import trader
from .licence_kinds import Activity, Species
from .models import Business, Licence, Topic

FIELDS = {
    Topic.IDENTITY: ["legal_name", "tax_number", "tax_office", *trader.FIELDS],
    Topic.BANK: ["iban", "iban_holder"],
}
LICENCE_FIELDS = [
    "kind",
    "address",
    "number",
    "valid_from",
    "valid_until",
    "activity",
    "species",
    "holder",
    "diploma_number",
    "chamber_number",
    "plate",
    "files",
]
_LICENCES = "licence"  # stands for all of them, in the order of their keys
_READ = [*FIELDS[Topic.IDENTITY], _LICENCES, *LICENCE_FIELDS, *FIELDS[Topic.BANK]]


def of_fields(business: Business, topic: str) -> dict[str, Any]:
    return {name: getattr(business, name) for name in FIELDS[Topic(topic)]}


def of_licence(licence: Licence) -> dict[str, Any]:
    found = {name: _plain(getattr(licence, name)) for name in LICENCE_FIELDS if name != "files"}
    return found | {"files": [[one.name, one.digest] for one in licence.evidence.all()]}


def in_force(business: Business) -> dict[str, Any]:
    """What the review has found right and the public may rely on."""
    return _all(business, business.licences.verified())


def sent(business: Business) -> dict[str, Any]:
    """What a draft hands in: nothing of it was reviewed."""
    return _all(business, business.licences.filter(status="waiting"))


def _all(business: Business, licences: Any) -> dict[str, Any]:
    rows = licences.prefetch_related("evidence").order_by("pk")
    plain = of_fields(business, Topic.IDENTITY) | of_fields(business, Topic.BANK)
    return plain | {f"licence {row.pk}": of_licence(row) for row in rows}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


@dataclass(frozen=True)
class Difference:
    """One fact as it is and as it would be."""

    key: str
    label: str
    old: str
    new: str

    @property
    def is_changed(self) -> bool:
        return self.old != self.new


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """Every fact of a request side by side in the order of reading, the unchanged ones too, none empty."""
    return [one for one in _differences(before, after) if one.old or one.new]


def _differences(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Difference]:
    for key in sorted(after, key=_place):
        new, old = after[key], before.get(key, "")
        if isinstance(new, dict):
            for one in _differences(old or {}, new):
                yield Difference(f"{key} {one.key}", one.label, one.old, one.new)
        else:
            yield Difference(key, label(key), _words(key, old), _words(key, new))


def _place(key: str) -> tuple[int, int]:
    """JSON keeps no order. Licences stand together, the one that was added first before the others."""
    name, _space, number = key.partition(" ")
    return _READ.index(name), int(number or 0)


def label(key: str) -> str:
    if key == "files":
        return _("Evidence")
    model = Licence if key in LICENCE_FIELDS else Business
    name = str(model._meta.get_field(key).verbose_name)  # type: ignore[union-attr]
    return name[:1].upper() + name[1:]


def _words(key: str, value: Any) -> str:
    if not value:
        return ""
    if key == "files":
        return "\n".join(f"{name} ({digest[:8]})" for name, digest in value)
    if key == "species":
        return ", ".join(str(Species(code).label) for code in value)
    if key in ("valid_from", "valid_until") and (day := parse_date(value)):
        return date_format(day, "j F Y")
    if key == "kind":
        return str(dict(Licence._meta.get_field("kind").flatchoices)[value])
    return str(Activity(value).label) if key == "activity" else str(value)
