"""Rights within a business that the store asks for, and those of the platform."""

from django.utils.translation import gettext_lazy as _

from teams.rights import MANAGER, STAFF, declare

PRODUCTS = declare("commerce.products", _("Keep products, prices and stock"), to={MANAGER, STAFF})
DELIVERY = declare("commerce.delivery", _("Say how the store delivers, and for how much"), to={MANAGER})

REVIEW_GOODS = "commerce.review_goods"  # of the platform; groups get it in settings.OFFICE_GROUPS
