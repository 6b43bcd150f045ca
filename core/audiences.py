"""For whom something is written: help and announcements speak of the same three."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Audience(TextChoices):
    OWNER = "owner", _("Pet parent")
    CLINIC = "clinic", _("Clinic")
    PARTNER = "partner", _("Business partner")
