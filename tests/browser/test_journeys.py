"""What people do here today, from their first click to the end."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from .conftest import LANDED

pytestmark = pytest.mark.browser

PASSWORD = "üç kedi bir balkonda"


def test_new_person_signs_up_with_a_code(visit):
    visitor = visit(width=390)
    page = visitor.go("/hesap/kayit/")
    page.fill("[name=first_name]", "Şule")
    page.fill("[name=last_name]", "Işık")
    page.fill("[name=email]", "sule@ornek.test")
    page.fill("[name=password1]", PASSWORD)
    expect(page.locator("[name=paper_kosullar]")).not_to_be_checked()
    page.check("[name=paper_kosullar]")
    page.click("main button[type=submit]")
    page.fill("[name=code]", visitor.code_from_mail())
    page.click("main button[type=submit]:has-text('Doğrula')")
    page.wait_for_url("**/panel/")
    expect(page.locator("h1")).to_contain_text("Şule")


def test_typed_values_stay_after_an_error_and_the_error_is_named(visit):
    page = visit(width=390).go("/hesap/kayit/")
    page.fill("[name=first_name]", "Şule")
    page.fill("[name=last_name]", "Işık")
    page.fill("[name=email]", "şule@ornek.test")
    page.fill("[name=password1]", PASSWORD)
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.click("main button[type=submit]")
    expect(page.locator("[name=first_name]")).to_have_value("Şule")
    expect(page.locator("[name=email]")).to_have_attribute("aria-invalid", "true")
    assert page.title().startswith("Hata:")


def test_forgotten_password(visit):
    visitor = visit()
    page = visitor.go("/hesap/giris/")
    page.click("a:has-text('Şifre')")
    page.fill("[name=email]", "tasiyici@ornek.test")
    page.click("main button[type=submit]")
    page.fill("[name=code]", visitor.code_from_mail())
    page.click("main button[type=submit]")
    page.fill("[name=password1]", PASSWORD)
    if page.locator("[name=password2]").count():
        page.fill("[name=password2]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(LANDED)


def test_deep_link_opens_its_answer(visit, stack):
    from faq.models import QuestionPage

    question = QuestionPage.objects.live().filter(locale__language_code="tr").last()
    page = visit(width=390).go(f"/yardim/#{question.slug}")
    expect(page.locator(f"details:has(#{question.slug})")).to_have_attribute("open", "")
    assert page.locator("details[open]").count() == 1


def test_answers_open_by_keyboard(visit):
    page = visit().go("/yardim/")
    first = page.locator("main details summary").first
    first.focus()
    page.keyboard.press("Enter")
    assert page.locator("main details").first.evaluate("item => item.open")


def test_search_finds_and_leads_to_the_answer(visit):
    page = visit(width=390).go("/yardim/")
    page.fill("main [name=q]", "sifre")
    page.keyboard.press("Enter")
    page.wait_for_url("**/yardim/ara/**")
    page.click("main a:has-text('Şifremi unuttum')")
    expect(page.locator("h1")).to_contain_text("Şifremi unuttum")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_goods_go_into_the_basket_and_out_again(visit, script):
    page = visit(width=390, script=script).go("/magaza/")
    page.locator("main article a", has_text="Tavuklu yetişkin").first.click()  # in one pack, by one seller
    page.click("button:has-text('Sepete ekle')")
    page.goto(page.url.split("/magaza/")[0] + "/magaza/sepet/")
    expect(page.locator("main")).to_contain_text("KDV")
    page.locator("button:has-text('Çıkar')").first.click()
    expect(page.locator("main")).to_contain_text("boş")


def test_everything_is_readable_without_script(visit):
    visitor = visit(script=False)
    for path, words in {
        "/": "Yardım",
        "/yardim/": "Şifremi unuttum",
        "/magaza/": "₺",
        "/hesap/giris/": "Şifre",
    }.items():
        expect(visitor.go(path).locator("body")).to_contain_text(words)


def test_theme_is_chosen_and_remembered(visit):
    page = visit(cookies="preferences").go("/")
    light = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.click("footer button:has-text('tema')")
    dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert light != dark
    page.reload()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == dark


def test_editor_publishes_and_reader_sees(visit):
    """The whole path of content: changed in the back office, seen on the page and in the API."""
    from faq.models import QuestionPage

    question = QuestionPage.objects.live().filter(locale__language_code="tr").first()
    editor = visit()
    editor.sign_in("yonetici@ornek.test")
    page = editor.go(f"/yonetim/pages/{question.pk}/edit/")
    page.fill("[name=summary]", "Bu kısa yanıtı editör az önce değiştirdi.")
    page.click("footer button[aria-label], footer .w-dropdown__toggle >> nth=-1")
    page.click("button[name=action-publish]")
    page.wait_for_url(re.compile(r"/yonetim/pages/\d+/$"))
    editor.complaints.clear()  # Wagtail's own pages are not ours to keep quiet

    reader = visit(width=390).go(question.url)
    expect(reader.locator("main")).to_contain_text("editör az önce değiştirdi")
    answer = editor.context.request.get(f"{editor.stack.url}/api/content/v2/pages/{question.pk}/").json()
    assert answer["summary"] == "Bu kısa yanıtı editör az önce değiştirdi."
