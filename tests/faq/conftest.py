import pytest
from django.core.cache import cache

from tests.factories import faq


@pytest.fixture
def tree(db) -> faq.Tree:
    return faq.tree()


@pytest.fixture
def english(tree) -> faq.Tree:
    return faq.tree("en", of=tree)


@pytest.fixture(autouse=True)
def _no_counts_from_before():
    """Limits and popular searches live in the cache, which outlives a test's transaction."""
    cache.clear()
