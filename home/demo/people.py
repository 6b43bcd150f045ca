"""The demo accounts. They share one password, which is why they are never made in production."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from accounts import services
from accounts.models import User
from editorial import roles, setup

PASSWORD = "pamuk karnesini getirdi"  # noqa: S105  (public: stands in the README)

APPROVER = "hukuk@ornek.test"


@dataclass(frozen=True)
class Person:
    email: str
    first_name: str
    last_name: str
    role: str
    groups: tuple[str, ...] = ()
    is_staff: bool = False
    phone: str = ""
    addresses: tuple[dict[str, str], ...] = ()


AYSE = {
    "province": "34",
    "district": "Kadıköy",
    "neighbourhood": "Caferağa Mah.",
    "street": "Moda Cad.",
    "building": "42",
    "door": "7",
    "postcode": "34710",
}
CLINIC = {
    "province": "34",
    "district": "Beşiktaş",
    "neighbourhood": "Türkali Mah.",
    "street": "Ihlamurdere Cad.",
    "building": "118/A",
    "door": "",
    "postcode": "34357",
}

PEOPLE = [
    Person(
        "ayse@ornek.test",
        "Ayşe",
        "Yıldız",
        "hayvan ebeveyni",
        phone="+905551110001",
        addresses=(
            {"kind": "delivery", "name": "Ayşe Yıldız", **AYSE},
            {"kind": "invoice", "name": "Ayşe Yıldız", **AYSE},
        ),
    ),
    Person(
        "bora@ornek.test",
        "Bora",
        "Aksoy",
        "klinik sahibi",
        phone="+905551110002",
        addresses=(
            {"kind": "delivery", "name": "Ihlamur Veteriner", **CLINIC},
            {"kind": "invoice", "name": "Ihlamur Veteriner", **CLINIC},
        ),
    ),
    Person("elif@ornek.test", "Elif", "Şahin", "veteriner hekim"),
    Person("cem@ornek.test", "Cem", "Doğan", "resepsiyon"),
    Person("ipek@ornek.test", "İpek", "Öztürk", "klinik muhasebesi"),
    Person("kadir@ornek.test", "Kadir", "Tunç", "kuaför"),
    Person("otel@ornek.test", "Meral", "Uçar", "otel sahibi"),
    Person("tasiyici@ornek.test", "Tarık", "Sönmez", "taşıyıcı"),
    Person("yazar@ornek.test", "Yağmur", "Şahin", "yazar", groups=(roles.AUTHOR, "Bülten hazırlayan")),
    Person(
        "editor@ornek.test",
        "Elif",
        "Demir",
        "yardım merkezi editörü",
        groups=(roles.EDITOR, "Bülten onaylayan"),
    ),
    Person("gozden@ornek.test", "Gökçe", "Arslan", "gözden geçiren", groups=(roles.REVIEWER,)),
    Person(APPROVER, "Hakan", "Özer", "hukuk müşaviri", groups=(roles.COUNSEL,)),
    Person("cevirmen@ornek.test", "Çağla", "Kurt", "çevirmen", groups=(roles.TRANSLATOR,)),
    Person("destek@ornek.test", "Derya", "Koç", "destek", groups=("Destek",)),
    Person("lider@ornek.test", "Lale", "Aydın", "destek lideri", groups=("Destek lideri",)),
    Person("altyapi@ornek.test", "Alp", "Çetin", "altyapı", groups=("Altyapı",)),
    Person("satici1@ornek.test", "Işıl", "Tan", "satıcı, Işık Pet Market"),
    Person("satici2@ornek.test", "Ece", "Çınar", "satıcı, Çınar Mama"),
    Person("satici3@ornek.test", "Güneş", "Kaplan", "satıcı, Güneş Ambar"),
    Person("urun@ornek.test", "Ömer", "Polat", "ürün inceleyen", groups=("Ürün inceleyen",)),
    Person("inceleme@ornek.test", "Irmak", "Sezer", "işletme inceleyen", groups=("İşletme inceleyen",)),
    Person("finans@ornek.test", "Mert", "Arslan", "finans", groups=("Finans",)),
    Person("onay@ornek.test", "Nazlı", "Kara", "finans onayı", groups=("Finans onaylayan",)),
    Person("yonetici@ornek.test", "Yeliz", "Ak", "yönetici", is_staff=True),
]


def load() -> None:
    for person in PEOPLE:
        if not User.objects.filter(email=person.email).exists():
            _create(person)


def open_office() -> None:
    """Groups, rights and workflows for the sections that are there by now."""
    setup.run(approver=User.objects.filter(email=APPROVER).first(), deputy=admin())


def admin() -> User:
    return User.objects.get(email="yonetici@ornek.test")


def _create(person: Person) -> None:
    names: dict[str, Any] = {"first_name": person.first_name, "last_name": person.last_name}
    make = User.objects.create_superuser if person.is_staff else User.objects.create_user
    user = make(person.email, PASSWORD, **names)
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    _contact(user, person)
    for name in person.groups:
        user.groups.add(Group.objects.get_or_create(name=name)[0])


def _contact(user: User, person: Person) -> None:
    """Phone and addresses, so that the first order of the demo can be sent somewhere."""
    user.phone = person.phone
    user.save(update_fields=["phone"])
    for facts in person.addresses:
        services.add_address(user=user, facts=facts)
