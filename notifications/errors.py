"""Refusals with a message fit for people."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class Locked(Refused):
    code = "locked"
    message = _("This notice cannot be turned off.")
