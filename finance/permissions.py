"""Rights that this room asks for."""

from django.utils.translation import gettext_lazy as _

from teams.rights import ACCOUNTANT, MANAGER, declare

DOCUMENTS = declare("finance.documents", _("See and download documents"), to={MANAGER, ACCOUNTANT})
