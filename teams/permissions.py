"""Rights that this room asks for."""

from django.utils.translation import gettext_lazy as _

from .rights import ACCOUNTANT, MANAGER, declare

PROFILE = declare("teams.profile", _("Edit the profile, places and hours"), to={MANAGER})
LICENCES = declare("teams.licences", _("Keep licences and evidence"), to={MANAGER})
MEMBERS = declare(
    "teams.members", _("Invite people, change roles, remove people"), to={MANAGER}, sensitive=True
)
ROLES = declare("teams.roles", _("Make and change roles"), sensitive=True)
MODULES = declare("teams.modules", _("Switch modules on and off"), to={MANAGER})
BANK = declare("teams.bank", _("Change the bank account"), to={ACCOUNTANT}, sensitive=True)
RECORDS = declare("teams.records", _("Read the record of changes"), to={MANAGER, ACCOUNTANT})
