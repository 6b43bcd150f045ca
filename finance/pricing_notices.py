"""Notices to businesses about what is kept of a sale."""

from django.utils.translation import gettext_lazy as _

from notifications import kinds
from notifications.categories import Category, Channel

RATE = "finance.rate_announced"

kinds.kind(
    RATE,
    category=Category.MONEY,
    icon="percent",
    title=_("{module}: commission is {rate} from {day} on"),
    body=_("Sales before that day keep the rate of today. The whole table stands under Finance > Pricing."),
    locked={Channel.PANEL, Channel.EMAIL},
    why_locked=_("You have to know in time what is kept of a sale."),
)
