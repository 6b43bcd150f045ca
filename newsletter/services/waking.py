"""Wake the worker for an issue that may leave now."""

from __future__ import annotations

import logging

from django.db import transaction

log = logging.getLogger(__name__)


def after_commit() -> None:
    """A broker that is down costs delay, never a mail: the schedule finds its row."""
    transaction.on_commit(nudge)


def nudge() -> None:
    from ..tasks import send_issues

    try:
        send_issues.delay()
    except Exception:  # every broker library has its own error for "not there"
        log.warning("broker did not take the nudge; the schedule will")
