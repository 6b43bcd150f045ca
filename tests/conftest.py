"""The stage for every test: a cloned database, the fixed cast, and no way out but loopback."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as examples

from accounts.models import User
from commerce import tax
from tests import database
from upkeep.gate import KEEPER

PASSWORD = "uzun bir cumle yeter"

# How long an example takes says more about the machine than about the code.
examples.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("ours")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--check", help="run only this check of the trust campaign, e.g. T12")


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_blocker) -> Iterator[None]:
    """Replaces Django's slow way: clone the migrated template for this worker."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "one")
    with django_db_blocker.unblock():
        database.drop_leftovers()
        request.config.dijivet_clone = lambda: database.clone(database.migrated_template(), worker)
        name = request.config.dijivet_clone()
        with database.use(name):
            yield
        database.drop(name)


# Django empties the tables after a test with real commits. Ours are not to be emptied (legal, blog),
# and there is no need: `pytest_runtest_teardown` brings a new database.
TransactionTestCase._fixture_teardown = lambda self: None


@pytest.fixture(scope="session", autouse=True)
def _our_outbox(django_test_environment: None) -> None:
    """Django's test set-up replaces the sender; mails of libraries take the way they take on the site."""
    settings.EMAIL_BACKEND = settings.OUTBOX


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """A test with real commits leaves its rows behind: clone anew."""
    result = yield
    marker = item.get_closest_marker("django_db")
    commits = "transactional_db" in getattr(item, "fixturenames", ()) or (
        marker and marker.kwargs.get("transaction")
    )
    if commits and hasattr(item.config, "dijivet_clone"):
        connections["default"].close()
        item.config.dijivet_clone()
    return result


@pytest.fixture(autouse=True)
def _speaks_turkish() -> None:
    """The request of an earlier test leaves its language behind in this thread."""
    translation.activate("tr")


@pytest.fixture(autouse=True)
def _no_upkeep() -> None:
    """What an earlier test let this process know of running upkeep closes nothing for the next."""
    KEEPER.forget()


@pytest.fixture(autouse=True)
def _no_kept_rates() -> None:
    """Rates of tax that an earlier test wrote are rolled back without a word."""
    tax.forget()


@pytest.fixture(autouse=True)
def _own_private_folder(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Files of people that a test makes never reach the folder of the running site."""
    settings.PRIVATE_ROOT = tmp_path_factory.getbasetemp() / "private"


@pytest.fixture(autouse=True)
def _empty_cache(request: pytest.FixtureRequest) -> None:
    """Rate limits and counters of one test never reach the next (each worker has its own cache)."""
    uses_database = {"db", "transactional_db"} & set(request.fixturenames)
    if uses_database or request.node.get_closest_marker("django_db"):
        cache.clear()


@pytest.fixture
def person(db):
    """Make one person: `person("Ayşe", "Yıldız", email=…)`."""

    def make(first_name: str, last_name: str, **fields) -> User:
        fields.setdefault("email", f"{first_name.lower()}@ornek.test".translate(str.maketrans("şı", "si")))
        return User.objects.create_user(
            password=PASSWORD, first_name=first_name, last_name=last_name, **fields
        )

    return make


@pytest.fixture
def ayse(person) -> User:
    """Ayşe keeps a cat."""
    return person("Ayşe", "Yıldız")


@pytest.fixture
def bora(person) -> User:
    """Dr. Bora owns a clinic."""
    return person("Bora", "Aksoy")


@pytest.fixture
def cem(person) -> User:
    """Cem is Bora's receptionist."""
    return person("Cem", "Kaya")


@pytest.fixture
def deniz(person) -> User:
    """Deniz is a stranger."""
    return person("Deniz", "Er")


@pytest.fixture
def admin(person) -> User:
    return person("Yeliz", "Ak", email="yonetici@ornek.test", is_staff=True, is_superuser=True)
