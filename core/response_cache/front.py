"""Answers of this process, given out before Django is asked. Wraps the WSGI application.

A listener thread hears of every purge at its commit and drops what it touches. While the listener
has no connection, nothing is given out from here: the database is asked again.
"""

from __future__ import annotations

import os
import secrets
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from .keys import key_of
from .listener import Listener
from .middleware import FRONT, STORED_NONCE, Kept

BUDGET = 64 * 1024 * 1024  # bytes of bodies in one process
Start = Callable[..., Any]


@dataclass(frozen=True)
class Entry:
    status: str
    headers: list[tuple[str, str]]
    body: bytes
    etag: str
    has_nonce: bool
    until: float

    def answer(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if self.etag and environ.get("HTTP_IF_NONE_MATCH") == self.etag:
            start("304 Not Modified", [pair for pair in self.headers if pair[0] != "Content-Length"])
            return [b""]
        headers, body = self.headers, self.body
        if self.has_nonce:
            nonce = secrets.token_urlsafe(16)
            headers = [(name, value.replace(STORED_NONCE.decode(), nonce)) for name, value in headers]
            body = body.replace(STORED_NONCE, nonce.encode())
            headers = _with_length(headers, len(body))
        start(self.status, headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]


class Front:
    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application
        self.entries: dict[str, Entry] = {}
        self.keys_by_tag: dict[str, set[str]] = defaultdict(set)
        self.purged: dict[str, int] = {}  # by tag, the number of the purge that touched it last
        self.purges = self.deaf_until = self.size = 0
        self.lock = threading.Lock()
        self.listener = Listener(self)
        self.process = 0

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if self.process != os.getpid():  # after a fork the thread is gone
            self.process = os.getpid()
            self.listener.start()
        key = key_of(environ) if self.listener.is_live else None
        if key is None:
            return self.application(environ, start)
        key += environ.get("HTTP_ORIGIN", "")
        entry = self.entries.get(key)
        if entry and entry.until > time.monotonic():
            return entry.answer(environ, start)
        return self._ask(key, environ, start)

    def _ask(self, key: str, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        before = self.purges
        told: list[Any] = []

        def note(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            told[:] = [status, headers]
            return start(status, headers, *more)

        chunks = self.application(environ, note)
        kept = environ.get(FRONT)
        if kept is None or environ["REQUEST_METHOD"] != "GET" or not told[0].startswith("200"):
            return chunks
        body = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        self._keep(key, _entry(told[0], told[1], body, kept), kept, before)
        return [body]

    def _keep(self, key: str, entry: Entry, kept: Kept, before: int) -> None:
        """Unless something it shows was purged since we asked."""
        with self.lock:
            if before < self.deaf_until or any(self.purged.get(tag, 0) > before for tag in kept.tags):
                return
            if self.size + len(entry.body) > BUDGET:
                self._forget_all()
            self.entries[key] = entry
            self.size += len(entry.body)
            for tag in kept.tags:
                self.keys_by_tag[tag].add(key)

    def drop(self, tags: list[str]) -> None:
        with self.lock:
            self.purges += 1
            for tag in tags:
                self.purged[tag] = self.purges
                for key in self.keys_by_tag.pop(tag, ()):
                    if entry := self.entries.pop(key, None):
                        self.size -= len(entry.body)

    def drop_all(self) -> None:
        """News was missed: whatever was being made meanwhile is not kept either."""
        with self.lock:
            self.purges += 1
            self.deaf_until = self.purges
            self._forget_all()

    def _forget_all(self) -> None:
        self.entries.clear()
        self.keys_by_tag.clear()
        self.size = 0


def _entry(status: str, headers: list[tuple[str, str]], body: bytes, kept: Kept) -> Entry:
    nonce, stored = kept.nonce.decode(), STORED_NONCE.decode()
    named = [(name, value.replace(nonce, stored)) for name, value in headers]
    etag = next((value for name, value in headers if name == "ETag"), "")
    until = time.monotonic() + kept.seconds
    return Entry(status, named, body.replace(kept.nonce, STORED_NONCE), etag, named != headers, until)


def _with_length(headers: list[tuple[str, str]], length: int) -> list[tuple[str, str]]:
    return [(name, str(length) if name == "Content-Length" else value) for name, value in headers]
