import pytest

from tests.factories import support


@pytest.fixture
def derya(person):
    """Derya answers at the desk."""
    return support.agent(person("Derya", "Koç"))


@pytest.fixture
def mert(person):
    """Mert answers beside her."""
    return support.agent(person("Mert", "Can"))


@pytest.fixture
def leyla(person):
    """Leyla leads the desk."""
    return support.lead(person("Leyla", "Ay"))


@pytest.fixture
def ticket(ayse):
    return support.ticket(ayse)
