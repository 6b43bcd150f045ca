"""A consultation on the screen: two people in two browsers, each with a made-up camera, see each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import CHROMIUM, SILENT, Visitor, chosen
from tests.browser.looks import faults, faults_by_page, violations

pytestmark = pytest.mark.browser
FAKE = [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
]
PLAYS = "video => video.readyState >= 2 && video.videoWidth > 0 && !video.paused"


@pytest.fixture(scope="session")
def with_camera(chromium: Browser) -> Iterator[Browser]:
    """Another browser: it says yes to each question and has a camera that shows a moving picture."""
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=SILENT + FAKE)
    yield browser
    browser.close()


@pytest.fixture
def seen(with_camera, stack):
    """`seen("ayse@ornek.test", width=390)`: signed in, with a camera. Nobody may leave complaints."""
    visitors: list[Visitor] = []

    def arrive(email: str, width: int = 1440, **more) -> Visitor:
        facts = {"viewport": {"width": width, "height": 900}, "locale": "tr-TR", "bypass_csp": False} | more
        context = with_camera.new_context(reduced_motion="reduce", **facts)
        context.add_cookies([chosen("none", stack.url)])
        visitors.append(Visitor(context, stack))
        visitors[-1].sign_in(email)
        return visitors[-1]

    yield arrive
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for visitor in visitors:
        visitor.context.close()
    assert complaints == []


@pytest.fixture
def room(stack):
    """Ayşe's consultation at the demo clinic, begun a minute ago, nobody in it."""
    from booking.consultations.models import Consultation
    from booking.models import Booking

    row = Consultation.objects.filter(booking__customer__email="ayse@ornek.test", summary=None).earliest("pk")
    now = timezone.now()
    starts = now - timedelta(minutes=1)
    Booking.objects.filter(pk=row.booking_id).update(
        status="confirmed", starts_at=starts, ends_at=starts + timedelta(minutes=20)
    )
    row.presences.filter(left_at=None).update(left_at=now)
    row.messages.all().delete()
    row.address = ""
    row.save()
    row.refresh_from_db()
    return row


def mine(room) -> str:
    return f"/panel/randevular/{room.booking.public_id}/gorusme/"


def desk(room) -> str:
    return f"/isletme/ihlamur-veteriner/randevular/{room.booking.public_id}/gorusme/"


def look(visitor: Visitor, path: str) -> Page:
    """The look before: who has allowed the camera sees herself at once."""
    page = visitor.go(path)
    expect(page.locator("#check-camera")).to_have_attribute("data-state", "ok")
    page.wait_for_function(f"() => ({PLAYS})(document.getElementById('preview'))")
    return page


def enter(page: Page, button: str = "#go") -> Page:
    box = page.locator("[name=accept]")
    if box.count():
        box.check()
    page.click(button)
    expect(page.locator("#call")).to_be_visible()
    return page


def remote_plays(page: Page) -> None:
    """Frames of the other side keep coming."""
    page.wait_for_function(f"() => ({PLAYS})(document.getElementById('remote'))", timeout=20_000)
    before = page.evaluate("document.getElementById('remote').currentTime")
    page.wait_for_function("was => document.getElementById('remote').currentTime > was", arg=before)


@pytest.mark.parametrize("width", [390, 1440])
def test_two_people_see_each_other_and_write(seen, room, width):
    ayse, bora = seen("ayse@ornek.test", width), seen("bora@ornek.test", width)
    hers = look(ayse, mine(room))
    ayse.keep_picture("consultation-look-owner")
    if hers.locator("[name=accept]").count():
        hers.click("#go")
        expect(hers.locator("#enter .field__error").first).to_be_visible()
    enter(hers)
    expect(hers.locator("#wait-words")).to_contain_text("daha gelmedi")
    his = look(bora, desk(room))
    expect(his.locator("#other")).to_contain_text("Ayşe Yıldız")
    bora.keep_picture("consultation-look-vet")
    enter(his)
    for page in (hers, his):
        remote_plays(page)
        expect(page.locator("#tag")).to_contain_text("Hat iyi", timeout=15_000)
    his.fill("#words", "Kulağın içini gösterebilir misin?")
    his.press("#words", "Enter")
    expect(hers.locator("#lines")).to_contain_text("Kulağın içini gösterebilir misin?")
    hers.fill("#words", "Elbette.")
    hers.click("#write button")
    expect(his.locator("#lines")).to_contain_text("Elbette.")
    ayse.keep_picture("consultation-call-owner")
    bora.keep_picture("consultation-call-vet")
    hers.click("#mute")
    expect(hers.locator("#mute")).to_have_attribute("aria-pressed", "true")
    expect(his.locator("#tag")).to_contain_text("mikrofonu kapalı")
    hers.click("#darken")
    expect(his.locator("#wait-words")).to_contain_text("kamerası kapalı")
    hers.click("#darken")
    remote_plays(his)
    hers.click("#hang-up")
    expect(hers.locator("#ended-words")).to_contain_text("çıktın")
    expect(his.locator("#wait-words")).to_contain_text("çıktı")
    hers.click("#again")
    remote_plays(his)
    remote_plays(hers)


def test_a_second_tab_takes_over_and_the_first_says_so(seen, room):
    ayse = seen("ayse@ornek.test")
    first = enter(look(ayse, mine(room)))
    second = ayse.context.new_page()
    second.goto(ayse.stack.url + mine(room))
    expect(second.locator("main")).to_contain_text("Zaten odadasın")
    second.click("#go")
    expect(second.locator("#call")).to_be_visible()
    expect(first.locator("#ended-words")).to_contain_text("Başka bir sekmeden")


