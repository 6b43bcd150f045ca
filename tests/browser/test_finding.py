"""A time is found by a sentence and taken; where nothing is free one waits. On a phone and on a desk."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.looks import faults_by_page, violations

pytestmark = pytest.mark.browser


@pytest.fixture
def offering(stack):
    """Of the demo clinic, with nothing due."""
    from teams.models import Business
    from tests.factories import booking as make

    clinic = Business.objects.get(slug="ihlamur-veteriner")
    vet = make.resource(clinic, "Dr. Göz")
    return make.offering(clinic, vet, name="Göz muayenesi", price=Decimal(0), minutes=20, step=20)


@pytest.fixture
def offered(stack, offering):
    """Ayşe has been offered a time."""
    from accounts.models import User
    from booking import services as bookings
    from booking.waitlist.models import Entry
    from pets.models import Pet

    ayse, now = User.objects.get(email="ayse@ornek.test"), timezone.now()
    pet = Pet.objects.kept_by(ayse).living().first()
    day = timezone.localdate() + timedelta(days=21)
    day += timedelta(days=(7 - day.weekday()) % 7)
    from tests.factories import booking as make

    booking = bookings.hold(
        key=f"browser {now}", offering=offering, pets=[pet], starts_at=make.at(day, 11), by=ayse, now=now,
        until=now + timedelta(minutes=30),
    )  # fmt: skip
    used = set(Entry.objects.filter(customer=ayse).values_list("number", flat=True))
    number = min(set(range(1, 6)) - used)
    facts = {"customer": ayse, "offering": offering, "business": offering.business, "number": number}
    entry = Entry.objects.create(**facts, first=day, last=day, status="offered", booking=booking, made_at=now)
    entry.pets.set([pet])
    return entry


@pytest.mark.parametrize("width", [390, 1440])
def test_three_taps_from_a_sentence_to_a_time(visit, offering, width):
    visitor = visit(width=width, bypass_csp=True)
    visitor.sign_in("ayse@ornek.test")
    page = visitor.go("/randevu/")
    page.fill("#find-q", "haftaya salı Beşiktaş'ta kedi göz muayenesi fotosentez")
    page.click(".find__box button")
    expect(page.locator(".find__chips")).to_contain_text("Beşiktaş, İstanbul")
    expect(page.locator(".notice--warn")).to_contain_text("fotosentez")
    assert "q=" not in page.url
    visitor.keep_picture(f"find-{width}")
    page.select_option("#find-part", "ogleden-sonra")
    expect(page.locator(".find__chips")).to_contain_text("Öğleden sonra")
    hit = page.locator(".find-hit", has_text="Göz muayenesi")
    hit.locator(".find-time").first.click()
    page.locator(".booking__pets .choice").first.click()
    expect(page.locator(".booking__when")).not_to_contain_text("Bir saat seç")
    page.click("#hold button[type=submit]")
    expect(page.locator(".messages")).to_contain_text("Randevun kesinleşti")


def test_the_same_without_script(visit, offering):
    visitor = visit(width=390, script=False)
    page = visitor.go("/randevu/")
    page.fill("#find-q", "haftaya salı Beşiktaş")
    page.click(".find__box button")
    expect(page.locator(".find__chips")).to_contain_text("Beşiktaş, İstanbul")
    page.locator(".find__chips .chip", has_text="Beşiktaş").click()
    expect(page.locator(".find__chips")).not_to_contain_text("Beşiktaş, İstanbul")
    page.select_option("#find-species", "cat")
    page.click(".find__box button")
    expect(page.locator(".find__chips")).to_contain_text("Kedi")
    expect(page.locator(".find-time").first).to_be_visible()


def test_the_page_of_a_business_loads_its_times(visit, offering):
    visitor = visit(width=390, bypass_csp=True)
    page = visitor.go(offering.business.get_absolute_url())
    expect(page.locator(".bookable .find-time").first).to_be_visible()
    visitor.keep_picture("bookable-390")
    assert violations(page) == []


@pytest.mark.parametrize("width", [390, 1440])
def test_what_was_offered_is_passed_on(visit, offered, width):
    visitor = visit(width=width, bypass_csp=True)
    visitor.sign_in("ayse@ornek.test")
    page = visitor.go(offered.get_absolute_url())
    visitor.keep_picture(f"offered-{width}")
    assert violations(page) == []
    page.click("button:has-text('Pas geç')")
    expect(page.locator(".messages")).to_contain_text("Sıradakine geçiyor")
    expect(page.locator("main")).to_contain_text("Yeniden sıraya gir")


def test_pages_are_accessible_and_fit(visit, offering):
    saturday = timezone.localdate() + timedelta(days=(5 - timezone.localdate().weekday()) % 7 or 7)
    sunday = saturday + timedelta(days=1)
    public = {
        "search": "/randevu/",
        "found": "/randevu/?yer=34-besiktas&tur=cat&kalan=fotosentez",
        "nearest": f"/randevu/?yer=34-besiktas&gun={sunday}",
        "nobody": "/randevu/?yer=06-cankaya",
        "past": "/randevu/?gun=2020-01-01",
        "far": "/randevu/?yer=34-besiktas&gun=2099-01-01",
        "business": f"/randevu/isletme/{offering.business.slug}/",
        "home": "/",
    }
    assert faults_by_page(visit(bypass_csp=True), public) == {}
    visitor = visit(bypass_csp=True)
    visitor.sign_in("ayse@ornek.test")
    hers = {"join": f"{offering.get_absolute_url()}bekle/", "waits": "/panel/randevular/bekleme/"}
    assert faults_by_page(visitor, hers | {"bookings": "/panel/randevular/"}) == {}
    desk = visit(bypass_csp=True)
    desk.sign_in("kadir@ornek.test")
    theirs = {
        "desk": "/isletme/kopuk-kuafor/bekleyenler/",
        "calendar": f"/isletme/kopuk-kuafor/takvim/?gun={saturday}",
    }
    assert faults_by_page(desk, theirs) == {}
