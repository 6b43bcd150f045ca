from __future__ import annotations

import pytest

from accounts.models import User
from blog.models import BlogIndexPage, PostPage
from tests.factories import blog as posts
from tests.factories import faq


@pytest.fixture
def blog(db) -> BlogIndexPage:
    return posts.index(faq.tree().home)


@pytest.fixture
def post(blog) -> PostPage:
    return posts.post(blog, "Takvim açıldı", summary="Kısaca.", days=1)


@pytest.fixture
def author(person) -> User:
    return person("Yağmur", "Şahin", email="yazar@ornek.test")


@pytest.fixture
def releaser(person) -> User:
    return person("Elif", "Demir", email="editor@ornek.test")
