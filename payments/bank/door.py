"""The door: HTTP in, HTTP out, and on the way the trouble that was asked for."""

from __future__ import annotations

import contextlib
import socket
import struct
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from . import control, messenger, pages
from .bank import HTML, Bank, Call, Protocol, Request, Response
from .scenarios import BEFORE

LOOPBACK = "127.0.0.1"
LARGEST = 2 * 1024 * 1024
NOWHERE = Response(b"<!doctype html><title>404</title><h1>Sayfa yok</h1>", 404, HTML)
ERROR_PAGE = Response("<!doctype html><title>Hata</title><h1>Geçici bir sorun var</h1>".encode(), 200, HTML)


class Cut(Exception):
    """The line breaks after so many bytes of this answer."""

    def __init__(self, response: Response, after: int) -> None:
        self.response, self.after = response, after


def respond(bank: Bank, request: Request) -> Response:
    """Raises Cut."""
    for protocol in bank.protocols.values():
        if call := protocol.find(bank, request):
            return _exchange(bank, protocol, call)
    return control.respond(bank, request) or pages.respond(bank, request) or NOWHERE


def _exchange(bank: Bank, protocol: Protocol, call: Call) -> Response:
    trouble = bank.next_trouble(protocol.code, call.action, call.amount)
    with bank.book.lock:  # one after another: who asks twice at once is answered twice, and served once
        answer = Response() if trouble in BEFORE else call.answer()
    if trouble == "delay":
        bank.closing.wait(bank.delay)
    if trouble in ("lost", "refused"):
        raise Cut(answer, 0)
    if trouble == "reset":
        raise Cut(answer, len(answer.body) // 2)
    if trouble == "500":
        return Response(ERROR_PAGE.body, 500, HTML)
    if trouble == "busy":
        return protocol.busy()
    if trouble == "broken":
        return Response(answer.body[: len(answer.body) // 2], answer.status, answer.content_type)
    return ERROR_PAGE if trouble == "html" else answer


class Handler(BaseHTTPRequestHandler):
    bank: Bank
    server_version, sys_version = "bank", ""

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST:
            return self._answer(Response(b"", 413))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, headers, self.rfile.read(length))
        try:
            self._answer(respond(self.bank, request))
        except Cut as cut:
            self._cut(cut)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _serve

    def _answer(self, response: Response, after: int | None = None) -> None:
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", response.content_type)
        self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        self.wfile.write(response.body[:after])

    def _cut(self, cut: Cut) -> None:
        """A reset, not a polite end: nothing is sent of what still waits."""
        if cut.after:
            self._answer(cut.response, cut.after)
            self.wfile.flush()
        self.close_connection = True
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        with contextlib.suppress(OSError):
            self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:
        """Keys and people stand in no log."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    bank: Bank

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that has hung up is no error of ours."""
        import sys

        if not isinstance(sys.exc_info()[1], OSError | ValueError):
            super().handle_error(request, client_address)

    def server_close(self) -> None:
        self.bank.closing.set()
        super().server_close()


def serve(port: int, bank: Bank) -> Server:
    """Bound to loopback only; answers after `serve_forever`."""
    server = Server((LOOPBACK, port), type("OurHandler", (Handler,), {"bank": bank}))
    server.bank, bank.url = bank, f"http://{LOOPBACK}:{server.server_port}"
    messenger.start(bank)
    return server
