"""The bank across the street as a program: its book, its messages, its page, and where it may stand."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests

from payments.bank.scenarios import BY_KURUS, SCENARIOS, TROUBLE_BY_KURUS
from payments.providers import registry
from tests.house.test_settings import PRODUCTION
from tests.payments.bank import ROOT, bank, bank_process, end, launch, wait_for  # noqa: F401
from tests.payments.providers import orders


class Ear(BaseHTTPRequestHandler):
    """A shop's server: answers what `said` holds, in order, then the last of it."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.path, body))  # type: ignore[attr-defined]
        said = self.server.said  # type: ignore[attr-defined]
        status, text = said.pop(0) if len(said) > 1 else said[0]
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *given: Any) -> None:
        pass


@pytest.fixture
def ear(bank: Any) -> Iterator[Any]:  # noqa: F811
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    server.heard, server.said = [], [(200, b"OK")]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}/odeme/bildirim"
    bank.callbacks(iyzico=f"{url}/iyzico/", paytr=f"{url}/paytr/")
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def pay(bank: Any, code: str, name: str = "success", amount: str = "150.00") -> Any:  # noqa: F811
    order = orders.order(amount)
    registry.get(code).start(order)
    bank.pay(order.reference, name)
    return order


@pytest.mark.parametrize("code", ["iyzico", "paytr"])
def test_messages_are_real_http(bank, ear, code):  # noqa: F811
    order = pay(bank, code)
    assert wait_for(lambda: ear.heard)
    path, body = ear.heard[0]
    assert path == f"/odeme/bildirim/{code}/"
    assert order.reference.encode() in body


def test_the_same_message_over_and_over(bank, ear):  # noqa: F811
    pay(bank, "iyzico", "twice")
    assert wait_for(lambda: len(ear.heard) == 5)


def test_paytr_sends_until_it_reads_ok(bank, ear):  # noqa: F811
    ear.said = [(500, b"no"), (200, b"thanks"), (200, b"OK")]
    pay(bank, "paytr")
    for count in (1, 2, 3):
        assert wait_for(lambda wanted=count: len(ear.heard) == wanted)  # type: ignore[misc]
        bank.clock(61)
    bank.clock(600)
    bank.deliver()
    assert len(ear.heard) == 3


def test_iyzico_gives_up_after_three(bank, ear):  # noqa: F811
    ear.said = [(500, b"")]
    pay(bank, "iyzico")
    for _ in range(5):
        bank.clock(16 * 60)
        bank.deliver()
    assert len(ear.heard) == 3


def test_a_late_message_waits_for_the_clock_of_the_bank(bank, ear):  # noqa: F811
    pay(bank, "paytr", "late")
    bank.deliver()
    assert ear.heard == []
    bank.clock(301)
    assert wait_for(lambda: ear.heard)


def test_a_message_before_the_browser_leaves(bank, ear):  # noqa: F811
    pay(bank, "iyzico", "early")
    assert len(ear.heard) == 1, "when the page answers it has been sent"


def test_nobody_is_told(bank, ear):  # noqa: F811
    pay(bank, "iyzico", "silent")
    bank.clock(86400)
    bank.deliver()
    assert ear.heard == []


def test_a_message_once_more(bank, ear):  # noqa: F811
    order = pay(bank, "paytr")
    assert wait_for(lambda: ear.heard)
    bank.resend(order.reference, times=2)
    assert wait_for(lambda: len(ear.heard) == 3)
    assert len({body for _, body in ear.heard}) == 1


def test_the_book_adds_up_by_provider(bank):  # noqa: F811
    for code, amount in (("iyzico", "10.10"), ("paytr", "20.20"), ("param", "30.30")):
        pay(bank, code, amount=amount)
    pay(bank, "iyzico", "declined")
    assert bank.total() == Decimal("60.60")
    assert [bank.total(code) for code in ("iyzico", "paytr", "param")] == list(
        map(Decimal, ("10.10", "20.20", "30.30"))
    )
    assert len(bank.payments()) == 4
    assert bank.payments(state="failed")[0]["reason"] == "declined"


