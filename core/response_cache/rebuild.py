"""Makes stale answers anew in the worker, so that the next reader finds them ready."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.core.handlers.wsgi import WSGIHandler

from . import store

MOST = 100


def rebuild(tags: list[str]) -> int:
    """Ask ourselves for every answer that these purges made stale. Returns how many."""
    keys = store.stale_keys(tags, MOST)
    for key in keys:
        _ask(key)
    return len(keys)


@lru_cache(maxsize=1)
def _site() -> WSGIHandler:
    return WSGIHandler()


def _ask(key: str) -> None:
    answer = _site()(_environ(key), lambda *told: lambda chunk: None)
    answer.close()


def _environ(key: str) -> dict[str, Any]:
    address = urlsplit(key)
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address.path,
        "QUERY_STRING": address.query,
        "HTTP_HOST": address.netloc,
        "HTTP_X_FORWARDED_PROTO": address.scheme,
        "SERVER_NAME": address.hostname or "",
        "SERVER_PORT": str(address.port or (443 if address.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "SCRIPT_NAME": "",
        "wsgi.url_scheme": address.scheme,
        "wsgi.input": BytesIO(),
    }
