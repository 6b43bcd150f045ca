import pytest

from tests.factories import editorial


@pytest.fixture
def office(db) -> editorial.Office:
    return editorial.office()
