"""Rights within a business that this room asks for."""

from django.utils.translation import gettext_lazy as _

from teams.rights import ACCOUNTANT, MANAGER, RECEPTION, declare

TICKETS = declare(
    "support.tickets",
    _("Read and write the support tickets of the business"),
    to={MANAGER, RECEPTION, ACCOUNTANT},
)
