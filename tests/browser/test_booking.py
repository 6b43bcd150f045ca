"""A time is found, kept, moved and cancelled on the screen; a phone and a desk see the same."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.looks import faults_by_page, violations

pytestmark = pytest.mark.browser


@pytest.fixture
def offering(stack):
    """Of the demo clinic, nothing due in advance, so a press fixes it."""
    from teams.models import Business
    from tests.factories import booking as make

    clinic = Business.objects.get(slug="ihlamur-veteriner")
    vets = [make.resource(clinic, name) for name in ("Dr. Deneme", "Dr. Örnek")]
    make.offering(clinic, vets, name="Genel muayene", text="Baştan sona bakılır, soruların yanıtlanır.")
    return make.offering(clinic, vets, name="Aşı ve kontrol", minutes=20, step=20, price=0)


def paid_offering(offering):
    """The one that is to be paid."""
    return type(offering).objects.get(business=offering.business, name="Genel muayene")


def paid_one(offering) -> str:
    return paid_offering(offering).get_absolute_url()


def far(offering) -> str:
    return f"{offering.get_absolute_url()}?hafta={timezone.localdate() + timedelta(days=14)}"


@pytest.mark.parametrize("width", [390, 1440])
def test_a_time_is_found_kept_moved_and_cancelled(visit, offering, width):
    visitor = visit(width=width, bypass_csp=True)
    visitor.sign_in("ayse@ornek.test")
    page = visitor.go(far(offering))
    page.locator(".booking__pets .choice").first.click()
    page.locator(".slot:visible").nth(3).click()
    expect(page.locator(".booking__when")).not_to_contain_text("Bir saat seç")
    visitor.keep_picture(f"booking-chosen-{width}")
    page.click("#hold button[type=submit]")
    expect(page.locator(".messages")).to_contain_text("Randevun kesinleşti")
    assert violations(page) == []
    page.click("main a:has-text('Taşı')")
    page.locator(".slot:visible").nth(5).click()
    page.click("button:has-text('Oraya taşı')")
    expect(page.locator(".messages")).to_contain_text("taşındı")
    page.click("summary:has-text('Vazgeç')")
    page.click("button:has-text('Evet')")
    expect(page.locator(".messages")).to_contain_text("Randevun iptal edildi")


def test_the_same_without_script(visit, offering):
    visitor = visit(width=390, script=False)
    visitor.sign_in("ayse@ornek.test")
    page = visitor.go(far(offering))
    page.locator(".booking__pets .choice").first.click()
    page.locator(".slot:visible").nth(7).click()
    page.click(".booking__show")
    page.click("#hold button[type=submit]")
    expect(page.locator(".messages")).to_contain_text("Randevun kesinleşti")


def test_what_it_costs_and_what_cancelling_costs_stand_before_paying(visit, offering):
    visitor = visit(width=390, bypass_csp=True)
    visitor.sign_in("ayse@ornek.test")
    page = visitor.go(f"{paid_one(offering)}?hafta={timezone.localdate() + timedelta(days=14)}")
    page.locator(".booking__pets .choice").first.click()
    page.locator(".slot:visible").nth(2).click()
    expect(page.locator(".cancel-line")).to_contain_text("₺250,00 geri")
    visitor.keep_picture("booking-price-390")
    page.click("#hold button[type=submit]")
    expect(page.locator("main")).to_contain_text("₺500,00")
    visitor.keep_picture("booking-pay-390")


def test_pages_of_bookings_are_accessible_and_fit(visit, offering):
    assert (
        faults_by_page(visit(bypass_csp=True), {"offering": far(offering), "paid": paid_one(offering)}) == {}
    )
    visitor = visit(bypass_csp=True)
    visitor.sign_in("ayse@ornek.test")
    mine = {"mine": "/panel/randevular/", "past": "/panel/randevular/?donem=gecmis", "chosen": far(offering)}
    assert faults_by_page(visitor, mine) == {}


@pytest.mark.parametrize("width", [390, 1440])
def test_a_reminder_is_answered_without_signing_in(visit, offering, settings, width):
    """The page behind the links of the mail: nothing happens until a press."""
    from accounts.models import User
    from booking import letters
    from dijivet.settings import dev
    from pets.models import Pet
    from tests.factories import booking as make

    ayse = User.objects.get(email="ayse@ornek.test")
    cat = Pet.objects.kept_by(ayse).filter(species="cat").earliest("pk")
    start = make.at(make.monday(3), 15, 30 * (width == 390))
    booking = make.held(paid_offering(offering), ayse, start, animals=[cat])
    make.pay(booking)
    settings.SECRET_KEY = dev.SECRET_KEY  # the stack that signs the links runs with this one
    visitor = visit(width=width, bypass_csp=True)
    page = visitor.go(letters.answer_path(booking))
    expect(page.locator("main")).to_contain_text("Gelemiyor musun?")
    visitor.keep_picture(f"booking-answer-{width}")
    assert violations(page) == []
    page.get_by_role("button", name="Geliyorum").click()
    expect(page.locator("main")).to_contain_text("Geleceğini biliyorlar")
    page.get_by_role("button", name="Evet").click()
    expect(page.locator(".messages")).to_contain_text("Randevun iptal edildi")
    visitor.keep_picture(f"booking-answered-{width}")
    assert violations(page) == []
