"""From the foot of a page to the newsletter and out again, with the mails, without a script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looks import faults_by_page
from tests.stack import wait_for

pytestmark = pytest.mark.browser


def link_in_mail(visitor, address: str, part: str) -> str:
    """The path of our link in the newest mail to this address, once the worker has sent it."""
    pattern = re.compile(rf"/bulten/{part}/[^\s\"]+/")

    def found() -> list[str]:
        mails = [mail for mail in visitor.stack.postbox.messages if mail["To"] == address]
        texts = (mail.get_body(("plain",)).get_content() for mail in mails)
        return [match[0] for text in texts if (match := pattern.search(text))]

    wait_for(found, 60, f"a mail to {address}")
    return found()[-1]


def test_subscribing_choosing_ending_and_taking_back(visit):
    visitor, address = visit(width=390, script=False), "tarayici.okur@ornek.test"
    page = visitor.go("/yardim/")
    page.fill("#news-email", address)
    page.click(".site-foot__news button")
    expect(page.locator("h1")).to_have_text("Posta kutuna bak")
    visitor.go(link_in_mail(visitor, address, "onay"))
    page.click("main form button")
    expect(page.locator(".messages")).to_contain_text("Onayladın")
    page.uncheck("input[type=checkbox][value=partner]")
    page.click("main button:has-text('Kaydet')")
    expect(page.locator("input[type=checkbox][value=partner]")).not_to_be_checked()
    page.click("main button:has-text('Bülteni bitir')")
    expect(page.locator("h1")).to_have_text("Bitti")
    page.click("main button:has-text('Geri al')")
    expect(page.locator(".messages")).to_contain_text("Geri aldık")


def test_an_error_stands_beside_its_field(visit):
    page = visit(script=False).go("/bulten/")
    page.fill("main input[name=email]", "deniz@")
    page.click("main .news-form button")
    expect(page.locator("main [aria-invalid=true]")).to_have_value("deniz@")


def test_pages_of_issues_and_links_are_accessible_and_fit(visit):
    from newsletter import links
    from newsletter.models import Issue, Subscription

    row = Subscription.objects.get(email="bora@ornek.test")
    pages = {
        "issue": Issue.objects.public().first().get_absolute_url(),
        "end": f"/bulten/ayril/{links.sign(row, links.STOP)}/",
        "preferences": f"/bulten/tercih/{links.sign(row, links.PREFERENCES)}/",
    }
    assert faults_by_page(visit(bypass_csp=True), pages) == {}
