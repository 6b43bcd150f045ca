"""What notices are about, the ways they go, and when. Operational and marketing stay apart (K-04)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Category(TextChoices):
    SECURITY = "security", _("Account and security")
    APPOINTMENTS = "appointments", _("Appointments")
    ORDERS = "orders", _("Orders")
    MONEY = "money", _("Payments and documents")
    PETS = "pets", _("Pets")
    TEAM = "team", _("Team")
    SUPPORT = "support", _("Help and support")
    MAINTENANCE = "maintenance", _("Maintenance")
    NEWS = "news", _("Announcements")
    OFFERS = "offers", _("Offers and campaigns")


class Channel(TextChoices):
    PANEL = "panel", _("Panel")
    EMAIL = "email", _("E-mail")


class Mode(TextChoices):
    NOW = "now", _("At once")
    DIGEST = "digest", _("Once a day")
    OFF = "off", _("Off")


MARKETING = {Category.OFFERS}

# Silent until the person asks for it: promotion everywhere (E-01), news outside the panel.
OPT_IN = {
    (Category.NEWS, Channel.EMAIL),
    (Category.OFFERS, Channel.PANEL),
    (Category.OFFERS, Channel.EMAIL),
}


def default_mode(category: str, channel: str) -> Mode:
    return Mode.OFF if (category, channel) in OPT_IN else Mode.NOW


def modes_of(channel: str) -> list[Mode]:
    """The panel is always there to be looked at, so it knows no digest."""
    return [mode for mode in Mode if mode != Mode.DIGEST or channel != Channel.PANEL]
