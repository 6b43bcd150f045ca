"""Personal data of payouts, statements and day reports: who asked, approved and decided."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.personal_data import LEGAL_DUTY, OnErase, holding

_kept: dict[str, Any] = {
    "ground": LEGAL_DUTY,
    "period": _("ten years, without your name after your account is erased"),
    "on_erase": OnErase.LINK,
}

holding(
    "payments.Payout",
    owner="requested_by",
    covers=("approved_by",),
    title=_("Payouts you asked for or approved"),
    purpose=_("To show who let money leave"),
    fields=("business", "amount", "status", "requested_at", "approved_at"),
    **_kept,
)
holding(
    "payments.BankFile",
    owner="made_by",
    title=_("Files for the bank that you made"),
    purpose=_("To show who let money leave"),
    fields=("reference", "count", "total", "made_at"),
    **_kept,
)
holding(
    "payments.StatementFile",
    owner="by",
    title=_("Bank statements you handed in"),
    purpose=_("To show where a line of the books comes from"),
    fields=("name", "at", "lines_read"),
    **_kept,
)
holding(
    "payments.BankStatementLine",
    owner="asked_by",
    covers=("decided_by",),
    title=_("Bank transfers you decided about"),
    purpose=_("To show who assigned money or sent it back"),
    fields=("booked_on", "amount", "state", "decided_at"),
    **_kept,
)
holding(
    "payments.Difference",
    owner="asked_by",
    covers=("decided_by",),
    title=_("Differences with providers that you decided about"),
    purpose=_("To show who settled them and how"),
    fields=("kind", "reference", "amount", "step", "closed_at"),
    **_kept,
)
