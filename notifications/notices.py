"""Our own kinds: what rooms below tell through their journal lines."""

from django.utils.translation import gettext_lazy as _

from . import kinds
from .categories import Category, Channel

EVERYWHERE = {Channel.PANEL, Channel.EMAIL}
SAFETY = _("Without them you would not notice that somebody else uses your account.")
CONTRACT = _("A change of the texts that hold between us has to reach you.")

ANNOUNCEMENT = "blog.announced"
LEGAL_CHANGE = "legal.version_published"
ANSWERED = "faq.suggestion_answered"
NEW_DEVICE = "accounts.new_device"
PASSWORD_CHANGED = "accounts.password_changed"  # noqa: S105

kinds.kind(ANNOUNCEMENT, category=Category.NEWS, icon="megaphone", title="{title}", body="{summary}")
kinds.kind(
    LEGAL_CHANGE,
    category=Category.SECURITY,
    icon="book-open",
    title="{title}",
    body="{summary}",
    locked=EVERYWHERE,
    why_locked=CONTRACT,
)
kinds.kind(
    ANSWERED,
    category=Category.SUPPORT,
    icon="circle-check",
    title=_("Your question has an answer"),
    body="{title}",
)
kinds.kind(
    NEW_DEVICE,
    category=Category.SECURITY,
    icon="shield-check",
    title=_("Somebody signed in to your account from a new device"),
    body=_("If it was not you, change your password at once; that signs out all other devices."),
    locked=EVERYWHERE,
    why_locked=SAFETY,
    urgent=True,
)
kinds.kind(
    PASSWORD_CHANGED,
    category=Category.SECURITY,
    icon="lock",
    title=_("Your password was changed"),
    body=_("If it was not you, renew it with a code at once."),
    channels={Channel.PANEL},  # its mail is sent by accounts itself
    locked={Channel.PANEL},
    why_locked=SAFETY,
    urgent=True,
)
