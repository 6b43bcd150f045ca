"""Every kind of public page: accessible in both themes, no sideways scroll, well-formed, quiet."""

from __future__ import annotations

import html5lib
import pytest

from .looks import faults_by_page, violations

pytestmark = pytest.mark.browser

PUBLIC = {
    "home": "/",
    "home in English": "/en/",
    "help": "/yardim/",
    "help for clinics": "/yardim/?audience=clinic",
    "help in English": "/en/help/",
    "search": "/yardim/ara/?q=iade",
    "search without result": "/yardim/ara/?q=zzzzqqq",
    "blog": "/blog/",
    "blog in English": "/en/blog/",
    "announcements": "/duyurular/",
    "newsletter": "/bulten/",
    "newsletter in English": "/en/bulten/",
    "look into your mailbox": "/bulten/gonderdik/",
    "a link that is over": "/bulten/onay/boyle-bir-baglanti-yok/",
    "posts of a tag": "/blog/etiket/kedi/",
    "legal section": "/hukuki/",
    "legal section in English": "/en/legal/",
    "document with a coming version": "/hukuki/iade/#iade-2",
    "document in English": "/en/legal/refund/",
    "an announced version": "/hukuki/iade/v2/",
    "comparison": "/hukuki/iade/fark/?a=1&b=2",
    "cookie policy": "/hukuki/cerezler/",
    "cookie preferences": "/hukuki/cerez-tercihleri/",
    "proofs": "/kanitlar/",
    "proofs in English": "/en/kanitlar/",
    "state of the platform": "/durum/",
    "state of the platform in English": "/en/durum/",
    "question form": "/yardim/soru/",
    "write to support": "/destek/?konu=emergency&q=iade",
    "store": "/magaza/",
    "store filtered to nothing": "/magaza/?min_price=999999",
    "basket": "/magaza/sepet/",
    "businesses": "/isletmeler/",
    "businesses filtered to nothing": "/isletmeler/?province=81&kind=shelter",
    "a business": "/isletmeler/ihlamur-veteriner/",
    "sign-in": "/hesap/giris/",
    "sign-up": "/hesap/kayit/",
    "forgotten password": "/hesap/sifre/sifirla/",
    "closed account": "/hesap/kapali/",
    "not found": "/boyle-bir-sayfa-yok/",
    "not found in English": "/en/no-such-page/",
    "bad request": "/?q=%00",
    "review link that opens nothing": "/onizleme/boyle-bir-baglanti-yok/",
    "style guide": "/bilesenler/",
}
PRIVATE = {
    "panel": "/panel/",
    "settings": "/panel/ayarlar/",
    "newsletter settings": "/panel/ayarlar/bulten/",
    "notices": "/panel/bildirimler/",
    "unread notices of a category": "/panel/bildirimler/?kategori=support&okunmamis=1",
    "notices in English": "/en/panel/bildirimler/",
    "notification preferences": "/panel/bildirimler/tercihler/",
    "pets": "/panel/hayvanlarim/",
    "a new pet": "/panel/hayvanlarim/ekle/",
    "new password": "/hesap/sifre/degistir/",
    "sign-out": "/hesap/cikis/",
    "documents that wait": "/hukuki/onay/",
    "modules": "/panel/moduller/",
    "orders": "/panel/siparisler/",
    "payments": "/panel/finans/odemeler/",
    "wallet": "/panel/finans/cuzdan/",
    "adding money": "/panel/finans/cuzdan/yukle/",
    "documents": "/panel/finans/belgeler/",
    "documents in English": "/en/panel/finans/belgeler/",
    "documents of last month": "/panel/finans/belgeler/?donem=gecen-ay&tur=statement",
    "documents of a wrong range": "/panel/finans/belgeler/?donem=aralik&baslangic=2024-01-02",
    "tickets": "/panel/destek/",
    "asking for a pause": "/panel/destek/hesabimi-askiya-al/",
    "register a business": "/isletme-kaydi/",
}
OF_OWNER = {  # what the owner of a clinic sees in its panel
    name: f"/isletme/ihlamur-veteriner/{path}"
    for name, path in {
        "clinic": "",
        "team": "ekip/",
        "nobody found": "ekip/?q=zzzz",
        "invitation form": "ekip/davet/",
        "invitations": "ekip/davetler/",
        "roles": "ekip/roller/",
        "new role": "ekip/roller/yeni/",
        "ownership": "ekip/sahiplik/",
        "leaving": "ekip/ayril/",
        "record": "ekip/kayitlar/",
        "modules of the clinic": "moduller/",
        "tickets of the clinic": "destek/",
        "a new ticket of the clinic": "destek/yeni/",
        "documents of the clinic": "finans/belgeler/",
    }.items()
}
BUSINESS = {
    "profile of a business": "/isletme/ihlamur-veteriner/profil/",
    "introduction": "/isletme/ihlamur-veteriner/profil/tanitim/",
    "legal name": "/isletme/ihlamur-veteriner/profil/unvan/",
    "branches": "/isletme/ihlamur-veteriner/profil/subeler/",
    "new branch": "/isletme/ihlamur-veteriner/profil/subeler/yeni/",
    "new licence": "/isletme/ihlamur-veteriner/profil/ruhsat/yeni/practice/",
    "me on the public page": "/isletme/ihlamur-veteriner/profil/ben/",
}


