from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from blog.models import BlogIndexPage
from tests.factories import blog as make
from tests.factories import faq


@pytest.fixture
def tree(db) -> faq.Tree:
    return faq.tree()


@pytest.fixture
def english_tree(tree) -> faq.Tree:
    return faq.tree("en", of=tree)


@pytest.fixture
def blog(tree) -> BlogIndexPage:
    return make.index(tree.home)


@pytest.fixture
def english(blog, english_tree) -> BlogIndexPage:
    return make.index(english_tree.home, translation_key=blog.translation_key)


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def time_machine_days():
    """A moment so many days from now."""
    return lambda days: time_machine.travel(timezone.now() + timedelta(days=days))
