"""The way from an address to its page."""

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from tests.factories import faq

pytestmark = pytest.mark.django_db


def test_a_page_is_found_in_two_steps_however_deep(rf):
    tree = faq.tree()
    page = faq.question(tree.category, "Derin soru")
    request = rf.get(page.url)

    with CaptureQueriesContext(connection) as captured:
        found = tree.home.route(request, ["yardim", tree.category.slug, page.slug])

    assert found.page == page
    assert len(captured) == 2


@pytest.mark.parametrize("path", [["yardim", "derin-soru"], ["derin-soru"], ["yardim", "yok", "derin-soru"]])
def test_a_page_is_found_under_its_whole_address_only(rf, path):
    tree = faq.tree()
    faq.question(tree.category, "Derin soru")

    with pytest.raises(Http404):
        tree.home.route(rf.get("/"), path)


def test_a_page_that_is_not_published_is_not_found(rf):
    tree = faq.tree()
    page = faq.question(tree.category, "Derin soru", live=False)

    with pytest.raises(Http404):
        tree.home.route(rf.get("/"), ["yardim", tree.category.slug, page.slug])
