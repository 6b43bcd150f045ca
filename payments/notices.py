"""Notices about money: to who pays, and to the people who look after it."""

from django.utils.translation import gettext_lazy as _

from notifications import kinds
from notifications.categories import Category, Channel

PAID = "payments.paid"
DECIDED = "payments.refund_decided"
ACCEPTED = "payments.refund_accepted"
WITH_PERSON = "payments.refund_needs_person"
DIFFERS = "payments.attempt_differs"

EVERYWHERE = {Channel.PANEL, Channel.EMAIL}
OWN_MONEY = _("It is about your own money.")
ON_DUTY = _("Somebody waits for money that no machine will send.")

kinds.kind(
    PAID,
    category=Category.MONEY,
    icon="credit-card",
    title=_("{amount} paid"),
    body="{what}",
    channels={Channel.PANEL},  # a mail of its own goes with it
)
kinds.kind(
    DECIDED,
    category=Category.MONEY,
    icon="undo-2",
    title=_("{amount} goes back to you"),
    body="{what}",
    locked={Channel.PANEL},
    why_locked=OWN_MONEY,
    channels={Channel.PANEL},
)
kinds.kind(
    ACCEPTED,
    category=Category.MONEY,
    icon="undo-2",
    title=_("{amount} was given back"),
    body="{what}",
    locked={Channel.PANEL},
    why_locked=OWN_MONEY,
    channels={Channel.PANEL},
)
kinds.kind(
    WITH_PERSON,
    category=Category.MONEY,
    icon="triangle-alert",
    title=_("A refund of {amount} needs a person today"),
    body="{what}",
    locked=EVERYWHERE,
    why_locked=ON_DUTY,
    urgent=True,
)
kinds.kind(
    DIFFERS,
    category=Category.MONEY,
    icon="triangle-alert",
    title=_("A payment of {amount} differs from what we asked for"),
    body="{what}",
    locked=EVERYWHERE,
    why_locked=ON_DUTY,
    urgent=True,
)
