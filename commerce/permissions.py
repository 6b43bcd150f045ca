"""Rights within a business that the store asks for, and those of the platform."""

from django.utils.translation import gettext_lazy as _

from teams.rights import ACCOUNTANT, MANAGER, RECEPTION, STAFF, declare

PRODUCTS = declare("commerce.products", _("Keep products, prices and stock"), to={MANAGER, STAFF})
DELIVERY = declare("commerce.delivery", _("Say how the store delivers, and for how much"), to={MANAGER})
ORDERS = declare(
    "commerce.orders",
    _("Run orders of the store: accept, send, cancel, write to buyers"),
    to={MANAGER, STAFF, RECEPTION},
)
FIGURES = declare("commerce.figures", _("Read the sales figures of the store"), to={MANAGER, ACCOUNTANT})

RETURNS = declare(
    "commerce.returns",
    _("Take in what comes back: accept, refuse, put back on the shelf"),
    to={MANAGER, STAFF, RECEPTION},
)
REVIEWS = declare("commerce.reviews", _("Answer what buyers write about goods"), to={MANAGER})

# Of the platform; groups get them in settings.OFFICE_GROUPS.
DECIDE_RETURNS = "commerce.decide_returns"
REVIEW_GOODS = "commerce.review_goods"
CHECK_REVIEWS = "commerce.change_reviewreport"
