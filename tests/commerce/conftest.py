"""A visitor whose browser tells where forms come from, as all browsers do."""

import pytest
from django.test import Client
from django.utils import translation


@pytest.fixture
def client():
    return Client(headers={"origin": "http://testserver"})


@pytest.fixture(autouse=True)
def _pictures_in_tmp(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def _turkish():
    """A test begins in Turkish, whatever page the test before it ended on."""
    with translation.override("tr"):
        yield
