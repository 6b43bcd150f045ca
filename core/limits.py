"""How often something may be done, counted in the cache.

    if limits.is_over("faq.suggest", limits.client(request), most=10, seconds=3600): ...

A window begins with the first count and ends by itself, so a limit never locks anybody out for longer
than `seconds`. Without its counters nothing is known, and the answer is "not now".
"""

from __future__ import annotations

import hashlib
import logging

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


def is_over(action: str, who: str, *, most: int, seconds: int) -> bool:
    """Count one more and say whether that was one too many."""
    key = f"limit:{action}:{_short(who)}"
    try:
        return most < 1 if cache.add(key, 1, seconds) else cache.incr(key) > most
    except ValueError:  # the window ended between the two calls
        return False
    except RedisError:
        log.warning("limits cannot be counted", extra={"action": action})
        return True


def is_first(action: str, who: str, *, seconds: int) -> bool:
    """True once in each window: for counters that one person must not drive up."""
    return not is_over(action, who, most=1, seconds=seconds)


def client(request: HttpRequest) -> str:
    """Where the request comes from, behind as many proxies as the settings say."""
    return get_adapter().get_client_ip(request)


def too_many(request: HttpRequest, *, seconds: int) -> HttpResponse:
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(seconds)
    return response


def _short(who: str) -> str:
    """Neither addresses nor persons stand in the cache, and no key has a strange letter in it."""
    return hashlib.sha256(who.encode()).hexdigest()[:24]
