"""An only owner settles her business before her account goes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import services
from accounts.errors import NotSettled
from accounts.states import Status
from teams import rights
from tests.factories import teams

pytestmark = pytest.mark.django_db


def test_an_only_owner_is_told_what_to_settle_first(bora, cem):
    clinic = teams.business(bora)
    with pytest.raises(NotSettled) as refusal:
        services.begin_closing(user=bora, by=bora, now=timezone.now())
    assert clinic.name in refusal.value.message

    teams.member(clinic, cem, rights.OWNER)
    services.begin_closing(user=bora, by=bora, now=timezone.now())
    assert bora.status == Status.CLOSING


def test_an_account_that_became_an_only_owner_waits(bora, cem):
    clinic = teams.business(bora)
    teams.member(clinic, cem, rights.OWNER)
    services.begin_closing(user=bora, by=bora, now=timezone.now())
    clinic.memberships.get(user=cem).delete()
    later = timezone.now() + timedelta(days=31)

    assert services.erase_due(now=later) == 0
    teams.member(clinic, cem, rights.OWNER)
    assert services.erase_due(now=later) == 1
    assert list(clinic.memberships.values_list("user", flat=True)) == [cem.pk]
