"""Two answers for machines that watch us: are we alive, and can we serve?"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

log = logging.getLogger(__name__)


@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """The process answers. Nothing else is asked, so a slow database never gets us restarted."""
    return JsonResponse({"state": "ok"})


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """503 when the database is away: we cannot serve. A broker that is away costs delay only."""
    database, broker = _answers(_ask_database), _answers(_ask_broker)
    state = "failed" if not database else "ok" if broker else "degraded"
    return JsonResponse(
        {"state": state, "database": database, "broker": broker}, status=200 if database else 503
    )


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_broker() -> None:
    cache.get("health")


def _answers(ask: Callable[[], None]) -> bool:
    try:
        ask()
    except Exception:  # whatever the driver raises, the answer is "no"
        log.warning("health check failed", exc_info=True)
        return False
    return True
