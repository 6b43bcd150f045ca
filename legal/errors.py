"""What this room refuses."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class NotInForce(Refused):
    code = "version_not_in_force"
    message = _("This version is not in force. Load the page again to see the current one.")


class NotAsked(Refused):
    code = "acceptance_not_asked"
    message = _("This document needs no acceptance.")
