"""The calendar of a clinic on the screen: looked at, moved, taken back; on a phone and by keyboard."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.looks import faults_by_page

pytestmark = pytest.mark.browser
CLINIC = "/isletme/ihlamur-veteriner"


def weekday() -> str:
    """The next working day after today: nothing on it has begun."""
    day = timezone.localdate() + timedelta(days=1)
    return f"{day + timedelta(days=1) if day.weekday() == 6 else day:%Y-%m-%d}"


def pages() -> dict[str, str]:
    from booking.models import Booking, Offering, Resource

    visit = Booking.objects.filter(business__slug="ihlamur-veteriner", status="confirmed").first()
    request = Booking.objects.filter(business__slug="ihlamur-veteriner", status="requested").first()
    offering = Offering.objects.filter(business__slug="ihlamur-veteriner").first()
    resource = Resource.objects.filter(business__slug="ihlamur-veteriner").first()
    one = f"{CLINIC}/randevular/{visit.public_id}/"
    return {
        "today": f"{CLINIC}/takvim/",
        "day": f"{CLINIC}/takvim/?gun={weekday()}",
        "week": f"{CLINIC}/takvim/?gorunum=hafta",
        "list": f"{CLINIC}/takvim/?gorunum=liste&gun={weekday()}",
        "walk-in": f"{CLINIC}/takvim/yeni/",
        "block": f"{CLINIC}/takvim/kapat/",
        "requests": f"{CLINIC}/istekler/",
        "request": f"{CLINIC}/randevular/{request.public_id}/",
        "booking": one,
        "move": f"{one}tasi/",
        "cancel": f"{one}iptal/",
        "offerings": f"{CLINIC}/hizmetler/",
        "offering": f"{CLINIC}/hizmetler/{offering.public_id}/",
        "resources": f"{CLINIC}/kaynaklar/",
        "resource": f"{CLINIC}/kaynaklar/{resource.public_id}/",
        "hours": f"{CLINIC}/kaynaklar/{resource.public_id}/saatler/",
        "feed": f"{CLINIC}/kaynaklar/{resource.public_id}/takvim/",
        "figures": f"{CLINIC}/finans/randevular/?hafta=4",
    }


@pytest.fixture
def bora(visit):
    """Signs in at the width that is asked for."""

    def arrive(**more):
        visitor = visit(**more)
        visitor.sign_in("bora@ornek.test")
        return visitor

    return arrive


def test_pages_of_the_calendar_are_accessible_and_fit(bora):
    assert faults_by_page(bora(bypass_csp=True), pages()) == {}


def test_an_appointment_is_dragged_and_moved_back(bora):
    page = bora().go(f"{CLINIC}/takvim/?gun={weekday()}")
    entry = page.locator(".sheet__column [data-move]").last
    was = entry.locator(".event__more").text_content()
    name = entry.locator("strong").text_content()
    entry.scroll_into_view_if_needed()
    box = entry.bounding_box()
    hour = page.locator(".sheet__hour").first.bounding_box()["height"]
    page.mouse.move(box["x"] + 20, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 20, box["y"] + 5 - hour / 3, steps=6)
    with page.expect_navigation():
        page.mouse.up()
    expect(page.locator(".messages")).to_contain_text("Taşındı")
    moved = page.locator(".sheet__column .event", has_text=name).last.locator(".event__more")
    assert moved.text_content() != was
    page.click(".booking-desk__undo button")
    expect(page.locator(".messages")).to_contain_text("Geri taşındı")
    back = page.locator(".sheet__column .event", has_text=name).last.locator(".event__more")
    assert back.text_content() == was


@pytest.mark.parametrize("script", [True, False])
def test_the_same_by_keyboard(bora, script):
    page = bora(script=script).go(f"{CLINIC}/takvim/?gun={weekday()}&gorunum=liste")
    page.locator(".agenda .event--confirmed").last.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Taşı").focus()
    page.keyboard.press("Enter")
    page.locator(".free-times button").last.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("Taşındı")
    page.locator(".booking-desk__undo button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("Geri taşındı")


def test_a_walk_in_arrives_and_is_taken_in_on_a_phone(bora):
    visitor = bora(width=390)
    page = visitor.go(f"{CLINIC}/takvim/yeni/")
    page.fill("[name=name]", "Melek Su")
    page.fill("[name=animal]", "Lokum")
    page.select_option("[name=offering]", label="Kontrol")
    later = timezone.localtime() + timedelta(minutes=1)
    page.fill("[name=saat]", f"{later:%H:%M}")
    page.click("main form.panel__form button[type=submit]")
    expect(page.locator(".messages")).to_contain_text("takvimde")
    for lane, word in (("expected", "Geldi"), ("waiting", "İçeri al"), ("inside", "Yapıldı")):
        card = page.locator(f"[aria-labelledby=lane-{lane}] .board__card", has_text="Lokum")
        card.get_by_role("button", name=word).click()
    done = page.locator("[aria-labelledby=lane-done] .board__card", has_text="Lokum")
    expect(done).to_have_count(1)
    visitor.keep_picture("board")
