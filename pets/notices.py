"""Notices about pets."""

from django.utils.translation import gettext_lazy as _

from notifications import kinds
from notifications.categories import Category

DUTY_AHEAD = "pets.duty_ahead"
DUTY_TODAY = "pets.duty_today"

kinds.kind(
    DUTY_AHEAD,
    category=Category.PETS,
    icon="syringe",
    title=_("{pet}: {duty}"),
    body=_("It is due on {day}."),
)
kinds.kind(
    DUTY_TODAY,
    category=Category.PETS,
    icon="syringe",
    title=_("{pet}: {duty}"),
    body=_("It is due today or has been for some days ({day})."),
)
