"""A course on the screen: every session, another time for one that is taken, the rest given up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.looks import violations

pytestmark = pytest.mark.browser


@pytest.fixture
def offering(stack):
    """Of the demo clinic; nothing due, so a press fixes it. A guest has one of the times a week later."""
    from booking.models import Offering
    from booking.series.models import Course
    from teams.models import Business
    from tests.factories import booking as make

    clinic = Business.objects.get(slug="ihlamur-veteriner")
    vet = make.resource(clinic, "Dr. Kür")
    found = make.offering(clinic, vet, name="Karma aşı kürü", minutes=20, step=20, price=0)
    Course.objects.create(offering=found, sessions=3, every_weeks=3, price=0)
    return Offering.objects.get(pk=found.pk)


def take(offering, starts_at):
    """A guest has this time."""
    from booking import services
    from booking.services import Guest

    guest = Guest("Melek Su", "", "Boncuk", "rabbit")
    return services.walk_in(offering=offering, guest=guest, starts_at=starts_at, by=None, now=timezone.now())


@pytest.mark.parametrize(("number", "width", "script"), [(1, 390, True), (4, 1440, True), (7, 390, False)])
def test_a_course_is_taken_and_its_rest_given_up(visit, offering, number, width, script):
    more = {"bypass_csp": True} if script else {"script": False}
    visitor = visit(width=width, **more)
    visitor.sign_in("ayse@ornek.test")
    page = visitor.go(f"{offering.get_absolute_url()}?hafta={timezone.localdate() + timedelta(days=14)}")
    page.locator(".booking__pets .choice").first.click()
    page.locator(".slot:visible").nth(number).click()
    if not script:
        page.click(".booking__show")
    expect(page.locator(".booking__when")).not_to_contain_text("Bir saat seç")
    page.click("#hold button[type=submit]")
    expect(page.locator(".course__session")).to_have_count(3)
    visitor.keep_picture(f"course-{width}")
    if script:
        assert violations(page) == []
    moment = page.locator(".course__session").nth(1).locator("input[checked]").get_attribute("value")
    take(offering, timezone.datetime.fromisoformat(moment))
    page.click("#hold button[type=submit]")
    expect(page.locator(".error-summary")).to_be_visible()
    page.locator(".course__session").nth(1).locator(".slot").first.click()
    if not script:
        page.click(".booking__show")
    visitor.keep_picture(f"course-other-time-{width}")
    page.click("#hold button[type=submit]:not([disabled])")
    expect(page.locator(".messages")).to_contain_text("kesinleşti")
    visitor.keep_picture(f"course-mine-{width}")
    if script:
        assert violations(page) == []
    page.click("main a:has-text('Kalan')")
    if script:
        assert violations(page) == []
    visitor.keep_picture(f"course-rest-{width}")
    page.click("main button.button--danger")
    expect(page.locator(".messages")).to_contain_text("iptal edildi")


@pytest.mark.parametrize("width", [390, 1440])
def test_the_desk_sells_a_course(visit, offering, width):
    visitor = visit(width=width, bypass_csp=True)
    visitor.sign_in("bora@ornek.test")
    page = visitor.go(f"/isletme/ihlamur-veteriner/hizmetler/{offering.public_id}/kurs/")
    expect(page.locator("#id_sessions")).to_have_value("3")
    visitor.keep_picture(f"course-desk-{width}")
    assert violations(page) == []
    page.fill("#id_sessions", "13")
    page.click("main form.panel__form button[type=submit]")
    expect(page.locator(".error-summary")).to_be_visible()
    assert violations(page) == []
