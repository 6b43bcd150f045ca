"""A top-up from the wallet to the bank's page and back, at a phone and at a desk, by each provider."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from tests.payments.bank import end as hang_up
from tests.payments.bank import launch

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def bank(tmp_path_factory, servers) -> Iterator[Any]:
    """The bank across the street; a web server that knows it."""
    process, opened = launch(tmp_path_factory.mktemp("bank") / "book.sqlite")
    base = f"http://127.0.0.1:{servers.spare_port}"
    opened.callbacks(**{code: f"{base}/odeme/bildirim/{code}/" for code in ("iyzico", "paytr")})
    opened.kurus(False)
    server = servers.web(port=servers.spare_port, BANK_URL=opened.url, BASE_URL=base)
    yield opened, base
    servers.end(server)
    hang_up(process)


def arrive(visit: Any, base: str, width: int = 1440, **more: Any) -> Any:
    """Ayşe, signed in at the server that knows the bank."""
    guest = visit(width=width, **more)
    guest.stack = SimpleNamespace(url=base, postbox=guest.stack.postbox)
    guest.sign_in()
    return guest


def top_up(guest: Any, amount: str) -> Any:
    page = guest.go("/panel/finans/cuzdan/yukle/")
    page.fill("[name=amount]", amount)
    page.get_by_role("button", name="Ödemeye geç").click()
    page.get_by_role("heading", name="Nasıl ödemek istersin?").wait_for()
    return page


@pytest.mark.parametrize(("name", "width"), [("iyzico", 390), ("Param", 1440)])
def test_paying_on_the_page_of_the_bank(visit, bank, name, width):
    guest = arrive(visit, bank[1], width)
    page = top_up(guest, "25")
    page.get_by_label(name).check()
    guest.keep_picture(f"odeme-{name}")
    page.get_by_role("button", name="₺25,00 öde").click()
    page.locator("button.pay").click()
    page.get_by_role("heading", name="₺25,00 ödendi").wait_for()
    guest.keep_picture(f"odendi-{name}")


def test_paying_in_the_frame(visit, bank):
    guest = arrive(visit, bank[1])
    page = top_up(guest, "30")
    page.get_by_label("PayTR").check()
    page.get_by_role("button", name="₺30,00 öde").click()
    frame = page.frame_locator("iframe")
    frame.locator("button.pay").wait_for()
    guest.keep_picture("odeme-cercevede")
    frame.locator("button.pay").click()
    page.get_by_role("heading", name="₺30,00 ödendi").wait_for()


def test_a_refusal_leads_to_other_ways(visit, bank):
    opened, base = bank
    guest = arrive(visit, base, 390)
    page = top_up(guest, "35")
    opened.scenario("not_enough")
    page.get_by_label("iyzico").check()
    page.get_by_role("button", name="₺35,00 öde").click()
    page.locator("button.pay").click()
    page.get_by_text("Para çekilmedi.").wait_for()
    guest.keep_picture("odeme-reddedildi")


def test_a_transfer_at_a_phone(visit, bank):
    guest = arrive(visit, bank[1], 390)
    page = top_up(guest, "40")
    page.get_by_label("Havale").check()
    page.get_by_role("button", name="₺40,00 öde").click()
    page.get_by_text("DV-").wait_for()
    guest.keep_picture("odeme-havale")
