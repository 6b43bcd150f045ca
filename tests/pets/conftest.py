import pytest

from tests.factories import pets, teams


@pytest.fixture
def pamuk(ayse):
    return pets.pet(ayse)


@pytest.fixture
def clinic(bora):
    return teams.verified(bora)
