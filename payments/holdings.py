"""Personal data of this room: what was paid and given back is part of the books and stays with them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.personal_data import LEGAL_DUTY, LEGITIMATE, OnErase, holding

from . import payout_holdings  # noqa: F401  (it declares itself)

TEN_YEARS = _("ten years, as part of the books")
DESK = _("To say who gave money back and who confirmed it")

holding(
    "payments.Payment",
    owner="payer",
    title=_("What you paid"),
    purpose=_("To take payments, give them back and prove both"),
    ground=LEGAL_DUTY,
    period=TEN_YEARS,
    fields=("created_at", "amount", "status", "paid_at"),
    on_erase=OnErase.KEEP,
)
holding(
    "payments.TopUp",
    owner="user",
    title=_("What you put on your wallet"),
    purpose=_("To take payments, give them back and prove both"),
    ground=LEGAL_DUTY,
    period=TEN_YEARS,
    fields=("created_at", "amount", "settled_at"),
    on_erase=OnErase.KEEP,
)
holding(
    "payments.Refund",
    owner="by",
    title=_("Refunds you decided as staff"),
    purpose=DESK,
    ground=LEGITIMATE,
    period=TEN_YEARS,
    on_erase=OnErase.LINK,
)
holding(
    "payments.RefundPart",
    owner="settled_by",
    covers=("approved_by",),
    title=_("Refunds you sent or confirmed by hand"),
    purpose=DESK,
    ground=LEGITIMATE,
    period=TEN_YEARS,
    on_erase=OnErase.LINK,
)