def test_the_line_comes_back_by_itself(seen, room):
    ayse, bora = seen("ayse@ornek.test"), seen("bora@ornek.test")
    hers, his = enter(look(ayse, mine(room))), enter(look(bora, desk(room)))
    remote_plays(hers)
    ayse.page.route("**/gorusme/*/owner/", lambda route: route.abort())
    expect(hers.locator("#tag")).to_contain_text("İnternetin", timeout=20_000)
    hers.fill("#words", "Duyuyor musun?")
    hers.press("#words", "Enter")
    ayse.page.unroute("**/gorusme/*/owner/")
    expect(his.locator("#lines")).to_contain_text("Duyuyor musun?", timeout=20_000)
    remote_plays(his)
    ayse.complaints = [one for one in ayse.complaints if "ERR_FAILED" not in one]


def test_entering_without_a_camera_and_taking_one_later(seen, room):
    ayse, bora = seen("ayse@ornek.test", 390), seen("bora@ornek.test")
    hers = enter(ayse.go(mine(room)), "#go-dark")
    his = enter(look(bora, desk(room)))
    remote_plays(hers)
    expect(his.locator("#wait-words")).to_contain_text("kamerası kapalı")
    hers.click("#darken")
    remote_plays(his)


def test_a_browser_that_says_no_and_one_that_cannot(visit, room):
    """The ordinary test browser has no camera."""
    visitor = visit(width=390)
    visitor.sign_in("ayse@ornek.test")
    page = visitor.go(mine(room))
    page.click("#try")
    expect(page.locator("#dark-words")).to_contain_text("bulamadık")
    refusal = "Promise.reject(new DOMException('', 'NotAllowedError'))"
    page.evaluate(f"() => {{ navigator.mediaDevices.getUserMedia = () => {refusal}; }}")
    page.click("#try")
    expect(page.locator("#dark-words")).to_contain_text("izin ver")
    visitor.keep_picture("consultation-refused")
    page.add_init_script("delete window.RTCPeerConnection")
    page.reload()
    expect(page.locator("#dark-words")).to_contain_text("Chrome, Edge, Firefox")
    page.click("#go")
    expect(page.locator("#enter-error")).to_contain_text("Chrome, Edge, Firefox")


def test_before_it_opens_and_a_meeting_elsewhere(visit, room):
    from booking.models import Booking

    visitor = visit(width=390, bypass_csp=True)
    visitor.sign_in("ayse@ornek.test")
    room.address = "https://gorusme.ornek.test/oda"
    room.save()
    page = visitor.go(mine(room))
    if page.locator("[name=accept]").count():
        page.check("[name=accept]")
    page.click("#go")
    expect(page.locator("main")).to_contain_text("gorusme.ornek.test")
    assert (
        page.locator("a[href='https://gorusme.ornek.test/oda']").get_attribute("rel") == "noopener noreferrer"
    )
    visitor.keep_picture("consultation-elsewhere")
    assert violations(page) == []
    room.address = ""
    room.save()
    later = timezone.now() + timedelta(hours=2)
    Booking.objects.filter(pk=room.booking_id).update(starts_at=later, ends_at=later + timedelta(minutes=20))
    page = visitor.go(mine(room))
    expect(page.locator("#countdown")).to_contain_text("1:4")
    expect(page.locator("#go")).to_be_disabled()
    visitor.keep_picture("consultation-early")


def test_pages_are_accessible_and_fit(seen, room):
    ayse, bora = seen("ayse@ornek.test", bypass_csp=True), seen("bora@ornek.test", bypass_csp=True)
    wrong = faults_by_page(ayse, {"look": mine(room), "booking": room.booking.url(), "summary": written()})
    wrong |= faults_by_page(bora, {"look of vet": desk(room), "write": f"{desk(room)}ozet/"})
    wrong |= faults_by_page(
        bora, {"address": f"{desk(room)}yer/", "desk": desk(room).removesuffix("gorusme/")}
    )
    wrong |= faults_by_page(ayse, {"offering": room.booking.offering.get_absolute_url()})
    for visitor, path in ((ayse, mine(room)), (bora, desk(room))):
        enter(look(visitor, path))
    remote_plays(ayse.page)
    wrong |= {f"call {at}": found for at, one in enumerate((ayse, bora)) if (found := faults(one))}
    assert wrong == {}


def written() -> str:
    """The summary of the demo."""
    from booking.consultations.models import Summary

    row = Summary.objects.filter(consultation__booking__customer__email="ayse@ornek.test").earliest("pk")
    return f"/panel/randevular/{row.consultation.booking.public_id}/gorusme/ozet/"


def test_the_vet_writes_and_sends_the_summary(seen, room):
    ayse, bora = seen("ayse@ornek.test"), seen("bora@ornek.test", 390)
    for visitor, path in ((ayse, mine(room)), (bora, desk(room))):
        enter(look(visitor, path))
    page = bora.go(f"{desk(room)}ozet/")
    page.fill("[name=seen]", "Kulak içinde kızarıklık.")
    page.click("button[value=draft]")
    expect(page.locator(".messages")).to_contain_text("Taslak")
    page.fill("[name=advice]", "Günde 5 mg ver.")
    page.fill("[name=go_if]", "Dengesi bozulursa.")
    page.click("button[value=send]")
    expect(page.locator(".error-summary")).to_contain_text("doz")
    page.fill("[name=advice]", "48 saat içinde muayeneye gel.")
    bora.keep_picture("consultation-write")
    page.click("button[value=send]")
    expect(page.locator(".messages")).to_contain_text("Gönderildi")
    page.click("button:has-text('Yapıldı olarak')")
    hers = ayse.go(room.booking.url())
    hers.click("a:has-text('Özeti oku')")
    expect(hers.locator("main")).to_contain_text("48 saat içinde muayeneye gel.")
    ayse.keep_picture("consultation-summary")
