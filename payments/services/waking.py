"""Hurry the worker. A broker that is away costs a minute: the schedule finds the row."""

from __future__ import annotations

import logging

from django.db import transaction

log = logging.getLogger(__name__)


def after_commit(part_id: int) -> None:
    transaction.on_commit(lambda: _nudge(part_id))


def _nudge(part_id: int) -> None:
    from ..tasks import send_refund

    try:
        send_refund.delay(part_id=part_id)
    except Exception:  # every broker library has its own error for "not there"
        log.warning("broker did not take the nudge; the schedule will", extra={"part": part_id})
