"""What this room adds to the panels."""

from django.utils.translation import gettext_lazy as _

from core import panel

from . import permissions

panel.entry(
    panel.Entry(
        panel.FINANCE,
        _("Pricing"),
        "finance:business_prices",
        "percent",
        order=20,
        scope=panel.BUSINESS,
        right=permissions.EARNINGS,
    )
)
