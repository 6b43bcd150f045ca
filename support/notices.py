"""Notices about tickets: to who asked, and to the people of the desk."""

from django.utils.translation import gettext_lazy as _

from notifications import kinds
from notifications.categories import Category, Channel

ANSWERED = "support.answered"
SOLVED = "support.solved"
WROTE = "support.customer_wrote"
GIVEN = "support.ticket_given"
PROMISE_NEAR = "support.promise_near"
PROMISE_BROKEN = "support.promise_broken"
PAGED = "support.paged"

EVERYWHERE = {Channel.PANEL, Channel.EMAIL}
ON_DUTY = _("People wait for an answer that we promised.")

kinds.kind(
    ANSWERED,
    category=Category.SUPPORT,
    icon="mail",
    title=_("{reference} has an answer"),
    body="{subject}",
    channels={Channel.PANEL},  # the answer itself goes by mail
)
kinds.kind(
    WROTE,
    category=Category.SUPPORT,
    icon="mail",
    title=_("{reference}: there is a new message"),
    body="{subject}",
    channels={Channel.PANEL},
)
kinds.kind(
    GIVEN,
    category=Category.SUPPORT,
    icon="user-check",
    title=_("{reference} was given to you"),
    body="{subject}",
    channels={Channel.PANEL},
)
kinds.kind(
    PROMISE_NEAR,
    category=Category.SUPPORT,
    icon="clock",
    title=_("{reference}: a quarter of the promised time is left"),
    body="{subject}",
    locked={Channel.PANEL},
    why_locked=ON_DUTY,
)
kinds.kind(
    PROMISE_BROKEN,
    category=Category.SUPPORT,
    icon="triangle-alert",
    title=_("{reference}: the promised time is over"),
    body="{subject}",
    locked=EVERYWHERE,
    why_locked=ON_DUTY,
    urgent=True,
)
kinds.kind(
    PAGED,
    category=Category.SUPPORT,
    icon="triangle-alert",
    title=_("Emergency {reference}: answer now"),
    body="{subject}",
    locked=EVERYWHERE,
    why_locked=ON_DUTY,
    urgent=True,
)
