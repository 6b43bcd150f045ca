"""The demo accounts. They share one password, which is why they are never made in production."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission

from accounts.models import User

PASSWORD = "pamuk karnesini getirdi"  # noqa: S105  (public: stands in the README)


@dataclass(frozen=True)
class Person:
    email: str
    first_name: str
    last_name: str
    role: str
    groups: tuple[str, ...] = ()
    is_staff: bool = False


PEOPLE = [
    Person("ayse@ornek.test", "Ayşe", "Yıldız", "hayvan ebeveyni"),
    Person("bora@ornek.test", "Bora", "Aksoy", "klinik sahibi"),
    Person("editor@ornek.test", "Elif", "Demir", "yardım merkezi editörü", groups=("Editors",)),
    Person("yonetici@ornek.test", "Yeliz", "Ak", "yönetici", is_staff=True),
]


def load() -> None:
    for person in PEOPLE:
        if not User.objects.filter(email=person.email).exists():
            _create(person)


def admin() -> User:
    return User.objects.get(email="yonetici@ornek.test")


def _create(person: Person) -> None:
    names: dict[str, Any] = {"first_name": person.first_name, "last_name": person.last_name}
    make = User.objects.create_superuser if person.is_staff else User.objects.create_user
    user = make(person.email, PASSWORD, **names)
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    for name in person.groups:
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*Permission.objects.filter(codename="submit_translation"))
        user.groups.add(group)