@pytest.fixture
def inner_pages(stack) -> dict[str, str]:
    """Pages whose address depends on the content."""
    from oscar.core.loading import get_model

    from blog.models import PostPage
    from faq.models import CategoryPage, QuestionPage

    turkish = {"locale__language_code": "tr"}
    product = get_model("catalogue", "Product").objects.browsable().first()
    category = get_model("catalogue", "Category").objects.filter(depth=2).first()
    return {
        "question": QuestionPage.objects.live().filter(**turkish).exclude(claims=[]).first().url,
        "questions of a category": CategoryPage.objects.live().filter(**turkish).first().url,
        "post": PostPage.objects.live().filter(**turkish, official=False).first().url,
        "announcement": PostPage.objects.live().filter(**turkish, official=True).first().url,
        "product": product.get_absolute_url(),
        "goods of a category": category.get_absolute_url(),
    }


@pytest.fixture
def pet_pages(stack) -> dict[str, str]:
    """Every page of a pet's file."""
    from pets.models import Pet

    file = Pet.objects.filter(name="Pamuk").earliest("pk").get_absolute_url()
    parts = ("asilar", "olcumler", "notlar", "kisiler", "paylasim", "duzenle", "foto", "kayip", "veda")
    return {"pet file": file} | {f"pet file: {part}": f"{file}{part}/" for part in parts}


def test_public_pages(visit, inner_pages):
    assert faults_by_page(visit(bypass_csp=True), PUBLIC | inner_pages) == {}


def test_pages_of_a_person(visit, pet_pages):
    visitor = visit(bypass_csp=True)
    visitor.sign_in()
    assert faults_by_page(visitor, PRIVATE | pet_pages) == {}


def test_panel_of_a_business(visit):
    from teams.models import Location

    place = Location.objects.get(business__slug="ihlamur-veteriner", is_main=True)
    hours = {"opening hours": f"/isletme/ihlamur-veteriner/profil/subeler/{place.pk}/saatler/"}
    visitor = visit(bypass_csp=True)
    visitor.sign_in("bora@ornek.test")
    assert faults_by_page(visitor, OF_OWNER | BUSINESS | hours) == {}


def test_registration_of_a_business(visit):
    """Each step of a draft, with an error shown in the first."""
    visitor = visit(bypass_csp=True)
    visitor.sign_in("bora@ornek.test")
    assert faults_by_page(visitor, _draft(visitor, "Otel Deneme")) == {}


