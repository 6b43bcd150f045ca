"""The base of all refusals: an error with a message fit for people and a code fit for machines."""

from typing import Any

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """A verb was asked for something that cannot be done. Doors show `message`, APIs send `code`."""

    code: str = "refused"
    message: Any = _("This cannot be done right now.")
