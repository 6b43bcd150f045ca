"""Rights that the store asks for."""

from django.utils.translation import gettext_lazy as _

from teams.rights import MANAGER, RECEPTION, STAFF, declare

RETURNS = declare(
    "commerce.returns",
    _("Take in what comes back: accept, refuse, put back on the shelf"),
    to={MANAGER, STAFF, RECEPTION},
)
REVIEWS = declare("commerce.reviews", _("Answer what buyers write about goods"), to={MANAGER})

# Of the platform; groups get them in settings.OFFICE_GROUPS.
DECIDE_RETURNS = "commerce.decide_returns"
CHECK_REVIEWS = "commerce.change_reviewreport"
