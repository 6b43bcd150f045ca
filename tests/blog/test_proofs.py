"""The proof goes red when an announcement is missing in one of its places."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.models import PageViewRestriction

from blog import events
from blog.models import Announcement, PostPage
from core import proofs
from core.models import Line
from tests.factories import blog as make

pytestmark = pytest.mark.django_db
CODE = "blog.announcements_everywhere"


@pytest.fixture
def page(blog) -> PostPage:
    return make.announced(blog)


def state() -> str:
    return proofs.examine(CODE).state


def test_it_holds_when_all_is_in_its_place(page):
    assert state() == proofs.State.OK
    assert "1 resmî duyurunun" in proofs.check(CODE).public


def test_it_holds_while_nothing_was_announced(blog):
    assert state() == proofs.State.OK


def test_it_fails_when_a_page_is_closed_to_readers(page):
    """The database refuses this (migration 0004), so only a hand that switches its guard off can do it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE wagtailcore_pageviewrestriction DISABLE TRIGGER announcement_is_open")
    PageViewRestriction.objects.create(page=page, restriction_type="login")

    assert state() == proofs.State.FAILED


def test_it_fails_when_an_official_post_was_never_told(blog):
    make.post(blog, "Yazı", official=True)

    result = proofs.examine(CODE)

    assert result.state == proofs.State.FAILED
    assert "never told" in result.detail


@pytest.mark.parametrize("place", ["visible", "announcements"])
def test_it_fails_when_a_list_loses_it(page, monkeypatch, place):
    monkeypatch.setattr(f"blog.queries.{place}", lambda language: PostPage.objects.none())

    assert state() == proofs.State.FAILED


def test_it_fails_when_the_feed_loses_it(page, monkeypatch):
    monkeypatch.setattr("blog.feeds.LATEST", 0)
    assert state() == proofs.State.OK  # nothing is due in a feed of no entries
    monkeypatch.undo()
    monkeypatch.setattr("blog.feeds.entry_id", lambda post: f"urn:uuid:{timezone.now().timestamp()}")

    assert state() == proofs.State.FAILED


def test_it_is_limited_while_receivers_wait(page):
    Line.objects.filter(name=events.ANNOUNCED).update(
        handled_at=None, at=timezone.now() - timedelta(minutes=6)
    )

    assert state() == proofs.State.DEGRADED
    assert Announcement.objects.count() == 1
