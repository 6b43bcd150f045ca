"""The whole system with demo content, and Debian's Chromium in front of it."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from home import demo
from legal.cookies import COOKIE, version
from tests import database
from tests.stack import Stack, wait_for

# Playwright's synchronous API runs a loop, and Django refuses the database inside one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
SILENT = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-sync",
]
PICTURES = os.environ.get("PICTURES")  # a folder: keep a picture of each page looked at


@pytest.fixture(scope="session")
def servers(tmp_path_factory, django_db_setup: None, django_db_blocker) -> Iterator[Stack]:
    with django_db_blocker.unblock():
        system = Stack(tmp_path_factory.mktemp("stack"), database.demo_template())
        try:
            with database.use(system.database):
                system.start().web()
                system.worker()
                yield system
        finally:
            system.stop()


@pytest.fixture
def stack(servers: Stack) -> Iterator[Stack]:
    """The system as the demo leaves it, for each test anew: what one does, no other meets."""
    yield servers
    servers.renew()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SILENT)
        yield browser
        browser.close()


LANDED = re.compile(r"/(panel|yonetim|isletme/[\w-]+)/$")


class Visitor:
    """A person at a screen. Complaints of the browser are collected and must be none at the end."""

    def __init__(self, context: BrowserContext, stack: Stack) -> None:
        self.context, self.stack = context, stack
        self.complaints: list[str] = []
        self.meets_closed_doors = False
        self._read = len(stack.postbox.messages)
        self.page: Page = context.new_page()
        self.page.on("console", lambda message: self._note(message.type, message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))

    def _note(self, kind: str, text: str) -> None:
        """A page that is meant to answer 404 or 422 makes Chromium say so; that is not a fault."""
        if self.meets_closed_doors and "status of 503" in text:
            return
        if kind in ("error", "warning") and "status of 4" not in text:
            self.complaints.append(f"{kind}: {text}")

    def go(self, path: str) -> Page:
        self.page.goto(self.stack.url + path, wait_until="networkidle")
        return self.page

    def code_from_mail(self, subject_part: str = "") -> str:
        """The six digits of the next mail with a code, once the worker has sent it. Notices go by too."""
        box, before = self.stack.postbox, self._read

        def codes() -> list[str]:
            texts = [mail.get_body(("plain",)).get_content() for mail in box.messages[before:]]
            return [found.group() for text in texts if (found := re.search(r"\b\d{6}\b", text))]

        wait_for(codes, 30, "a mail with a code")
        self._read = len(box.messages)
        return codes()[-1]

    def sign_in(self, email: str = "ayse@ornek.test") -> None:
        """Each lands where she works: her own panel, a business, the back office."""
        self.go("/hesap/giris/")
        self.page.fill("[name=login]", email)
        self.page.fill("[name=password]", demo.PASSWORD)
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(LANDED)

    def keep_picture(self, name: str = "") -> None:
        """Of the whole page as it is now, under its address or this name, if PICTURES asks for them."""
        if not PICTURES:
            return
        name = name or re.sub(r"\W+", "-", self.page.url.removeprefix(self.stack.url)).strip("-") or "home"
        width = self.page.viewport_size["width"]
        is_dark = self.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        file = Path(PICTURES) / f"{name}-{width}{'-dark' if is_dark else ''}.png"
        self.page.screenshot(path=file, full_page=True)


def chosen(allowed: str, url: str) -> dict[str, str]:
    return {"name": COOKIE, "value": f"{version()}.{int(time.time())}.{allowed}", "url": url}


@pytest.fixture
def visit(chromium: Browser, stack: Stack):
    """`visit(width=390, dark=True, script=False)` → a Visitor. None may leave complaints behind.

    Visitors have answered the cookie question before; `cookies=""` makes one who has not.
    """
    visitors: list[Visitor] = []

    def arrive(
        width: int = 1440,
        dark: bool = False,
        script: bool = True,
        language: str = "tr-TR",
        bypass_csp: bool = False,
        cookies: str = "none",
    ) -> Visitor:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            locale=language,
            reduced_motion="reduce",
            bypass_csp=bypass_csp,
        )
        if cookies:
            context.add_cookies([chosen(cookies, stack.url)])
        visitors.append(Visitor(context, stack))
        return visitors[-1]

    yield arrive
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for visitor in visitors:
        visitor.context.close()
    assert complaints == []
