"""The promises are tested on the demo content: the page that makes them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import database


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_blocker) -> Iterator[None]:
    """A clone with the demo content instead of the empty one."""
    with django_db_blocker.unblock():
        name = database.clone(database.demo_template(), "promises")
        with database.use(name):
            yield
        database.drop(name)
