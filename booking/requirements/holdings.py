"""Personal data asked before an animal comes."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.personal_data import CONTRACT, LEGAL_DUTY, LEGITIMATE, OnErase, holding

CARE = _("To look after your animal while it is there, and to call somebody if need be")


def _of_customer(path: str) -> Any:
    return lambda user: Q(**{path: user.pk})


holding(
    "requirements.Care",
    where=_of_customer("booking__customer"),
    title=_("Whom to call while your animal is away"),
    purpose=CARE,
    ground=CONTRACT,
    period=_("30 days after your animal went home"),
    fields=("booking", "contact_name", "contact_phone", "vet_name", "vet_phone"),
    on_erase=OnErase.DELETE,
)
holding(
    "requirements.Diet",
    where=_of_customer("item__booking__customer"),
    title=_("How your animal is fed while it is away"),
    purpose=CARE,
    ground=CONTRACT,
    period=_("30 days after your animal went home"),
    fields=("item", "feeding", "medicine"),
    on_erase=OnErase.DELETE,
)
holding(
    "requirements.Answer",
    where=_of_customer("item__booking__customer"),
    covers=("by",),
    title=_("Numbers and vaccinations you gave before arrival"),
    purpose=_("To take in only animals that may be taken in"),
    ground=LEGAL_DUTY,
    period=_("ten years after the year of the appointment"),
    fields=("item", "text", "given_on", "valid_until", "at"),
    on_erase=OnErase.KEEP,
)
holding(
    "requirements.Tick",
    owner="by",
    title=_("What you ticked as seen at the desk"),
    purpose=_("To show who looked at the papers of an animal"),
    ground=LEGITIMATE,
    period=_("ten years after the year of the appointment"),
    fields=("code", "waived_for", "at"),
    on_erase=OnErase.LINK,
)
