"""Rights within a business, and of the platform's people, over prices and figures."""

from django.utils.translation import gettext_lazy as _

from teams.rights import ACCOUNTANT, MANAGER, declare

EARNINGS = declare("finance.earnings", _("See prices, earnings and payouts"), to={MANAGER, ACCOUNTANT})

SET_RATES = "finance.change_commissionrate"  # of the platform; groups get it in settings.OFFICE_GROUPS
