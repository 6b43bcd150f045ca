import pytest

from tests.factories import faq


@pytest.fixture
def tree(db) -> faq.Tree:
    return faq.tree()


@pytest.fixture
def english(tree) -> faq.Tree:
    return faq.tree("en", of=tree)
