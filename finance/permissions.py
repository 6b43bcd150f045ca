"""Rights that this room asks for."""

from django.utils.translation import gettext_lazy as _

from teams.rights import ACCOUNTANT, MANAGER, declare

DOCUMENTS = declare("finance.documents", _("See and download documents"), to={MANAGER, ACCOUNTANT})
EARNINGS = declare("finance.earnings", _("See prices, earnings and payouts"), to={MANAGER, ACCOUNTANT})

SET_RATES = "finance.change_commissionrate"  # of the platform; groups get it in settings.OFFICE_GROUPS
