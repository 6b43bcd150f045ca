"""Personal data of this room, and what has to be settled before an account can go."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core import personal_data
from core.personal_data import CONTRACT, OnErase, holding

from . import queries

WITH_ACCOUNT = _("until the account is erased")

holding(
    "teams.Membership",
    owner="user",
    title=_("Businesses you work for"),
    purpose=_("To let you into the panel of a business with the rights of your role"),
    ground=CONTRACT,
    period=_("until you leave the business"),
    fields=("business", "role", "joined_at", "seen_at"),
    on_erase=OnErase.DELETE,
)
holding(
    "teams.ModuleSwitch",
    owner="user",
    title=_("Modules you switched"),
    purpose=_("To show you the modules you want"),
    ground=CONTRACT,
    period=WITH_ACCOUNT,
    fields=("module", "is_on"),
    on_erase=OnErase.DELETE,
)


@personal_data.obstacle
def only_owner(user: Any) -> str:
    """A business cannot be left without an owner (the database refuses it too)."""
    names = ", ".join(business.name for business in queries.owned_alone_by(user))
    sentence = _now("You are the only owner of %(names)s. Hand the business over or close it first.")
    return sentence % {"names": names} if names else ""


def _worked_on(model: str, title: Any, *, owner: str, **facts: Any) -> None:
    """Stays with the business, without a name."""
    holding(
        model,
        owner=owner,
        title=title,
        purpose=_("To say in the record of a business who did it"),
        ground=CONTRACT,
        period=_("as long as the record of the business"),
        on_erase=OnErase.LINK,
        **facts,
    )


_worked_on("teams.Invitation", _("Invitations you sent"), owner="invited_by", fields=("business", "sent_at"))
_worked_on("teams.Evidence", _("Evidence you handed in"), owner="by", fields=("name",))
_worked_on(
    "teams.Verification",
    _("Facts you sent for review, or reviewed"),
    owner="sent_by",
    covers=("first_reviewer", "second_reviewer"),
    fields=("business", "topic", "sent_at"),
)
