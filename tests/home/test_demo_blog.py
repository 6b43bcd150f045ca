"""The demo blog: whole in both languages, honest in tone, its covers drawn by us."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from core.text import slug
from home.demo import covers
from home.demo.articles import AUTHORS, POSTS, TAGS
from tests.home.test_demo import words_of


def test_two_of_six_are_official():
    assert (len(POSTS), sum(post.official for post in POSTS)) == (6, 2)


@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.key)
def test_a_post_is_complete_in_both_languages(post):
    for language in ("tr", "en"):
        item = getattr(post, language)
        assert 180 <= words_of(item) <= 400, words_of(item)
        assert len(item.summary) <= 300
        assert item.slug == slug(item.slug)
        assert post.alt[language]
    assert [kind for kind, _ in post.tr.body] == [kind for kind, _ in post.en.body]
    assert "!" not in f"{post.tr} {post.en}"
    assert post.author in AUTHORS
    assert set(post.tags) <= set(TAGS)
    assert set(post.related) <= {other.key for other in POSTS} - {post.key}
    assert not (post.official and post.days), "announcements are told when they are published"


@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.key)
def test_a_cover_is_a_picture_of_its_own(post):
    with Image.open(BytesIO(covers.png(post.scene, post.colour))) as picture:
        assert picture.size == (1600, 900)
        assert len(picture.convert("P").getcolors()) > 4
