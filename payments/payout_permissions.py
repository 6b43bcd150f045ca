"""Rights over payouts: within a business, and of the platform's people."""

from django.utils.translation import gettext_lazy as _

from teams.rights import ACCOUNTANT, declare

PAYOUTS = declare("payments.payouts", _("Ask for payouts"), to={ACCOUNTANT}, sensitive=True)

# Of the platform; groups get them in settings.OFFICE_GROUPS.
RECONCILE = "payments.reconcile_payments"  # read statements and day reports, settle differences
APPROVE = "payments.approve_payouts"  # what leaves our account
