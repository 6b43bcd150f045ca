"""Notices about documents."""

from django.utils.translation import gettext_lazy as _

from notifications import kinds
from notifications.categories import Category, Channel

BUNDLE_READY = "finance.bundle_ready"
BUNDLE_FAILED = "finance.bundle_failed"

kinds.kind(
    BUNDLE_READY,
    category=Category.MONEY,
    icon="file-check",
    title=_("Your documents are ready"),
    body=_("{count} documents in one file. It stays for seven days."),
    channels={Channel.PANEL},
)
kinds.kind(
    BUNDLE_FAILED,
    category=Category.MONEY,
    icon="triangle-alert",
    title=_("Your documents could not be put into one file"),
    body=_("Ask for the file again; if it fails once more, write to support."),
    channels={Channel.PANEL},
)
