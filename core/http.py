"""The one way out: every call to another company's server has limits and leaves no secret in a log.

    answer = http.call("POST", url, json=body)               # once
    answer = http.call("GET", url, repeatable=True)          # up to three times

Connect 3 s, read 10 s, 10 s for the whole body, no redirects, at most 5 MB. Raises
`requests.RequestException`.

Where the address was typed by somebody else (webhooks), `call_public` also keeps us out of our own
network: https only, and only to addresses that everybody on the internet can reach.
"""

from __future__ import annotations

import logging
import socket
import threading
import time
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3 import PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError
from urllib3.util import Retry, parse_url

from . import networks

log = logging.getLogger(__name__)

TIMEOUT = (3, 10)
LARGEST_ANSWER = 5 * 1024 * 1024
LONGEST_BODY = 10  # seconds
LONGEST_EXCHANGE = 15  # seconds, with an address of somebody else
CHUNK = 64 * 1024
REPEAT = Retry(total=2, backoff_factor=0.3, status_forcelist=(502, 503, 504), allowed_methods=None)


class AnswerTooLarge(requests.RequestException):
    """The other side sent more than we are willing to keep in memory."""


class AnswerTooSlow(requests.RequestException):
    """The other side drips its answer to keep us waiting."""


class AnswerCut(requests.RequestException):
    """The line broke, or went quiet, in the middle of the answer."""


class AddressRefused(requests.RequestException):
    """We do not go there: not https, or inside somebody's own network."""


def call_public(method: str, url: str, *, largest: int = LARGEST_ANSWER, **options: Any) -> requests.Response:
    """One exchange with an address that a person outside our team has typed. Raises AddressRefused."""
    check_public(url)
    with requests.Session() as session:
        session.mount("https://", _PublicAdapter())
        session.mount("http://", _PublicAdapter())
        try:
            return _exchange(session, method, url, largest, options)
        except _Inside as error:
            raise AddressRefused("not a public https address") from error


def check_public(url: str) -> None:
    """Raises AddressRefused. The name is asked again when we connect: see `_PublicAdapter`."""
    try:
        parts = parse_url(url)
        host, port = (parts.host or "").strip("[]"), parts.port or 443
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, ValueError, requests.RequestException) as error:
        raise AddressRefused("no such host") from error
    addresses = {str(answer[4][0]) for answer in answers}
    if parts.auth or not host or not all(_may_go(parts.scheme, address) for address in addresses):
        raise AddressRefused("not a public https address")


def _may_go(scheme: str | None, address: str) -> bool:
    """On a developer's machine the other side may run beside us."""
    if settings.DEVELOPMENT and networks.is_loopback(address):
        return scheme in ("http", "https")
    return scheme == "https" and networks.is_public(address)


class _Inside(Exception):
    """Not an OSError, which urllib3 would take for a broken line."""


class _Checked:
    """Looks at whom it is connected to before a byte is sent: a name may answer differently each time."""

    scheme = "https"

    def _new_conn(self) -> socket.socket:
        connection: socket.socket = super()._new_conn()  # type: ignore[misc]
        if not _may_go(self.scheme, connection.getpeername()[0]):
            connection.close()
            raise _Inside
        self._watch = threading.Timer(LONGEST_EXCHANGE, self._hang_up)
        self._watch.daemon = True
        self._watch.start()
        return connection

    def _hang_up(self) -> None:
        """Limits count from one received byte to the next; this one counts from the beginning."""
        with suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[attr-defined]

    def close(self) -> None:
        if watch := getattr(self, "_watch", None):
            watch.cancel()
        super().close()  # type: ignore[misc]


class _CheckedHTTP(_Checked, HTTPConnection):
    scheme = "http"


class _CheckedHTTPS(_Checked, HTTPSConnection):
    pass


class _CheckedHTTPPool(HTTPConnectionPool):
    ConnectionCls = _CheckedHTTP


class _CheckedHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _CheckedHTTPS


class _PublicAdapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        self.poolmanager = PoolManager(num_pools=1, maxsize=1)
        self.poolmanager.pool_classes_by_scheme = {"http": _CheckedHTTPPool, "https": _CheckedHTTPSPool}


def call(method: str, url: str, *, repeatable: bool = False, **options: Any) -> requests.Response:
    """One exchange. Set `repeatable` only where doing it twice does no harm."""
    with requests.Session() as session:
        session.mount("https://", HTTPAdapter(max_retries=REPEAT if repeatable else 0))
        session.mount("http://", HTTPAdapter(max_retries=REPEAT if repeatable else 0))
        return _exchange(session, method, url, LARGEST_ANSWER, options)


def _exchange(
    session: requests.Session, method: str, url: str, largest: int, options: dict[str, Any]
) -> requests.Response:
    session.trust_env = False  # no proxy, no .netrc: what we send is what is written here
    options = {"timeout": TIMEOUT, "allow_redirects": False, "stream": True, **options}
    answer = session.request(method, url, **options)
    _read(answer, largest)
    # Only host, path and status: query, headers and bodies may hold keys, cards or people.
    log.info("outbound call", extra={"to": _address(url), "method": method, "status": answer.status_code})
    return answer


def _read(answer: requests.Response, largest: int) -> None:
    """`read1` returns what has arrived, so a side that drips cannot hold us beyond one more read."""
    body, until = bytearray(), time.monotonic() + LONGEST_BODY
    while chunk := _next(answer):
        body += chunk
        if len(body) > largest:
            raise AnswerTooLarge(_address(answer.url), response=answer)
        if time.monotonic() > until:
            raise AnswerTooSlow(_address(answer.url), response=answer)
    answer._content, answer._content_consumed = bytes(body), True  # type: ignore[attr-defined]


def _next(answer: requests.Response) -> bytes:
    """requests wraps the errors of its own reading only."""
    try:
        return answer.raw.read1(CHUNK, decode_content=True)
    except (HTTPError, OSError) as error:
        raise AnswerCut(type(error).__name__, response=answer) from error


def _address(url: str | None) -> str:
    parts = urlsplit(url or "")
    return f"{parts.hostname}{parts.path}"
