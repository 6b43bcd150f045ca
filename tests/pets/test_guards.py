"""What the database itself refuses."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from pets.models import Figure, Grant, Invitation, Keeper, Measurement, Note, Pet, Vaccination
from tests.factories import pets


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("chip_has_15_digits", {"chip": "12345", "chipped_on": date(2025, 1, 1)}),
        ("chip_has_its_day", {"chip": "9" * 15}),
        ("birthday_says_how_exact_it_is", {"born_on": date(2025, 1, 1)}),
        ("lost_pet_has_the_day_and_no_other", {"status": "lost"}),
        ("lost_pet_has_the_day_and_no_other", {"lost_on": date(2025, 1, 1)}),
        ("passed_away_pet_has_the_day_and_no_other", {"status": "passed_away"}),
        ("pet_has_a_name", {"name": ""}),
    ],
)
def test_a_wrong_animal_is_refused(pamuk, constraint, fields):
    with pytest.raises(IntegrityError, match=constraint):
        Pet.objects.filter(pk=pamuk.pk).update(**fields)


@pytest.mark.django_db
def test_a_chip_belongs_to_one_living_animal(ayse, deniz, pamuk):
    chip = {"chip": "792000000000001", "chipped_on": date(2025, 1, 1)}
    Pet.objects.filter(pk=pamuk.pk).update(**chip)
    other = pets.pet(deniz, "Boncuk")
    with pytest.raises(IntegrityError, match="chip_of_a_living_pet"), transaction.atomic():
        Pet.objects.filter(pk=other.pk).update(**chip)
    Pet.objects.filter(pk=pamuk.pk).update(status="passed_away", died_on=date(2026, 1, 1))
    assert Pet.objects.filter(pk=other.pk).update(**chip) == 1


@pytest.mark.django_db(transaction=True)
def test_the_last_keeper_stays(ayse, cem):
    pamuk = pets.pet(ayse)
    pets.co_keeper(pamuk, cem)
    main = pamuk.keepers.get(user=ayse)
    with pytest.raises(IntegrityError, match="without a main keeper"):
        main.delete()
    main.part = "co"
    with pytest.raises(IntegrityError, match="without a main keeper"):
        main.save()
    with pytest.raises(IntegrityError, match="without a main keeper"):
        Pet.objects.create(name="Kimsesiz", species="cat", added_on=date(2026, 1, 1))
    with pytest.raises(IntegrityError, match="pet_has_one_main_keeper"):
        pamuk.keepers.filter(user=cem).update(part="primary")


@pytest.mark.django_db(transaction=True)
def test_two_who_leave_at_once_leave_a_keeper(ayse, cem):
    """Goes red without the row lock in the trigger: one hands over while the other leaves."""
    pamuk = pets.pet(ayse)
    taker = pets.co_keeper(pamuk, cem)
    ready, refused = threading.Barrier(2, timeout=10), []

    def hand_over():
        Keeper.objects.filter(pet=pamuk, user=ayse).update(part="co")
        ready.wait()

    def leave():
        Keeper.objects.filter(pk=taker.pk).delete()
        ready.wait()

    def run(step):
        try:
            with transaction.atomic():
                step()
        except IntegrityError:
            refused.append(step)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[step]) for step in (hand_over, leave)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert refused == [hand_over]
    assert pamuk.keepers.filter(part="primary").count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_animal_can_be_removed_as_a_whole(ayse):
    pets.pet(ayse).delete()
    assert not Keeper.objects.exists()


@pytest.mark.django_db
def test_figures_of_one_code_never_overlap():
    there = Figure.objects.get(code="loss.report")
    fresh = {
        "code": "loss.report",
        "unit": "days",
        "amount": 3,
        "source": "x",
        "checked_on": date(2026, 1, 1),
    }
    with pytest.raises(IntegrityError, match="figure_holds_once_at_a_time"), transaction.atomic():
        Figure.objects.create(**fresh, valid_from=date(2026, 1, 1))
    Figure.objects.filter(pk=there.pk).update(valid_to=date(2026, 1, 1))
    Figure.objects.create(**fresh, valid_from=date(2026, 1, 1))


@pytest.mark.django_db
def test_a_figure_is_a_day_or_an_amount():
    with pytest.raises(IntegrityError, match="figure_is_a_day_or_an_amount"):
        Figure.objects.filter(code="loss.report").update(day=date(2026, 1, 1))


def _row(model, pamuk, user, **fields):
    return model(pet=pamuk, author=user, written_at=timezone.now(), **fields)


@pytest.mark.django_db
def test_wrong_entries_are_refused(pamuk, ayse, clinic):
    today = timezone.localdate()
    wrong = {
        "next_dose_comes_later": _row(
            Vaccination, pamuk, ayse, vaccine="rabies", given_on=today, next_due=today
        ),
        "measurement_is_positive": _row(Measurement, pamuk, ayse, kind="weight", value=0, measured_on=today),
        "note_of_a_business_is_shared": _row(
            Note, pamuk, ayse, text="Gizli", visibility="keeper", business=clinic
        ),
    }
    for constraint, row in wrong.items():
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            row.save()


@pytest.mark.django_db
def test_a_grant_has_an_end_and_is_one_at_a_time(pamuk, clinic, ayse):
    first = pets.grant(pamuk, clinic)
    with pytest.raises(IntegrityError, match="grant_ends_after_it_begins"), transaction.atomic():
        Grant.objects.filter(pk=first.pk).update(until=first.granted_at - timedelta(days=1))
    first.pk = None
    with pytest.raises(IntegrityError, match="business_has_one_grant_to_a_pet"), transaction.atomic():
        first.save()


@pytest.mark.django_db
def test_an_address_has_one_open_invitation(pamuk, ayse):
    now = timezone.now()
    base = {"pet": pamuk, "email": "cem@ornek.test", "invited_by": ayse, "invited_at": now}
    Invitation.objects.create(**base, token_hash="a", expires_at=now + timedelta(days=7))
    with pytest.raises(IntegrityError, match="address_has_one_open_invitation"), transaction.atomic():
        Invitation.objects.create(**base, token_hash="b", expires_at=now + timedelta(days=7))
