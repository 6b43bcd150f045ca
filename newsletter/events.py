"""Names of journal lines about the newsletter."""

from accounts.events import CLOSING, CONSENT_GIVEN, CONSENT_WITHDRAWN

ASKED = "newsletter.asked"
CONFIRMED = "newsletter.confirmed"
CHANGED = "newsletter.preferences_changed"
STOPPED = "newsletter.stopped"
RETURNED = "newsletter.stop_taken_back"
PURGED = "newsletter.old_subscriptions_purged"

ASSEMBLED = "newsletter.issue_assembled"
EDITED = "newsletter.issue_edited"
SUBMITTED = "newsletter.issue_submitted"
SENT_BACK = "newsletter.issue_sent_back"
SKIPPED = "newsletter.issue_skipped"
REOPENED = "newsletter.issue_reopened"
TESTED = "newsletter.issue_tested"
RELEASED = "newsletter.issue_released"
PAUSED = "newsletter.issue_paused"
RESUMED = "newsletter.issue_resumed"
FINISHED = "newsletter.issue_sent"
LOST = "newsletter.deliveries_lost"
DECIDED = "newsletter.lost_deliveries_decided"

IYS_FAILED = "newsletter.iys_refused_a_change"
IYS_COMPARED = "newsletter.iys_compared"

__all__ = [
    "ASKED",
    "ASSEMBLED",
    "CHANGED",
    "CLOSING",
    "CONFIRMED",
    "CONSENT_GIVEN",
    "CONSENT_WITHDRAWN",
    "DECIDED",
    "EDITED",
    "FINISHED",
    "IYS_COMPARED",
    "IYS_FAILED",
    "LOST",
    "PAUSED",
    "PURGED",
    "RELEASED",
    "REOPENED",
    "RESUMED",
    "RETURNED",
    "SENT_BACK",
    "SKIPPED",
    "STOPPED",
    "SUBMITTED",
    "TESTED",
]
