"""The example front end, on an origin of its own, against the content API alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import override_settings
from playwright.sync_api import Page, expect

from dev import processes
from tests.browser.looks import faults
from tests.stack import ROOT, wait_for

pytestmark = pytest.mark.browser


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args) -> None:
        pass


@pytest.fixture(scope="module")
def front_end() -> Iterator[str]:
    folder = partial(Quiet, directory=ROOT / "examples" / "headless")
    server = ThreadingHTTPServer(("127.0.0.1", 0), folder)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def open_example(visit, front_end):
    def open_at(hash_: str = "", **options) -> Page:
        return open_in(visit(**options), front_end, hash_)

    return open_at


def open_in(visitor, front_end: str, hash_: str) -> Page:
    page = visitor.page
    page.goto("about:blank")  # a change of the hash alone would load nothing
    page.goto(f"{front_end}?api={quote(visitor.stack.url, safe='')}{hash_}", wait_until="networkidle")
    return page


@pytest.fixture
def question(stack):
    from faq.models import QuestionPage

    return QuestionPage.objects.live().filter(locale__language_code="tr").first()


@pytest.mark.parametrize("width", [390, 1440])
def test_a_reader_finds_an_answer_in_two_languages(open_example, question, width):
    page = open_example(width=width)
    expect(page.locator("h1")).to_contain_text("Pamuk")
    page.click("#menu a:has-text('Yardım')")
    expect(page.locator("main h2").first).to_be_visible()
    page.click(f"main a:has-text('{question.title}')")
    expect(page.locator("h1")).to_have_text(question.title)
    expect(page.locator(".lead")).to_have_text(question.summary)

    page.fill("#search [name=q]", "sifre")
    page.keyboard.press("Enter")
    expect(page.locator("main a").first).to_contain_text("Şifremi")
    page.click("#menu a[lang=en]")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#footer")).to_contain_text("Search the answers")


def test_a_shelf_of_the_store_with_its_stock(open_example):
    page = open_example("#/tr/store")
    expect(page.locator(".goods li")).to_have_count(12)
    expect(page.locator(".goods")).to_contain_text("₺")
    expect(page.locator(".goods")).to_contain_text("Stokta")
    first = page.locator(".goods a").first.inner_text()
    page.click("text=Daha fazla")
    expect(page.locator(".goods a").first).not_to_have_text(first)
    page.click("#menu a[lang=en]")
    page.goto(page.url.split("#")[0] + "#/en/store")
    expect(page.locator("h1")).to_have_text("Store")
    expect(page.locator(".goods")).to_contain_text("Canary mix")


def test_it_is_accessible_and_fits(visit, front_end, question):
    visitor, found = visit(bypass_csp=True), {}
    views = ("", "#/tr/help", "#/en/help", f"#/tr/answer/{question.slug}", "#/tr/search/zzzz", "#/tr/yok")
    for view in views:
        open_in(visitor, front_end, view)
        expect(visitor.page.locator("h1")).to_be_visible()
        if wrong := faults(visitor):
            found[view] = wrong
    assert found == {}


def test_live_blocks_and_pictures_are_shown(open_example, question, stack):
    """Every kind of block of the demo content; the picture is made for this test."""
    from tests.factories import media

    live = [page for page in _questions() if any(block.block_type == "live" for block in page.body)]
    page = open_example(f"#/tr/answer/{live[0].slug}")
    expect(page.locator(".live").first).to_be_visible()

    made, before = media.image(), question.body.get_prep_value()
    question.body = media.body(media.picture(made, alt="Beyaz bir kedi", caption="Pamuk evde"))
    question.save_revision().publish()
    page = open_example(f"#/tr/answer/{question.slug}")
    expect(page.locator("figure img")).to_have_attribute("alt", "Beyaz bir kedi")
    expect(page.locator("figcaption")).to_have_text("Pamuk evde")
    question.body = before
    question.save_revision().publish()
    made.delete()


def test_a_draft_is_shown_by_its_token_and_to_nobody_else(visit, stack, front_end, question):
    """The whole way: the editor's preview, in its frame, on the other origin."""
    port = processes.free_port()
    shown_at = f"{front_end}?api={quote(f'http://127.0.0.1:{port}', safe='')}"
    command = ("gunicorn", "dijivet.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4")
    stack.run(*command, HEADLESS_PREVIEW_URL=shown_at, BASE_URL=f"http://127.0.0.1:{port}")
    editor = visit()
    editor.stack = _At(port)
    wait_for(lambda: stack.__class__.answers(editor.stack, "/saglik/hazir/"), 60, "the second web server")
    _sign_in(editor, "yonetici@ornek.test")
    question.title = "Taslakta duran başlık"
    question.save_revision()

    page = editor.go(f"/yonetim/pages/{question.pk}/view_draft/?mode=headless")
    frame = page.frame_locator("iframe")
    expect(frame.locator(".draft")).to_have_text("Taslak önizlemesi")
    expect(frame.locator("h1")).to_have_text("Taslakta duran başlık")
    address = page.locator("iframe").get_attribute("src")

    reader = visit().page
    reader.goto(address.replace("token=", "token=x"), wait_until="networkidle")
    expect(reader.locator("h1")).not_to_have_text("Taslakta duran başlık")
    reader.goto(f"{shown_at}#/tr/help", wait_until="networkidle")
    expect(reader.locator("main")).not_to_contain_text("Taslakta duran başlık")
    question.refresh_from_db()
    question.save_revision().publish()


def _sign_in(visitor, email: str) -> None:
    """By a session made here: how people sign in is looked at elsewhere."""
    from accounts.models import User
    from dijivet.settings import dev

    user, session = User.objects.get(email=email), SessionStore()
    with override_settings(SECRET_KEY=dev.SECRET_KEY):
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session.save()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": visitor.stack.url}
    visitor.context.add_cookies([cookie])


class _At:
    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"


def _questions() -> list:
    from faq.models import QuestionPage

    return list(QuestionPage.objects.live().filter(locale__language_code="tr"))
