"""Wake the worker for deliveries that may leave now."""

from __future__ import annotations

import logging

from django.db import transaction

log = logging.getLogger(__name__)


def after_commit() -> None:
    """A broker that is down costs delay, never the mail: the sweeper will find its row."""
    transaction.on_commit(_nudge)


def _nudge() -> None:
    from ..tasks import hand_over

    try:
        hand_over.delay()
    except Exception:  # every broker library has its own error for "not there"
        log.warning("broker did not take the nudge; the sweeper will")
