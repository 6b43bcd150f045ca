"""Rights within a business, declared in code as `room.action`, granted through roles.

    MEMBERS = rights.declare("teams.members", _("Invite and remove people"), to={VET}, sensitive=True)

`to` names the role templates that hold it from the start; owners hold everything. A sensitive right
touches money or roles and asks for a second factor. Rooms declare theirs in `permissions.py`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

OWNER, MANAGER, VET, TECHNICIAN, RECEPTION, ACCOUNTANT, STAFF, DRIVER = (
    "owner",
    "manager",
    "vet",
    "technician",
    "reception",
    "accountant",
    "staff",
    "driver",
)


@dataclass(frozen=True)
class Right:
    code: str
    label: Any
    to: frozenset[str]
    is_sensitive: bool


_rights: dict[str, Right] = {}


def declare(code: str, label: Any, *, to: Collection[str] = (), sensitive: bool = False) -> str:
    if code in _rights:
        raise ValueError(f"{code} is declared twice")
    _rights[code] = Right(code, label, frozenset(to) | {OWNER}, sensitive)
    return code


def every() -> list[Right]:
    return list(_rights.values())


def get(code: str) -> Right:
    return _rights[code]


def of_template(template: str) -> frozenset[str]:
    return frozenset(right.code for right in _rights.values() if template in right.to)


def known(codes: Collection[str]) -> frozenset[str]:
    """Those that some room still declares."""
    return frozenset(codes) & _rights.keys()


def sensitive() -> frozenset[str]:
    return frozenset(right.code for right in _rights.values() if right.is_sensitive)
