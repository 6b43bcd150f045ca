"""Rights that the store asks for."""

from django.utils.translation import gettext_lazy as _

from teams.rights import ACCOUNTANT, MANAGER, RECEPTION, STAFF, declare

ORDERS = declare(
    "commerce.orders",
    _("Run orders of the store: accept, send, cancel, write to buyers"),
    to={MANAGER, STAFF, RECEPTION},
)
FIGURES = declare("commerce.figures", _("Read the sales figures of the store"), to={MANAGER, ACCOUNTANT})
