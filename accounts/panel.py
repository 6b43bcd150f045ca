"""The account in the menu of the panel. "Hesap > Ayarlar" is what the help page calls it."""

from django.utils.translation import gettext_lazy as _

from core.panel import ACCOUNT, Entry, entry

SETTINGS = Entry(ACCOUNT, _("Settings"), "account_settings", "settings", order=10)

entry(SETTINGS)
entry(Entry(ACCOUNT, _("Security"), "account_security", "lock", order=20))
entry(Entry(ACCOUNT, _("My consents"), "account_consents", "circle-check", order=30))
entry(Entry(ACCOUNT, _("My data"), "account_data", "package", order=40))
