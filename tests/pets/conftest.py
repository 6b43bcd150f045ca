import pytest
from django.conf import settings as django_settings

from tests.factories import pets, teams


@pytest.fixture(autouse=True)
def _private_folder(settings, tmp_path):
    private = django_settings.STORAGES["private"] | {"OPTIONS": {"location": tmp_path}}
    settings.STORAGES = django_settings.STORAGES | {"private": private}


@pytest.fixture
def pamuk(ayse):
    return pets.pet(ayse)


@pytest.fixture
def clinic(bora):
    return teams.verified(bora)
