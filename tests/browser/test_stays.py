"""A stay on the screen: its price, what is asked, reports with pictures, another day of leaving."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.looks import faults_by_page, violations

pytestmark = pytest.mark.browser
HOTEL = "/isletme/mavi-pati-otel"


def offering() -> str:
    from booking.models import Offering

    found = Offering.objects.filter(business__slug="mavi-pati-otel", kind="stay").first()
    return found.get_absolute_url()


def stay(status: str):
    from booking.models import Booking

    rows = Booking.objects.filter(business__slug="mavi-pati-otel", customer__email="ayse@ornek.test")
    return rows.filter(status=status).order_by("starts_at").first()


@pytest.mark.parametrize("width", [390, 1440])
def test_two_animals_and_three_nights_show_their_price(visit, stack, width):
    visitor = visit(width=width, bypass_csp=True)
    visitor.sign_in("ayse@ornek.test")
    page = visitor.go(f"{offering()}?hafta={timezone.localdate() + timedelta(days=14)}")
    for number in range(2):
        page.locator(".booking__pets .choice").nth(number).click()
        page.wait_for_load_state("networkidle")
    page.fill("#gece", "3")
    page.locator("#gece").blur()
    page.locator(".slot:visible").first.click()
    expect(page.locator(".booking__sums")).to_contain_text("3 gece × ₺850,00")
    expect(page.locator(".booking__sums")).to_contain_text("3 gece × 1 ek hayvan × ₺500,00")
    expect(page.locator(".stub")).to_contain_text("Ayrılış: en geç")
    visitor.keep_picture("stay-chosen")
    assert violations(page) == []


@pytest.mark.parametrize("width", [390, 1440])
def test_the_owner_reads_reports_and_turns_pictures_by_keyboard(visit, stack, width):
    visitor = visit(width=width, bypass_csp=True)
    visitor.sign_in("ayse@ornek.test")
    page = visitor.go(stay("in_service").url())
    expect(page.locator(".stay__day")).to_have_count(2)
    visitor.keep_picture("stay-owner")
    assert violations(page) == []
    link = page.locator(".stay__photos a").first
    link.focus()
    page.keyboard.press("Enter")
    gallery = page.locator("dialog.gallery")
    expect(gallery).to_contain_text("1 / 3")
    page.keyboard.press("ArrowRight")
    expect(gallery).to_contain_text("2 / 3")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(gallery).to_contain_text("3 / 3")
    assert page.locator("dialog.gallery img").evaluate("one => one.complete || one.decode()") is not False
    assert violations(page) == []
    visitor.keep_picture("stay-gallery")
    page.keyboard.press("Escape")
    expect(gallery).to_be_hidden()


def test_what_is_missing_is_filled_in_and_seen(visit, stack):
    visitor = visit(width=390, bypass_csp=True)
    visitor.sign_in("ayse@ornek.test")
    booking = stay("confirmed")
    page = visitor.go(booking.url())
    expect(page.locator(".arrival")).to_contain_text("Eksik")
    visitor.keep_picture("stay-missing")
    page.click("a:has-text('Geliş bilgilerini doldur')")
    item = booking.items.get().pk
    page.fill(f"#id_rabies_{item}_on", f"{timezone.localdate() - timedelta(days=2):%Y-%m-%d}")
    page.fill("#id_contact_name", "Oya Kurt")
    page.fill("#id_contact_phone", "0532 000 00 12")
    page.click("main .panel__form button[type=submit]")
    expect(page.locator(".messages")).to_contain_text("Kaydedildi")
    expect(page.locator(".arrival")).to_contain_text("Gelişte gösterilecek")
    desk = visit(bypass_csp=True)
    desk.sign_in("otel@ornek.test")
    page = desk.go(f"{HOTEL}/randevular/{booking.public_id}/")
    page.click("button:has-text('Geldi')")
    expect(page.locator(".messages")).to_contain_text("Giriş yapılmadı")
    desk.keep_picture("stay-refused")
    page.locator(".arrival button:has-text('Görüldü')").first.click()
    expect(page.locator(".arrival")).to_contain_text("Görüldü")


def test_a_report_is_written_with_a_picture(visit, stack, tmp_path):
    from PIL import Image

    Image.new("RGB", (800, 600), "orange").save(tmp_path / "kedi.jpg")
    visitor = visit(width=390)
    visitor.sign_in("otel@ornek.test")
    page = visitor.go(f"{HOTEL}/randevular/{stay('in_service').public_id}/rapor/")
    page.fill("#id_text", "Akşam oyun oynadı, sonra uyudu.")
    page.set_input_files("#id_photo_1", tmp_path / "kedi.jpg")
    page.fill("#id_new_alt_1", "Pamuk minderde")
    page.click("main .panel__form button[type=submit]")
    expect(page.locator(".messages")).to_contain_text("Kaydedildi")
    page = visitor.go(f"{HOTEL}/randevular/{stay('in_service').public_id}/")
    expect(page.locator(".stay__day").first).to_contain_text("Akşam oyun oynadı")
    expect(page.locator(".stay__photos img[alt='Pamuk minderde']")).to_be_visible()


def test_one_night_more_and_back(visit, stack):
    visitor = visit(width=1440, bypass_csp=True)
    visitor.sign_in("ayse@ornek.test")
    page = visitor.go(f"{stay('in_service').url()}ayrilis/")
    page.select_option("#id_gun", index=page.locator("#id_gun option").count() - 1)
    page.click("button:has-text('Ücretini göster')")
    assert violations(page) == []
    visitor.keep_picture("stay-leaving")
    page.click("button:has-text('O güne dek kalsın')")
    expect(page.locator(".messages")).to_contain_text("yerinde ödersin")


def test_pages_of_stays_are_accessible_and_fit(visit, stack):
    owner = visit(bypass_csp=True)
    owner.sign_in("ayse@ornek.test")
    here, coming = stay("in_service"), stay("confirmed")
    mine = {
        "offering": offering(),
        "here": here.url(),
        "leaving": f"{here.url()}ayrilis/",
        "coming": coming.url(),
        "arrival": f"{coming.url()}gelis/",
    }
    assert faults_by_page(owner, mine) == {}
    desk = visit(bypass_csp=True)
    desk.sign_in("otel@ornek.test")
    one, other = (f"{HOTEL}/randevular/{row.public_id}/" for row in (here, coming))
    pages = {
        "panel": f"{HOTEL}/",
        "reports": f"{HOTEL}/raporlar/",
        "asked": f"{HOTEL}/kosullar/",
        "asked-new": f"{HOTEL}/kosullar/yeni/",
        "desk-here": one,
        "report": f"{one}rapor/",
        "desk-leaving": f"{one}ayrilis/",
        "desk-coming": other,
        "desk-arrival": f"{other}gelis/",
    }
    assert faults_by_page(desk, pages) == {}
