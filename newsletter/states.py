"""The lives of a subscription, of an issue and of its way to one reader."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.states import Moves


class SubscriptionStatus(TextChoices):
    PENDING = "pending", _("Waits for its confirmation")
    ACTIVE = "active", _("Confirmed")
    STOPPED = "stopped", _("Stopped")


SUBSCRIPTION_MOVES = Moves(
    {
        SubscriptionStatus.PENDING: {SubscriptionStatus.ACTIVE, SubscriptionStatus.STOPPED},
        SubscriptionStatus.ACTIVE: {SubscriptionStatus.STOPPED},
        SubscriptionStatus.STOPPED: {SubscriptionStatus.ACTIVE},  # taken back; asking anew is `services.ask`
    }
)


class IssueStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waits for its release")
    SENDING = "sending", _("On its way")
    PAUSED = "paused", _("Paused")
    SENT = "sent", _("Sent")
    SKIPPED = "skipped", _("Left out")


ISSUE_MOVES = Moves(
    {
        IssueStatus.DRAFT: {IssueStatus.SUBMITTED, IssueStatus.SKIPPED},
        IssueStatus.SKIPPED: {IssueStatus.DRAFT},
        IssueStatus.SUBMITTED: {IssueStatus.DRAFT, IssueStatus.SENDING},
        IssueStatus.SENDING: {IssueStatus.PAUSED, IssueStatus.SENT},
        IssueStatus.PAUSED: {IssueStatus.SENDING},
        IssueStatus.SENT: {IssueStatus.SENDING},  # a person has sent again what may not have arrived
    }
)


class DeliveryStatus(TextChoices):
    """`claimed`: in the hands of a worker. Who finds it there later does not know whether it was sent."""

    WAITING = "waiting", _("Not sent yet")
    CLAIMED = "claimed", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    WITHHELD = "withheld", _("Not sent on purpose")
    UNKNOWN = "unknown", _("Perhaps sent")


class Why(TextChoices):
    """Why a mail is withheld."""

    STOPPED = "stopped", _("the subscription has ended")
    WITHDRAWN = "withdrawn", _("the consent was taken back")
    ADDRESS = "address", _("the address does not take mail")
    NOT_IN_IYS = "not_in_iys", _("İYS does not have the approval yet")
    EMPTY = "empty", _("nothing in it for this reader")


class PushStatus(TextChoices):
    """The life of what İYS has to be told."""

    PENDING = "pending", _("Not told yet")
    PUSHED = "pushed", _("Told")
    FAILED = "failed", _("Refused by İYS")
