"""From asking to the door on the screen: owner, carrier and driver; a phone and a desk; a bad line."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from dijivet.settings import dev
from tests.browser.looks import faults_by_page, violations

pytestmark = pytest.mark.browser
CARRIER = "/isletme/yoldas-tasima"


@pytest.fixture(autouse=True)
def _same_key(settings):
    settings.SECRET_KEY = dev.SECRET_KEY  # the stack that reads our links runs with this one


@pytest.fixture
def offering(stack):
    from booking.models import Offering

    return Offering.objects.get(business__slug="yoldas-tasima", kind="transfer")


@pytest.fixture
def rich(stack):
    """What lies in her wallet pays for a journey."""
    from django.contrib.auth import get_user_model

    from finance import ledger
    from finance.models import AccountKind
    from payments.services.accounts import wallet

    ayse = get_user_model().objects.get(email="ayse@ornek.test")
    now = timezone.now()
    gift = [(ledger.account(AccountKind.PROMOTION), Decimal(-5000)), (wallet(ayse), Decimal(5000))]
    ledger.post(key=f"browser gift {now.timestamp()}", kind="gift", legs=gift, now=now)


@pytest.fixture
def picture(tmp_path):
    from booking.transfers import drawing

    file = tmp_path / "pamuk.jpg"
    file.write_bytes(drawing.box("sky"))
    return file


def ask(page, day) -> None:
    page.locator(".booking__pets input").first.check(force=True)
    page.select_option("[name=from_province]", "34")
    page.fill("[name=from_district]", "Kadıköy")
    page.fill("[name=from_address]", "Moda Caddesi 12/4")
    page.fill("[name=from_name]", "Ayşe Yıldız")
    page.fill("[name=from_phone]", "0532 123 45 67")
    page.select_option("[name=to_province]", "35")
    page.fill("[name=to_district]", "Konak")
    page.fill("[name=to_address]", "Kıbrıs Şehitleri Caddesi 42/6")
    page.fill("[name=to_name]", "Leyla Yıldız")
    page.fill("[name=to_phone]", "0533 765 43 21")
    page.fill("[name=day]", f"{day:%Y-%m-%d}")
    page.select_option("[name=window]", "8-11")


def bring_near(slug: str):
    """The day of the pick-up has come: the last request’s journey begins in an hour."""
    from booking.models import Booking
    from booking.transfers.models import TransferJob

    job = TransferJob.objects.order_by("-pk").first()
    booking = job.booking
    length = booking.ends_at - booking.starts_at
    starts = timezone.now() + timedelta(hours=1)
    Booking.objects.filter(pk=booking.pk).update(starts_at=starts, ends_at=starts + length)
    return job


def give_papers(job) -> None:
    """What is asked for before a pick-up: a chip and the rabies vaccination."""
    from pets.services import file, pets

    now, given = timezone.now(), timezone.localdate() - timedelta(days=30)
    for item in job.booking.items.select_related("pet"):
        if not item.pet.chip:
            chip = f"{990_000_000_000_000 + item.pet.pk}"
            pets.change_pet(pet=item.pet, facts={"chip": chip}, by=job.booking.customer, now=now)
        file.add_vaccination(pet=item.pet, by=None, now=now, vaccine="rabies", given_on=given, next_due=None)


@pytest.mark.parametrize("width", [390, 1440])
def test_from_asking_to_the_door(visit, stack, offering, rich, picture, width):
    owner = visit(width=width, bypass_csp=True)
    owner.sign_in("ayse@ornek.test")
    page = owner.go(offering.get_absolute_url())
    day = timezone.localdate() + timedelta(days=20 + width // 100)
    ask(page, day)
    owner.keep_picture(f"transfer-ask-{width}")
    assert violations(page) == []
    page.click("button:has-text('Fiyat iste')")
    expect(page.locator(".messages")).to_contain_text("fiyat isteğini aldı")
    asked = page.url.removeprefix(stack.url)

    carrier = visit(width=width, bypass_csp=True)
    carrier.sign_in("tasiyici@ornek.test")
    desk = carrier.go(f"{CARRIER}/teklifler/")
    carrier.keep_picture(f"transfer-desk-quotes-{width}")
    desk.goto(f"{stack.url}{CARRIER}/teklifler/{asked.rstrip('/').split('/')[-1]}/")
    desk.fill("[name=price]", "1800")
    desk.fill("[name=hours]", "6")
    desk.fill("[name=note]", "İki mola veririz.")
    desk.click("button:has-text('Teklifi gönder')")
    expect(desk.locator(".messages")).to_contain_text("Teklifin gönderildi")
    carrier.keep_picture(f"transfer-desk-quote-{width}")
    assert violations(desk) == []

    page = owner.go(asked)
    owner.keep_picture(f"transfer-quote-{width}")
    assert violations(page) == []
    page.click("button:has-text('teklifini kabul et')")
    page.get_by_role("heading", name="Nasıl ödemek istersin?").wait_for()
    owner.keep_picture(f"transfer-pay-{width}")
    page.get_by_role("button", name="₺1.800,00").click()
    page.get_by_text("ödendi").first.wait_for()
    page = owner.go(asked)
    page.click("a:has-text('Yolculuğa git')")
    journey = page.url.removeprefix(stack.url)
    code = page.locator("[data-code]").get_attribute("data-code")
    owner.keep_picture(f"transfer-fixed-{width}")

    job = bring_near("yoldas-tasima")
    give_papers(job)
    drive = carrier.go(f"{CARRIER}/nakiller/{job.public_id}/surucu/")
    expect(drive.locator("h1")).to_contain_text("Kadıköy")
    assert violations(drive) == []
    carrier.keep_picture(f"transfer-drive-pick-up-{width}")
    drive.set_input_files("[name=photo]", str(picture))
    drive.fill("[name=text]", "Sakin, kutusunda")
    drive.click("button:has-text('araçta')")
    expect(drive.locator("h1")).to_contain_text("Konak")
    drive.click("button:has-text('Yola çıktım')")
    expect(drive.locator(".drive__step")).to_contain_text("Yolda")

    carrier.context.set_offline(True)
    drive.click("button:has-text('Mola')")
    expect(drive.locator("[data-waiting]")).to_contain_text("1 olay telefonda bekliyor")
    carrier.keep_picture(f"transfer-drive-offline-{width}")
    carrier.context.set_offline(False)
    expect(drive.locator("[data-waiting]")).to_be_hidden(timeout=20_000)
    expect(drive.locator("#drive-now")).to_contain_text("Mola")
    carrier.complaints = [one for one in carrier.complaints if "ERR_INTERNET_DISCONNECTED" not in one]
    assert job.events.filter(what="rest").count() == 1

    page = owner.go(journey)
    expect(page.locator(".ride-events")).to_contain_text("Mola")
    owner.keep_picture(f"transfer-follow-{width}")
    assert violations(page) == []

    drive.fill("[name=code]", "000000" if code != "000000" else "111111")
    drive.click("button:has-text('teslim edildi')")
    expect(drive.locator("[data-refused]")).to_contain_text("teslim kodu değil")
    drive.fill("[name=code]", code)
    drive.click("button:has-text('teslim edildi')")
    expect(drive.locator("h1")).to_contain_text("Bu yolculuk bitti")
    expect(page.locator(".ride__state")).to_contain_text("Teslim edildi", timeout=30_000)
    job.booking.refresh_from_db()
    assert job.booking.status == "completed"


def test_what_is_missing_is_said_at_its_field(visit, offering):
    visitor = visit(width=390, bypass_csp=True)
    visitor.sign_in("ayse@ornek.test")
    page = visitor.go(offering.get_absolute_url())
    page.fill("[name=to_address]", "")
    page.click("button:has-text('Fiyat iste')")
    expect(page.locator(".error-summary")).to_be_visible()
    assert violations(page) == []
    visitor.keep_picture("transfer-missing-390")


def test_the_driver_without_script(visit, stack):
    """By link, on the demo’s journey: plain forms do the same."""
    from booking.transfers import links, queries

    job = queries.jobs().get(booking__customer__email="ayse@ornek.test", quote__request__key="demo ride")
    url = links.driver_url(job)
    visitor = visit(width=390, script=False)
    page = visitor.go(url[url.index("/nakil/") :])
    page.click("button:has-text('Yakıt')")
    expect(page.locator("#drive-now")).to_contain_text("Yakıt")
    page.fill("[name=code]", "12")
    page.click("button:has-text('teslim edildi')")
    expect(page.locator(".error-summary")).to_contain_text("teslim kodu değil")


def test_pages_of_transfers_are_accessible_and_fit(visit, stack, offering):
    from booking.transfers import links, queries, services
    from booking.transfers.models import TransferRequest

    job = queries.jobs().get(quote__request__key="demo ride")
    services.share(job=job, by=None, now=timezone.now())
    job = queries.jobs().get(pk=job.pk)
    shared, driver = links.share_url(job), links.driver_url(job)
    public = {
        "offering": offering.get_absolute_url(),
        "shared": shared[shared.index("/nakil/") :],
        "driver": driver[driver.index("/nakil/") :],
    }
    assert faults_by_page(visit(bypass_csp=True), public) == {}
    mine = {
        "transfers": "/panel/nakil/",
        "ask": offering.get_absolute_url(),
        "quoted": TransferRequest.objects.get(key="demo quoted").url(),
        "asked": TransferRequest.objects.get(key="demo asked").url(),
        "journey": job.url(),
        "code": f"{job.url()}kod/",
        "booking": job.booking.url(),
    }
    owner = visit(bypass_csp=True)
    owner.sign_in("ayse@ornek.test")
    assert faults_by_page(owner, mine) == {}
    asked = TransferRequest.objects.get(key="demo asked").public_id
    quoted = TransferRequest.objects.get(key="demo quoted").public_id
    desk = {
        "panel": f"{CARRIER}/",
        "quotes": f"{CARRIER}/teklifler/",
        "to answer": f"{CARRIER}/teklifler/{asked}/",
        "answered": f"{CARRIER}/teklifler/{quoted}/",
        "decline": f"{CARRIER}/teklifler/{asked}/reddet/",
        "journeys": f"{CARRIER}/nakiller/",
        "one": f"{CARRIER}/nakiller/{job.public_id}/",
        "link": f"{CARRIER}/nakiller/{job.public_id}/baglanti/",
        "drive": f"{CARRIER}/nakiller/{job.public_id}/surucu/",
        "appointment": f"{CARRIER}/randevular/{job.booking.public_id}/",
    }
    carrier = visit(bypass_csp=True)
    carrier.sign_in("tasiyici@ornek.test")
    assert faults_by_page(carrier, desk) == {}
