"""A duty that comes near is told to each keeper, once for each distance."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core import journal
from notifications.models import Notice
from pets.models import Duty
from pets.services import duties
from tests.factories import pets

pytestmark = pytest.mark.django_db


def test_each_keeper_hears_once_for_each_distance(ayse, cem, deniz):
    pet = pets.pet(ayse)
    pets.co_keeper(pet, cem)
    today, now = timezone.localdate(), timezone.now()
    Duty.objects.filter(pet=pet).delete()
    duty = Duty.objects.create(pet=pet, kind="rabies", due_on=today + timedelta(days=14), source="Deneme")

    for _round in range(2):
        duties.announce(now=now, today=today)
        journal.sweep()

    found = Notice.objects.filter(kind__startswith="pets.")
    assert set(found.values_list("recipient", flat=True)) == {ayse.pk, cem.pk}
    assert found.count() == 2
    words = found.first().words("tr")
    assert pet.name in str(words.title)
    duty.delete()