def test_pet_files_as_a_clinic_sees_them(visit, pet_pages):
    clinic = visit(bypass_csp=True)
    clinic.sign_in("elif@ornek.test")
    patients = "/isletme/ihlamur-veteriner/hastalar/"
    public_id = pet_pages["pet file"].split("/")[-2]
    pages = {"patients": patients, "patient": f"{patients}{public_id}/"}
    assert faults_by_page(clinic, pages) == {}


@pytest.mark.parametrize("width", [390, 1440])
def test_invitation_opens_as_a_dialog_and_errors_come_back_into_it(visit, width):
    visitor = visit(width=width, bypass_csp=True)
    visitor.sign_in("bora@ornek.test")
    page = visitor.go("/isletme/ihlamur-veteriner/ekip/")
    page.click("main a[data-dialog]")
    page.wait_for_selector("dialog[open] [name=email]")
    page.fill("dialog [name=email]", "deniz@ihlamur")
    page.click("dialog button[type=submit]")
    page.wait_for_selector("dialog[open] [aria-invalid=true]")
    assert page.input_value("dialog [name=email]") == "deniz@ihlamur"
    assert page.evaluate("document.activeElement.name") == "email"
    assert violations(page) == []
    visitor.keep_picture("dialog")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog:not([open])", state="hidden")
    page.click("button[popovertarget^=member-] >> nth=0")
    page.wait_for_selector(".menu:popover-open")
    visitor.keep_picture("menu")
    page.click(".menu:popover-open a >> nth=1")
    page.wait_for_selector("dialog[open] .button--danger")
    visitor.keep_picture("remove")


def test_html_is_well_formed(visit, inner_pages):
    visitor, errors = visit(), {}
    for name, path in (PUBLIC | inner_pages).items():
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(visitor.context.request.get(visitor.stack.url + path).text())
        if parser.errors:
            errors[name] = [f"line {place[0]}: {code} {detail}" for place, code, detail in parser.errors[:5]]
    assert errors == {}


def test_a_violation_would_be_seen(visit):
    """Negative control: an image without a text must be found."""
    page = visit(bypass_csp=True).go("/")
    page.evaluate("document.querySelector('main').append(new Image())")
    assert any(line.startswith("image-alt") for line in violations(page))


def _draft(visitor, name: str) -> dict[str, str]:
    page = visitor.go("/isletme-kaydi/")
    page.check("input[value=hotel]")
    page.fill("[name=name]", name)
    page.click("main form.panel__form button[type=submit]")
    page.wait_for_url("**/kimlik/")
    base = page.url.removeprefix(visitor.stack.url).removesuffix("kimlik/")
    page.click(".register__form button[type=submit]")
    assert page.locator(".error-summary").is_visible()
    return {
        key: f"{base}{key}/" for key in ("tur", "kimlik", "yer", "saatler", "calisma-izni", "banka", "ozet")
    }


@pytest.fixture
def ticket_pages(stack) -> dict[str, str]:
    """An emergency as its asker sees it, one that is solved, and both on the desk."""
    from support.models import Ticket

    tickets = Ticket.objects.filter(requester__email="ayse@ornek.test").order_by("opened_at")
    solved, urgent = tickets.filter(status="solved").first(), tickets.filter(queue="emergency").last()
    return {
        "a solved ticket": f"/panel/destek/{solved.reference}/",
        "an emergency": f"/panel/destek/{urgent.reference}/",
    }


def test_tickets_of_a_person(visit, ticket_pages):
    visitor = visit(bypass_csp=True)
    visitor.sign_in()
    assert faults_by_page(visitor, ticket_pages) == {}


def test_the_support_desk(visit, ticket_pages):
    desk = visit(bypass_csp=True)
    desk.sign_in("lider@ornek.test")
    boxes = {
        "desk": "/panel/masa/",
        "all tickets": "/panel/masa/hepsi/",
        "nothing found": "/panel/masa/hepsi/?q=zzzzz",
        "letters": "/panel/masa/postalar/",
    }
    tickets = {f"desk: {name}": url.replace("/destek/", "/masa/") for name, url in ticket_pages.items()}
    assert faults_by_page(desk, boxes | tickets) == {}
