"""Rights within a business that the store asks for."""

from django.utils.translation import gettext_lazy as _

from teams.rights import MANAGER, declare

DELIVERY = declare("commerce.delivery", _("Say how the store delivers, and for how much"), to={MANAGER})
