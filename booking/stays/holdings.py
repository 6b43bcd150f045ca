"""Personal data of stays."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.personal_data import CONTRACT, LEGAL_DUTY, OnErase, holding

from .models import Report
from .services import reports


def _of_customer(user: Any) -> Q:
    return Q(booking__customer=user.pk)


def _drop_pictures(report: Report) -> None:
    for photo in report.photos.all():
        reports.remove(photo)


holding(
    "stays.Report",
    where=_of_customer,
    covers=("by",),
    title=_("Reports of the days your animal was away"),
    purpose=_("To tell you how it is"),
    ground=CONTRACT,
    period=_("until the account is erased"),
    fields=("booking", "day", "text"),
    on_erase=OnErase.DELETE,
    before_delete=_drop_pictures,
)
holding(
    "stays.LeavingChange",
    where=_of_customer,
    covers=("by",),
    title=_("Stays that became shorter or longer"),
    purpose=_("To count what was paid for them"),
    ground=LEGAL_DUTY,
    period=_("ten years after the year of the appointment"),
    fields=("booking", "before", "after", "nights", "amount", "given_back", "at"),
    on_erase=OnErase.KEEP,
)
holding(
    "stays.LeavingWish",
    where=_of_customer,
    covers=("by",),
    title=_("Your wishes to stay longer"),
    purpose=_("To have them answered"),
    ground=CONTRACT,
    period=_("until they are answered"),
    fields=("booking", "ends_at", "amount", "at"),
    on_erase=OnErase.DELETE,
)
