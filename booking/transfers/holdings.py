"""Personal data in transfers. Where exactly somebody lives is needed for the journey, and no longer."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.personal_data import CONTRACT, OnErase, holding

from .models import TrackingEvent
from .services import photos
from .services.forgetting import EXACT

holding(
    "transfers.TransferRequest",
    owner="customer",
    title=_("Journeys you asked for"),
    purpose=_("To carry your animal from door to door"),
    ground=CONTRACT,
    period=_(
        "addresses, names and phones for 90 days after the journey; the rest as long as its appointment"
    ),
    fields=(
        "from_province",
        "from_district",
        "from_address",
        "from_name",
        "from_phone",
        "to_province",
        "to_district",
        "to_address",
        "to_name",
        "to_phone",
        "earliest",
        "latest",
        "note",
        "status",
    ),
    on_erase=OnErase.ANONYMISE,
    blank=EXACT,
)


def _of_customer(user: Any) -> Q:
    return Q(job__booking__customer=user.pk)


def _drop(event: TrackingEvent) -> None:
    photos.drop(event.photo)


holding(
    "transfers.TrackingEvent",
    where=_of_customer,
    title=_("Events of your animal’s journeys"),
    purpose=_("To show you where your animal is and how it is"),
    ground=CONTRACT,
    period=_("places and photos for 90 days after the journey; the rest until the account is erased"),
    fields=("what", "text", "place", "latitude", "longitude", "at"),
    on_erase=OnErase.DELETE,
    before_delete=_drop,
)
holding(
    "transfers.TrackingEvent",
    owner="by",
    title=_("Events you told of as a driver"),
    purpose=_("To say who told of it"),
    ground=CONTRACT,
    period=_("as long as the journey"),
    fields=("what", "at"),
    on_erase=OnErase.LINK,
)
holding(
    "transfers.Quote",
    owner="made_by",
    title=_("Quotes you sent for your business"),
    purpose=_("To say who sent it"),
    ground=CONTRACT,
    period=_("as long as the journey"),
    fields=("price", "pickup_at", "made_at"),
    on_erase=OnErase.LINK,
)
