"""The one way out: every call to another company's server has limits and leaves no secret in a log.

    answer = http.call("POST", url, json=body)               # once
    answer = http.call("GET", url, repeatable=True)          # up to three times

Connect 3 s, read 10 s, no redirects, at most 5 MB. Raises `requests.RequestException`.
"""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

log = logging.getLogger(__name__)

TIMEOUT = (3, 10)
LARGEST_ANSWER = 5 * 1024 * 1024
REPEAT = Retry(total=2, backoff_factor=0.3, status_forcelist=(502, 503, 504), allowed_methods=None)


class AnswerTooLarge(requests.RequestException):
    """The other side sent more than we are willing to keep in memory."""


def call(method: str, url: str, *, repeatable: bool = False, **options: Any) -> requests.Response:
    """One exchange. Set `repeatable` only where doing it twice does no harm."""
    with requests.Session() as session:
        session.trust_env = False  # no proxy, no .netrc: what we send is what is written here
        session.mount("https://", HTTPAdapter(max_retries=REPEAT if repeatable else 0))
        session.mount("http://", HTTPAdapter(max_retries=REPEAT if repeatable else 0))
        options = {"timeout": TIMEOUT, "allow_redirects": False, "stream": True, **options}
        answer = session.request(method, url, **options)
        _read(answer)
    # Only host, path and status: query, headers and bodies may hold keys, cards or people.
    log.info("outbound call", extra={"to": _address(url), "method": method, "status": answer.status_code})
    return answer


def _read(answer: requests.Response) -> None:
    body = answer.raw.read(LARGEST_ANSWER + 1, decode_content=True)
    if len(body) > LARGEST_ANSWER:
        raise AnswerTooLarge(_address(answer.url), response=answer)
    answer._content, answer._content_consumed = body, True  # type: ignore[attr-defined]


def _address(url: str | None) -> str:
    parts = urlsplit(url or "")
    return f"{parts.hostname}{parts.path}"
