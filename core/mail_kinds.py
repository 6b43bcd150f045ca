"""What a mail is for: `transactional` (it belongs to something the reader did) or `commercial` (it promotes).

Every template of `templates/emails/` is transactional unless its room says otherwise:

    mail_kinds.commercial("newsletter/issue", allowed=permission.may_write_to)

Only a commercial mail may hold a `{% campaign %}` block, and it goes only to addresses that allowed it
(law 6563 art. 6; docs/decisions/0072).
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .errors import Refused


class Kind(TextChoices):
    TRANSACTIONAL = "transactional", _("Belongs to something you did")
    COMMERCIAL = "commercial", _("Promotes something")


class CampaignRefused(Exception):
    """A mail that needs no permission of its reader promotes something."""


class NotAllowed(Refused):
    """The reader of this address has not allowed mails that promote."""

    code = "commercial_not_allowed"
    message = _("This address has not allowed mails of this kind.")


Allowed = Callable[[str], bool]
_commercial: dict[str, Allowed] = {}


def commercial(template: str, *, allowed: Allowed) -> None:
    """Declare that this mail promotes. `allowed` is asked about the address, again right before sending."""
    _commercial[template] = allowed


def kind_of(template: str) -> Kind:
    return Kind.COMMERCIAL if template in _commercial else Kind.TRANSACTIONAL


def may_go(template: str, to: str) -> bool:
    allowed = _commercial.get(template)
    return allowed is None or allowed(to)
