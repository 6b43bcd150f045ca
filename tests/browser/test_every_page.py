"""Every kind of public page: accessible in both themes, no sideways scroll, well-formed, quiet."""

from __future__ import annotations

from pathlib import Path

import html5lib
import pytest

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
ALL_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
OF_COLOUR = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# A theme changes colours and nothing else: names, order and structure are asked once, in the light.
themes = pytest.mark.parametrize(
    ("dark", "rules"), [(False, ALL_RULES), (True, OF_COLOUR)], ids=["light", "dark"]
)

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
    "question form": "/yardim/soru/",
    "store": "/magaza/",
    "store filtered to nothing": "/magaza/?price_from=999999",
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


@pytest.fixture(scope="session")
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


@pytest.fixture(scope="session")
def pet_pages(stack) -> dict[str, str]:
    """Every page of a pet's file."""
    from pets.models import Pet

    file = Pet.objects.get(name="Pamuk").get_absolute_url()
    parts = ("asilar", "olcumler", "notlar", "kisiler", "paylasim", "duzenle", "foto", "kayip", "veda")
    return {"pet file": file} | {f"pet file: {part}": f"{file}{part}/" for part in parts}


def violations(page, *, rules: dict = ALL_RULES) -> list[str]:
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run(document, rules)", rules)["violations"]
    return [
        f"{one['id']}: {node['target']} {node['failureSummary'][:160]}"
        for one in found
        for node in one["nodes"]
    ]


@themes
@pytest.mark.parametrize("width", [390, 1440])
def test_no_violation_in_either_theme(visit, inner_pages, pet_pages, width, dark, rules):
    visitor, found = visit(width=width, dark=dark, bypass_csp=True), {}  # axe writes styles of its own
    for name, path in (PUBLIC | inner_pages).items():
        if problems := violations(visitor.go(path), rules=rules):
            found[name] = problems
    visitor.sign_in()
    for name, path in (PRIVATE | pet_pages).items():
        if problems := violations(visitor.go(path), rules=rules):
            found[name] = problems
    assert found == {}


@themes
@pytest.mark.parametrize("width", [390, 1440])
def test_no_violation_in_the_panel_of_a_business(visit, width, dark, rules):
    visitor, found = visit(width=width, dark=dark, bypass_csp=True), {}
    visitor.sign_in("bora@ornek.test")
    for name, path in OF_OWNER.items():
        page = visitor.go(path)
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        if problems := violations(page, rules=rules) + (["wide"] if wide else []):
            found[name] = problems
    assert found == {}


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
    visitor._picture(f"dialog-{width}")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog:not([open])", state="hidden")
    page.click("button[popovertarget^=member-] >> nth=0")
    page.wait_for_selector(".menu:popover-open")
    visitor._picture(f"menu-{width}")
    page.click(".menu:popover-open a >> nth=1")
    page.wait_for_selector("dialog[open] .button--danger")
    visitor._picture(f"remove-{width}")


@pytest.mark.parametrize("width", [390, 1440])
def test_pets_for_keepers_and_clinics(visit, pet_pages, width):
    """No violation and no sideways scroll on the pages of a file, from both sides."""
    keeper, found = visit(width=width, bypass_csp=True), {}
    keeper.sign_in()
    clinic = visit(width=width, bypass_csp=True)
    clinic.sign_in("elif@ornek.test")
    patients = "/isletme/ihlamur-veteriner/hastalar/"
    public_id = pet_pages["pet file"].split("/")[-2]
    both = [(keeper, path) for path in pet_pages.values()]
    both += [(clinic, patients), (clinic, f"{patients}{public_id}/"), (keeper, PRIVATE["pets"])]
    for visitor, path in both:
        page = visitor.go(path)
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        if problems := violations(page) + (["scrolls sideways"] if wide else []):
            found[path] = problems
    assert found == {}


@pytest.mark.parametrize("width", [320, 360, 768, 1024])
def test_no_sideways_scroll(visit, inner_pages, width):
    visitor = visit(width=width)
    wide = [
        name
        for name, path in (PUBLIC | inner_pages).items()
        if visitor.go(path).evaluate("document.documentElement.scrollWidth > innerWidth")
    ]
    assert wide == []


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


@themes
@pytest.mark.parametrize("width", [390, 1440])
def test_panel_of_a_business_and_the_registration(visit, width, dark, rules):
    """Each step of a draft too, with an error shown in it."""
    from teams.models import Location

    place = Location.objects.get(business__slug="ihlamur-veteriner", is_main=True)
    hours = {"opening hours": f"/isletme/ihlamur-veteriner/profil/subeler/{place.pk}/saatler/"}
    visitor, found = visit(width=width, dark=dark, bypass_csp=True), {}
    visitor.sign_in("bora@ornek.test")
    for name, path in (BUSINESS | hours | _draft(visitor, f"Otel {width} {dark}")).items():
        page = visitor.go(path)
        if problems := violations(page, rules=rules):
            found[name] = problems
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found[f"{name}, wide"] = ["scrolls sideways"]
    assert found == {}


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
