"""The account in the menu of the panel."""

from django.utils.translation import gettext_lazy as _

from core.panel import ACCOUNT, Entry, entry

entry(Entry(ACCOUNT, _("Name and language"), "account_email", "user", order=10))
entry(Entry(ACCOUNT, _("Password"), "account_change_password", "lock", order=20))
