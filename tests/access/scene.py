"""The stage: two businesses with everything a business has, and people on both sides."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model

from teams import rights
from tests.factories import teams

from . import things

PASSWORD = "uzun bir cumle yeter"
CANARY = "kanarya7391"  # stands in every text of the other side that the public may not read


@dataclass
class Side:
    """One business, its people, and what belongs to them. `things` is filled by the rooms' factories."""

    business: Any
    people: dict[str, Any]
    things: dict[str, Any] = field(default_factory=dict)


@dataclass
class Scene:
    ours: Side
    theirs: Side
    people: dict[str, Any]  # who is asked about: name → user, None for a visitor

    def side(self, whose: str) -> Side:
        return self.ours if whose == "ours" else self.theirs


def build() -> Scene:
    ours = _side("Ihlamur Veteriner", "a")
    theirs = _side("Papatya Klinik", "b", mark=CANARY)
    people = {
        "visitor": None,
        "parent": _person("Ayşe", "Yıldız", "parent@ornek.test"),
        **ours.people,
        "stranger": theirs.people["owner"],
        "editor": _editor(),
        "admin": _person("Yeliz", "Ak", "admin@ornek.test", is_staff=True, is_superuser=True),
    }
    return Scene(ours, theirs, people)


def _side(name: str, letter: str, mark: str = "") -> Side:
    owner = _person("Bora", f"Aksoy{mark}", f"owner.{letter}@ornek.test")
    business = teams.verified(owner, name)
    people = {"owner": owner}
    for template in (rights.MANAGER, rights.VET, rights.RECEPTION, rights.ACCOUNTANT):
        people[template] = _person(template.title(), f"Üye{mark}", f"{template}.{letter}@ornek.test")
        teams.member(business, people[template], template)
    side = Side(business, people)
    side.things = things.fill(side, mark)
    return side


def _person(first: str, last: str, email: str, **fields: Any) -> Any:
    make = get_user_model().objects.create_user
    return make(email, PASSWORD, first_name=first, last_name=last, **fields)


def _editor() -> Any:
    from django.contrib.auth.models import Group

    from editorial import roles, setup

    setup.run(approver=None, deputy=None)
    editor = _person("Elif", "Demir", "editor@ornek.test")
    editor.groups.add(Group.objects.get(name=roles.EDITOR))
    return editor
