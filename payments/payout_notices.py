"""Notices to businesses about their money."""

from django.utils.translation import gettext_lazy as _

from notifications import kinds
from notifications.categories import Category, Channel

PAID = "payments.payout_paid"
FAILED = "payments.payout_failed"
ASKED = "payments.payout_asked"
EVERYWHERE = {Channel.PANEL, Channel.EMAIL}

kinds.kind(
    PAID,
    category=Category.MONEY,
    icon="landmark",
    title=_("{business}: {amount} paid out"),
    body=_("To the account ending in {end}. Your bank may need until the next business day to show it."),
)
kinds.kind(
    FAILED,
    category=Category.MONEY,
    icon="undo-2",
    title=_("{business}: {amount} could not be paid out"),
    body=_("The account ending in {end} did not take it. It can be paid out again; check the account."),
    locked=EVERYWHERE,
    why_locked=_("Without them you would wait for money that does not come."),
)
kinds.kind(
    ASKED,
    category=Category.SECURITY,
    icon="landmark",
    title=_("{business}: {person} asked for a payout of {amount}"),
    body=_(
        "To the account ending in {end}. If you do not know of it, call it off and change your passwords."
    ),
    locked=EVERYWHERE,
    why_locked=_("Without them money could leave unnoticed."),
    urgent=True,
)
