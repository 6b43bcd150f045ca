"""A word planted in everything that is private on the other side is found by nobody who looks for it."""

from __future__ import annotations

import re
from collections import deque

import pytest
from django.test import Client

from . import scene

PAGES = 120
BEGIN = (
    "/",
    "/panel/",
    "/panel/ara/?q={part}",
    "/panel/bildirimler/",
    "/panel/hayvanlarim/",
    "/panel/destek/",
    "/isletme/{ours}/destek/",
    "/panel/masa/hepsi/?q={part}",
    "/isletmeler/",
    "/isletmeler/?q={part}",
    "/isletmeler/{theirs}/",
    "/isletme/{ours}/",
    "/isletme/{ours}/ara/?q={part}",
    "/isletme/{ours}/ekip/?q={part}",
    "/isletme/{ours}/hastalar/?q={part}",
    "/isletme/{theirs}/",
    "/yardim/ara/?q={part}",
    "/sitemap.xml",
    "/kanitlar/",
    "/api/content/v2/pages/?search={part}",
    "/api/content/v2/settings/",
    "/api/panel/v1/modules/",
    "/api/panel/v1/orders/",
)
LINK = re.compile(r'(?:href|src|action)="(/[^"#]*)"')
LEFT_ALONE = ("/static/", "/media/", "/i18n/", "/hesap/cikis/")


@pytest.fixture
def stage(db) -> scene.Scene:
    return scene.build()


@pytest.mark.parametrize("who", ["visitor", "parent", "owner", "reception", "editor"])
def test_nobody_finds_what_is_private_on_the_other_side(stage, who):
    seen, leaks = crawl(stage, who)
    assert leaks == []
    assert len(seen) > len(BEGIN)


def test_its_own_people_find_it(stage):
    """The crawl would see a leak: on the other side the word stands everywhere."""
    _seen, leaks = crawl(stage, "stranger")
    assert len(leaks) > 5


def crawl(stage: scene.Scene, who: str) -> tuple[set[str], list[str]]:
    """Follow links from the beginnings. Returns what was read and where the canary stood.

    Searches are for its beginning, since a page repeats what was typed.
    """
    client, user = Client(raise_request_exception=False), stage.people[who]
    if user:
        client.force_login(user)
    names = {
        "part": scene.CANARY[:-2],
        "ours": stage.ours.business.slug,
        "theirs": stage.theirs.business.slug,
    }
    waiting, seen, leaks = deque(address.format(**names) for address in BEGIN), set(), []
    while waiting and len(seen) < PAGES:
        address = waiting.popleft()
        if address in seen or address.startswith(LEFT_ALONE):
            continue
        seen.add(address)
        answer = client.get(address, follow=True)
        body = b"".join(answer) if answer.streaming else answer.content
        text = body.decode(errors="replace")
        if scene.CANARY in text:
            leaks.append(address)
        waiting.extend(link.replace("&amp;", "&") for link in LINK.findall(text))
    return seen, leaks
