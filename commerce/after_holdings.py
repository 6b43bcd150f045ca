"""Personal data of what follows a sale: part of the order and kept with it; guests go by address."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.personal_data import CONTRACT, LEGAL_DUTY, LEGITIMATE, OnErase, holding

WITH_ORDER = _("ten years after the year of the order")
DESK = _("To say who decided")


def _of_buyer(prefix: str = "") -> Any:
    def where(user: Any) -> Q:
        return Q(**{f"{prefix}parcel__order__user": user})

    return where


holding(
    "commerce.Cancellation",
    owner="by",
    title=_("What you cancelled"),
    purpose=_("To give money back and prove it"),
    ground=LEGAL_DUTY,
    period=WITH_ORDER,
    fields=("at", "amount"),
    on_erase=OnErase.KEEP,
)
holding(
    "commerce.ReturnRequest",
    where=_of_buyer(),
    title=_("What you sent back"),
    purpose=_("To give money back and prove it"),
    ground=LEGAL_DUTY,
    period=WITH_ORDER,
    fields=("code", "asked_at", "ground", "words", "status", "amount", "tracking", "dispute"),
    on_erase=OnErase.KEEP,
)
holding(
    "commerce.ReturnRequest",
    owner="decided_by",
    covers=("decision_by",),
    title=_("Returns you decided about"),
    purpose=DESK,
    ground=LEGITIMATE,
    period=WITH_ORDER,
    on_erase=OnErase.LINK,
)
holding(
    "commerce.ReturnPhoto",
    owner="by",
    title=_("Pictures of goods sent back"),
    purpose=_("To prove in what state goods came"),
    ground=LEGAL_DUTY,
    period=WITH_ORDER,
    fields=("at",),
    on_erase=OnErase.KEEP,
)
holding(
    "commerce.ReviewReport",
    owner="by",
    covers=("decided_by",),
    title=_("Reviews you reported"),
    purpose=_("To look at reviews that break the rules"),
    ground=LEGITIMATE,
    period=_("until the account is erased"),
    fields=("at", "reason", "words"),
    on_erase=OnErase.DELETE,
)
holding(
    "customer.ProductAlert",
    where=lambda user: Q(user=None, email=user.email),
    title=_("Stock alerts by e-mail"),
    purpose=_("To write once when goods are back"),
    ground=CONTRACT,
    period=_("until the goods are back; four days if nobody confirms"),
    fields=("product", "date_created"),
    on_erase=OnErase.DELETE,
)
