"""What becomes of pets when a person's account goes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import services
from core import personal_data
from pets.models import Keeper, Note, Pet
from pets.models.people import Part
from pets.services import file
from tests.factories import pets

pytestmark = pytest.mark.django_db(transaction=True)


def erase(user) -> None:
    now = timezone.now()
    services.begin_closing(user=user, by=user, now=now)
    assert services.erase_due(now=now + timedelta(days=31)) == 1


def test_pets_go_with_their_only_keeper_and_stay_with_the_next(ayse, cem):
    pets.pet(ayse, name="Zeytin")
    shared = pets.pet(ayse, name="Pamuk")
    pets.co_keeper(shared, cem)
    file.add_note(pet=shared, by=ayse, now=timezone.now(), text="Sakin bir kedi.")

    erase(ayse)

    assert list(Pet.objects.values_list("name", flat=True)) == ["Pamuk"]
    assert Keeper.objects.get().user == cem
    assert Keeper.objects.get().part == Part.PRIMARY
    assert Note.objects.get().author.first_name == ""


def test_the_copy_of_a_person_names_her_pets(ayse, cem):
    shared = pets.pet(ayse, name="Pamuk")
    pets.co_keeper(shared, cem)
    pets.pet(ayse, name="Zeytin")

    told = str(personal_data.collect(ayse))
    assert "Zeytin" in told
    assert "Pamuk" in told
    assert "Zeytin" not in str(personal_data.collect(cem))
