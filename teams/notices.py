"""Notices about businesses and the people in them."""

from django.utils.translation import gettext_lazy as _

from notifications import kinds
from notifications.categories import Category, Channel

EVERYWHERE = {Channel.PANEL, Channel.EMAIL}

APPROVED = "teams.change_approved"
RETURNED = "teams.change_returned"
BANK = "teams.bank_change_asked"
LICENCE = "teams.licence_ends_soon"
OFFERED = "teams.ownership_offered"
HANDED_OVER = "teams.ownership_accepted"

kinds.kind(
    APPROVED, category=Category.TEAM, icon="file-check", title=_("{business}: approved"), body="{topic}"
)
kinds.kind(
    RETURNED,
    category=Category.TEAM,
    icon="undo-2",
    title=_("{business}: returned with a note"),
    body=_("{topic}. Look at the note, mend it and send it again."),
)
kinds.kind(
    BANK,
    category=Category.SECURITY,
    icon="landmark",
    title=_("{business}: somebody asked for another bank account"),
    body=_("If nobody of you did, take the request back and change your passwords."),
    locked=EVERYWHERE,
    why_locked=_("Without them money could go to another account unnoticed."),
    urgent=True,
)
kinds.kind(
    LICENCE,
    category=Category.TEAM,
    icon="calendar-clock",
    title=_("{business}: a licence ends on {day}"),
    body=_("{licence}. Without a renewal your page is hidden from that day on."),
    locked={Channel.PANEL},
    why_locked=_("A licence that ends hides your page."),
)
kinds.kind(
    OFFERED,
    category=Category.TEAM,
    icon="crown",
    title=_("{business}: you are asked to take over"),
    body=_("You become its owner if you accept."),
)
kinds.kind(HANDED_OVER, category=Category.TEAM, icon="crown", title=_("{business}: it has a new owner"))
