"""The kinds of business: what each is called and which modules it starts with."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from . import modules


class Kind(TextChoices):
    CLINIC = "clinic", _("Veterinary clinic")
    GROOMER = "groomer", _("Groomer")
    HOTEL = "hotel", _("Pet hotel")
    TRAINER = "trainer", _("Trainer")
    CARRIER = "carrier", _("Carrier")
    SHOP = "shop", _("Pet shop")
    SHELTER = "shelter", _("Shelter")


STAMPS = {
    Kind.CLINIC: "rabbit",
    Kind.GROOMER: "dog",
    Kind.HOTEL: "cat",
    Kind.TRAINER: "dog",
    Kind.CARRIER: "bird",
    Kind.SHOP: "bird",
    Kind.SHELTER: "cat",
}

MODULES = {
    Kind.CLINIC: {modules.APPOINTMENT, modules.CONSULTATION, modules.STORE},
    Kind.GROOMER: {modules.APPOINTMENT},
    Kind.HOTEL: {modules.APPOINTMENT, modules.TRANSFER},
    Kind.TRAINER: {modules.APPOINTMENT, modules.CONSULTATION},
    Kind.CARRIER: {modules.TRANSFER},
    Kind.SHOP: {modules.STORE},
    Kind.SHELTER: {modules.FUNDS},
}
