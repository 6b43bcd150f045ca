"""Against a real server on loopback."""

import logging
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from core import http


class Bank(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked += 1
        if self.path.startswith("/moved"):
            self.answer(302, b"", Location="/elsewhere")
        elif self.path.startswith("/huge"):
            self.answer(200, b"x" * (http.LARGEST_ANSWER + 1))
        elif self.path.startswith("/cut"):
            self.answer(200, b"half", **{"Content-Length": "4000"})
        elif self.path.startswith("/flaky") and self.server.asked < 3:
            self.answer(503, b"")
        else:
            self.answer(200, b'{"ok": true}')

    do_POST = do_GET

    def answer(self, status, body, **headers):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def bank():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bank)
    server.asked = 0
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_answer_is_read(bank):
    assert http.call("GET", bank.url).json() == {"ok": True}


def test_redirect_is_not_followed(bank):
    assert http.call("GET", f"{bank.url}/moved").status_code == 302
    assert bank.asked == 1


def test_answer_without_end_is_refused(bank):
    with pytest.raises(http.AnswerTooLarge):
        http.call("GET", f"{bank.url}/huge")


def test_an_answer_that_breaks_off_is_one_of_the_promised_errors(bank):
    with pytest.raises(requests.RequestException):
        http.call("GET", f"{bank.url}/cut")


def test_only_what_may_be_repeated_is(bank):
    assert http.call("POST", f"{bank.url}/flaky").status_code == 503
    assert bank.asked == 1
    bank.asked = 0
    assert http.call("GET", f"{bank.url}/flaky", repeatable=True).status_code == 200
    assert bank.asked == 3


def test_nobody_there_raises_at_once():
    with pytest.raises(requests.ConnectionError):
        http.call("GET", "http://127.0.0.1:9")


def test_log_holds_no_secret(bank, caplog):
    with caplog.at_level(logging.INFO, logger="core.http"):
        http.call("POST", f"{bank.url}/pay?key=topsecret", json={"card": "5528790000000008"})
    [record] = caplog.records
    assert "topsecret" not in str(vars(record))
    assert "5528" not in str(vars(record))
    assert record.to == "127.0.0.1/pay"