def test_the_book_outlives_a_kill(tmp_path, settings):
    file = tmp_path / "bank" / "book.sqlite"
    process, opened = launch(file)
    try:
        settings.IYZICO_URL = settings.IYZICO_PAGE_URL = opened.url
        order = orders.order()
        step = registry.get("iyzico").start(order)
        opened.pay(order.reference, "late")
        opened.clock(100)
    finally:
        end(process)
    process, opened = launch(file)
    try:
        settings.IYZICO_URL = opened.url
        assert opened.total("iyzico") == order.amount
        assert registry.get("iyzico").look_up(orders.look_up(order, step.remote)).paid == order.amount
        assert len(opened.letters(order.reference)) == 1
    finally:
        end(process)


def start(settings: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    values = {**inherited, **PRODUCTION, "DJANGO_SETTINGS_MODULE": settings, **environment}
    command = [sys.executable, "-m", "payments.bank", "0", "/nonexistent/book"]
    return subprocess.run(command, cwd=ROOT, env=values, capture_output=True, text=True, timeout=60)


def test_it_does_not_open_beside_production():
    done = start("dijivet.settings.production")
    assert done.returncode == 1
    assert "No test bank with these settings" in done.stderr
    assert "banka" not in done.stdout


def test_nobody_else_can_reach_it(bank):  # noqa: F811
    port = int(bank.url.rsplit(":", 1)[1])
    listening = Path("/proc/net/tcp").read_text()
    addresses = re.findall(rf"\d+: ([0-9A-F]+):{port:04X} \S+ 0A", listening)
    assert addresses == ["0100007F"], "127.0.0.1 and nothing else"
    with socket.socket(socket.AF_INET6) as other, pytest.raises(OSError, match=r"refused|available"):
        other.connect(("::1", port))


def test_the_page_asks_for_no_card(bank):  # noqa: F811
    step = registry.get("iyzico").start(orders.order())
    page = requests.get(step.url, timeout=5).text
    assert "<input" not in page
    assert all(f'value="{name}"' in page for name in SCENARIOS)
    assert '<html lang="tr">' in page


def test_the_page_sends_the_browser_back(bank):  # noqa: F811
    order = orders.order()
    step = registry.get("iyzico").start(order)
    page = requests.post(step.url, data={"scenario": "success"}, timeout=5).text
    assert f'method="POST" action="{order.return_url}"' in page
    again = requests.post(step.url, data={"scenario": "success"}, timeout=5)
    assert again.status_code == 409
    assert "Bu ödeme alındı" in again.text
    assert bank.total() == order.amount


def test_the_page_in_a_frame_leaves_the_frame(bank):  # noqa: F811
    order = orders.order()
    step = registry.get("paytr").start(order)
    assert step.kind == "frame"
    assert registry.get("paytr").frame_origin == bank.url
    assert '<form method="post" target="_top">' in requests.get(step.url, timeout=5).text
    page = requests.post(step.url, data={"scenario": "success"}, timeout=5).text
    assert f'method="GET" action="{order.return_url}"' in page


def test_what_a_shop_writes_is_text_on_the_page(bank):  # noqa: F811
    order = orders.order(return_url='https://x/"><script>alert(1)</script>')
    step = registry.get("iyzico").start(order)
    page = requests.post(step.url, data={"scenario": "success"}, timeout=5).text
    assert "<script>alert" not in page


def test_no_page_no_payment(bank):  # noqa: F811
    assert requests.get(f"{bank.url}/sayfa?token=x", timeout=5).status_code == 404
    assert requests.get(f"{bank.url}/nirgends", timeout=5).status_code == 404
    assert requests.post(f"{bank.url}/__bank/nothing", data="{}", timeout=5).status_code == 400


def test_last_digits_have_one_meaning():
    assert not BY_KURUS.keys() & TROUBLE_BY_KURUS.keys()
    assert not {0, 50, 90, 95, 99} & {*BY_KURUS, *TROUBLE_BY_KURUS}, "common prices mean nothing"
