"""The promises are tested on the demo content: the page that makes them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from accounts.models import User
from tests import database
from tests.conftest import PASSWORD


@pytest.fixture(scope="package")
def django_db_setup(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """A clone with the demo content while these tests run, and the empty one again after them."""
    with django_db_blocker.unblock(), database.demo_clone("promises"):
        yield


@pytest.fixture
def ayse(db) -> User:
    """Ayşe of the demo, with the password that tests know."""
    person = User.objects.get(email="ayse@ornek.test")
    person.set_password(PASSWORD)
    person.save()
    return person
