import pytest

from legal.models import DocumentPage, LegalIndexPage
from tests.factories import faq, legal


@pytest.fixture
def tree(db) -> faq.Tree:
    return faq.tree()


@pytest.fixture
def section(tree) -> LegalIndexPage:
    return legal.section(tree)


@pytest.fixture
def document(section) -> DocumentPage:
    return legal.document(section)
