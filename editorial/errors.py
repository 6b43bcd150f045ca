"""What the editorial verbs refuse."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class LinkIsOver(Refused):
    """Answered, revoked, expired, or the draft has gone on without it."""

    code = "link_is_over"
    message = _("This link is over.")


class NothingToReview(Refused):
    code = "nothing_to_review"
    message = _("Save a draft first: there is nothing to show yet.")


class NotWaiting(Refused):
    code = "not_waiting"
    message = _("This draft no longer waits. Look at the page again and decide anew.")


class MayNotStandIn(Refused):
    code = "may_not_stand_in"
    message = _("Choose an active person with access to the back office who did not write this draft.")
