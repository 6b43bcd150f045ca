"""News for clinics reaches those who work in one, and nobody else."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from core.audiences import Audience
from notifications import audiences
from teams import rights, services
from teams.models import Business
from tests.core import rivals
from tests.factories import teams

pytestmark = pytest.mark.django_db


def test_people_are_found_by_the_kind_of_business_they_work_in(bora, cem, ayse):
    clinic = teams.verified(bora)
    teams.member(clinic, cem, rights.RECEPTION)
    teams.verified(ayse, "Mavi Pati", "hotel")
    for person in (bora, cem, ayse):
        EmailAddress.objects.update_or_create(user=person, defaults={"email": person.email, "verified": True})
    assert set(audiences.people([Audience.CLINIC])) == {bora, cem}
    assert set(audiences.people([Audience.PARTNER])) == {ayse}
    assert set(audiences.people([Audience.CLINIC, Audience.PARTNER])) == {bora, cem, ayse}


@pytest.mark.django_db(transaction=True)
def test_businesses_of_one_name_opened_at_once_all_get_an_address(bora):
    def open_one(_number: int) -> Business:
        return services.open_business(kind="clinic", name="Pati", by=bora, now=timezone.now())

    made = rivals.at_once(open_one, 6)
    assert sorted(one.slug for one in made) == ["pati", *(f"pati-{number}" for number in range(2, 7))]
