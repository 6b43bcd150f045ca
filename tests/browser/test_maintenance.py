"""Maintenance as people meet it: the bar that is closed, the door that is closed, and what was typed."""

from __future__ import annotations

import time

import pytest
from django.utils import timezone

from tests.factories import upkeep
from tests.stack import wait_for
from upkeep import services
from upkeep.states import Effect, Kind, Status

from .looks import violations

pytestmark = pytest.mark.browser
EVERY_PROCESS = 2500  # milliseconds in which each web process has read what closes or opens


@pytest.fixture
def outage(stack):
    """`outage("store", effect=…)` runs until the test is over."""
    begun = []

    def begin(part: str, effect: str):
        now = timezone.now()
        window = upkeep.announced(
            part, now=now, starts_at=now, hours=1, kind=Kind.EMERGENCY, effect=effect, title="Kesinti"
        )
        begun.append(window)
        return window

    yield begin
    for window in begun:
        window.refresh_from_db()
        if window.status == Status.IN_PROGRESS:
            services.end(window=window, version=window.version, by=None, now=timezone.now())
    time.sleep(EVERY_PROCESS / 1000)  # the servers go on; the next test finds every door open


def status(visitor, path: str) -> int:
    return visitor.context.request.get(visitor.stack.url + path).status


@pytest.mark.parametrize("width", [390, 1440])
def test_a_form_sent_to_a_closed_door_waits_in_the_page_and_arrives(visit, outage, width):
    visitor = visit(width=width, bypass_csp=True)
    visitor.meets_closed_doors = True
    visitor.sign_in()
    page = visitor.go("/panel/bildirimler/tercihler/")
    page.fill("[name=quiet_from]", "21:15")
    window = outage("panel", Effect.READ_ONLY)
    cookies = {"X-Requested-With": "test"}
    wait_for(
        lambda: visitor.context.request.post(f"{visitor.stack.url}/panel/x/", headers=cookies).status == 503,
        10,
        "the closed door",
    )
    page.wait_for_timeout(EVERY_PROCESS)
    page.click("main button:has-text('Kaydet')")
    page.wait_for_selector("text=Şu an burada yalnız okuyabilirsin.")
    assert violations(page) == []
    visitor.keep_picture("closed-write")
    services.end(window=window, version=window.version, by=None, now=timezone.now())
    wait_for(
        lambda: visitor.context.request.post(f"{visitor.stack.url}/panel/x/", headers=cookies).status != 503,
        10,
        "the open door",
    )
    page.wait_for_timeout(EVERY_PROCESS)
    page.click("button:has-text('Yeniden gönder')")
    page.wait_for_selector("text=Kaydettik.")
    assert page.input_value("[name=quiet_from]") == "21:15"


@pytest.mark.parametrize("dark", [False, True])
def test_a_closed_part_can_be_read_by_everybody(visit, outage, dark):
    visitor = visit(width=390, dark=dark, bypass_csp=True)
    visitor.meets_closed_doors = True
    outage("booking", Effect.STOP)
    wait_for(lambda: status(visitor, "/randevu/") == 503, 10, "the closed door")
    visitor.page.wait_for_timeout(EVERY_PROCESS)
    page = visitor.go("/randevu/")
    assert violations(page) == []
    visitor.keep_picture("closed")
    page.click("text=Canlı durum sayfası")
    page.wait_for_url("**/durum/")
    assert violations(page) == []


def test_a_bar_that_was_closed_stays_closed(visit):
    visitor = visit()
    page = visitor.go("/")
    bars = page.locator("[data-upkeep]").count()
    assert bars
    page.click("[data-upkeep-close] >> nth=0")
    assert page.locator("[data-upkeep]").count() == bars - 1
    assert visitor.go("/yardim/").locator("[data-upkeep]").count() == bars - 1


def test_without_script_the_bar_has_no_button_that_does_nothing(visit):
    page = visit(script=False).go("/")
    assert page.locator("[data-upkeep]").count()
    assert not page.locator("[data-upkeep-close]").first.is_visible()
