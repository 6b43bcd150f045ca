"""What is expected of each route. A route without a row fails `test_every_route_has_a_row`.

A policy answers, for one person and one side, with a word:

- `in`: she gets there (whatever the page then says about her input)
- `login`: she is asked to sign in first
- `no`: 403, a colleague without the right
- `gone`: 404, as if it did not exist
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .scene import Scene, Side

Kwargs = Callable[[Side], dict[str, Any]]


def nothing(side: Side) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Policy:
    """`kwargs` complete the address for one side."""

    kwargs: Kwargs = nothing

    def expected(self, who: str, whose: str, scene: Scene) -> str:
        raise NotImplementedError


@dataclass(frozen=True)
class Public(Policy):
    """Open to all, or closed to all alike: who asks makes no difference. Not called with arguments here."""

    def expected(self, who: str, whose: str, scene: Scene) -> str:
        return "in"


@dataclass(frozen=True)
class Elsewhere(Policy):
    """Checked by tests of its own, named in `why`."""

    why: str = ""


@dataclass(frozen=True)
class SignedIn(Policy):
    """A page of the person herself, without anything of others in its address."""

    def expected(self, who: str, whose: str, scene: Scene) -> str:
        return "login" if who == "visitor" else "in"


@dataclass(frozen=True)
class OfPerson(Policy):
    """Belongs to the owner of each side (`things`); a stranger's is gone."""

    def expected(self, who: str, whose: str, scene: Scene) -> str:
        if who == "visitor":
            return "login"
        return "in" if scene.people[who] == scene.side(whose).people["owner"] else "gone"


@dataclass(frozen=True)
class OfKeepers(Policy):
    """A pet's own pages: the owner keeps it, the vet of the same side keeps it with her."""

    def expected(self, who: str, whose: str, scene: Scene) -> str:
        if who == "visitor":
            return "login"
        keepers = [scene.side(whose).people[name] for name in ("owner", "vet")]
        return "in" if scene.people[who] in keepers else "gone"


@dataclass(frozen=True)
class OfDesk(Policy):
    """Only for people of the support desk; of the cast that is the administrator."""

    def expected(self, who: str, whose: str, scene: Scene) -> str:
        if who == "visitor":
            return "login"
        return "in" if scene.people[who].has_perm("support.work_tickets") else "gone"


class OfBusiness(Policy):
    """In a business's panel; members need one of the `rights`, strangers see nothing."""

    def __init__(self, kwargs: Kwargs, *rights: str) -> None:
        super().__init__(kwargs)
        object.__setattr__(self, "rights", frozenset(rights))

    def expected(self, who: str, whose: str, scene: Scene) -> str:
        if who == "visitor":
            return "login"
        memberships = scene.side(whose).business.memberships.select_related("role")
        found = memberships.filter(user=scene.people[who]).first()
        if found is None:
            return "gone"
        return "in" if not self.rights or self.rights & found.role.rights else "no"


def business(side: Side) -> dict[str, Any]:
    return {"business": side.business.slug}


def of_business(**names: Any) -> Kwargs:
    """Within a business: `pk="branch"` is the row number of a thing; what is no thing stands for itself."""
    return lambda side: business(side) | thing(**names)(side)


def thing(**names: Any) -> Kwargs:
    return lambda side: {key: _value(side, key, name) for key, name in names.items()}


def _value(side: Side, key: str, name: Any) -> Any:
    row = side.things.get(name)
    if row is None:
        return name
    if key == "reference":
        return row.reference
    return row.pk if key in ("pk", "day", "picture") else row.public_id
