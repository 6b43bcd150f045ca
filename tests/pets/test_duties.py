"""The duty clock: rules as a table, rows equal to the rules, each distance told once."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from core.models import Line
from pets import events, proofs, queries, rules
from pets.duty_kinds import Kind, State
from pets.models import Duty, DutyReminder, Figure, Pet
from pets.services import duties, file
from pets.services import pets as verbs
from tests.factories import pets

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


def counted(today=TODAY, doses=None, statements=None, **fields):
    fields = {"name": "Pamuk", "species": "cat", "added_on": today} | fields
    facts = rules.Facts(Pet(**fields), doses or {}, statements or {})
    found = rules.duties(facts, queries.figures(today))
    return {due.kind: (due.due_on, due.done_on) for due in found}


def test_young_cat_has_until_six_months_for_the_chip_and_twelve_weeks_for_rabies():
    found = counted(born_on=date(2026, 11, 1), born_precision="day")
    assert found == {
        Kind.CHIP: (date(2027, 5, 1), None),
        Kind.REGISTRATION: (date(2027, 5, 1), None),
        Kind.RABIES: (date(2027, 1, 24), None),
    }


def test_grown_cat_had_until_the_deadline_of_the_law():
    assert counted(born_on=date(2020, 3, 1), born_precision="year")[Kind.CHIP] == (date(2025, 12, 31), None)


def test_end_of_month_stays_in_the_month():
    found = counted(born_on=date(2026, 8, 31), born_precision="day")
    assert found[Kind.CHIP] == (date(2027, 2, 28), None)


def test_chip_and_statement_are_done_for_good():
    found = counted(
        chip="7" * 15, chipped_on=date(2024, 2, 1), statements={Kind.REGISTRATION: date(2024, 2, 3)}
    )
    assert found[Kind.CHIP] == (None, date(2024, 2, 1))
    assert found[Kind.REGISTRATION] == (None, date(2024, 2, 3))


def test_rabies_follows_the_vet_and_else_the_year():
    given = date(2026, 2, 28)
    by_figure = counted(doses={"rabies": rules.Dose(given, None)})
    by_vet = counted(doses={"rabies": rules.Dose(given, date(2026, 12, 1))})
    assert by_figure[Kind.RABIES] == (date(2027, 2, 28), given)
    assert by_vet[Kind.RABIES] == (date(2026, 12, 1), given)


@pytest.mark.parametrize("species", ["bird", "fish", "hamster", "rabbit", "turtle", "other"])
def test_no_duty_is_claimed_for_other_animals(species):
    assert counted(species=species) == {}


def test_new_owner_has_sixty_days_and_an_older_statement_does_not_count():
    found = counted(owner_changed_on=TODAY, statements={Kind.OWNER_CHANGE: TODAY - timedelta(days=400)})
    assert found[Kind.OWNER_CHANGE] == (TODAY + timedelta(days=60), None)
    found = counted(owner_changed_on=TODAY, statements={Kind.OWNER_CHANGE: TODAY})
    assert found[Kind.OWNER_CHANGE] == (None, TODAY)


def test_lost_and_passed_away_leave_one_report():
    doses = {"rabies": rules.Dose(date(2020, 1, 1), None), "internal": rules.Dose(date(2020, 1, 1), None)}
    assert counted(status="lost", lost_on=TODAY, doses=doses) == {
        Kind.LOSS_REPORT: (TODAY + timedelta(days=7), None)
    }
    assert counted(status="passed_away", died_on=TODAY, doses=doses) == {
        Kind.DEATH_REPORT: (TODAY + timedelta(days=30), None)
    }
    assert counted(species="bird", status="passed_away", died_on=TODAY) == {}


def test_advice_is_apart_and_needs_an_entry():
    found = counted(doses={"internal": rules.Dose(TODAY, None), "cat_combined": rules.Dose(TODAY, None)})
    assert found[Kind.INTERNAL] == (date(2027, 2, 25), TODAY)
    assert found[Kind.COMBINED] == (date(2027, 11, 25), TODAY)
    assert Kind.EXTERNAL not in found
    assert [kind for kind in found if not kind.is_legal] == [Kind.COMBINED, Kind.INTERNAL]


def test_a_figure_counts_only_in_its_time():
    """Goes red when a figure stands in code: the row of the day decides."""
    Figure.objects.filter(code="loss.report").update(valid_to=TODAY)
    assert counted(status="lost", lost_on=TODAY) == {}
    Figure.objects.create(
        code="loss.report", unit="days", amount=3, valid_from=TODAY, source="x", checked_on=TODAY
    )
    assert counted(status="lost", lost_on=TODAY) == {Kind.LOSS_REPORT: (date(2026, 11, 28), None)}


@pytest.mark.parametrize(
    ("days", "words"),
    [(9, "9 gün kaldı"), (14, "14 gün kaldı"), (0, "bugün"), (-3, "3 gün geçti")],
)
def test_state_in_words(days, words):
    state = State(timezone.localdate() + timedelta(days=days))
    assert (state.words, state.is_over, state.is_soon) == (words, days < 0, days >= 0)


def test_far_state_is_a_date_and_nothing_due_is_done():
    assert State(timezone.localdate() + timedelta(days=15)).is_far
    assert State(None).is_done


def test_rows_follow_each_entry(ayse, pamuk):
    today = timezone.localdate()
    row = file.add_vaccination(
        pet=pamuk, by=ayse, now=timezone.now(), vaccine="rabies", given_on=today, next_due=None
    )
    assert pamuk.duties.get(kind=Kind.RABIES).done_on == today
    file.remove_entry(entry=row, by=ayse, now=timezone.now())
    assert pamuk.duties.get(kind=Kind.RABIES).done_on is None


def test_refresh_leaves_right_rows_untouched(pamuk, django_assert_num_queries):
    with django_assert_num_queries(7):  # savepoint and release, animals, figures, doses, statements, rows
        duties.refresh([pamuk], today=timezone.localdate())


def test_proof_holds_and_sees_a_wrong_row(pamuk):
    assert proofs.duties_current().state == "ok"
    Duty.objects.filter(pet=pamuk, kind=Kind.CHIP).update(due_on=date(2030, 1, 1))
    assert proofs.duties_current().state == "failed"
    duties.refresh_all(today=timezone.localdate())
    assert proofs.duties_current().state == "ok"


def _told():
    lines = Line.objects.filter(name=events.DUTY_DUE).order_by("pk")
    return [(line.data["kind"], line.data["ahead"]) for line in lines]


def _walk(days):
    now, today = timezone.now(), timezone.localdate()
    for day in days:
        duties.announce(now=now, today=today + timedelta(days=day))
    return _told()


@pytest.fixture
def due_in_20(pamuk):
    Duty.objects.filter(pet=pamuk).exclude(kind=Kind.RABIES).delete()
    Duty.objects.filter(pet=pamuk).update(due_on=timezone.localdate() + timedelta(days=20))
    return pamuk


def test_each_distance_is_told_once(due_in_20, ayse):
    assert _walk([0, 5]) == []
    assert _walk([6, 6, 7, 8, 16]) == [("rabies", 14)]
    assert _walk([17, 17, 18, 19]) == [("rabies", 14), ("rabies", 3)]
    assert _walk([20, 20, 21, 30]) == [("rabies", 14), ("rabies", 3), ("rabies", 0)]
    line = Line.objects.filter(name=events.DUTY_DUE).first()
    assert line.data["users"] == [ayse.pk]
    assert line.data["pet"] == "Pamuk"
    assert line.data["url"] == due_in_20.get_absolute_url()


def test_a_day_without_a_worker_is_caught_up(due_in_20):
    assert _walk([18]) == [("rabies", 3)]
    assert _walk([22]) == [("rabies", 3), ("rabies", 0)]


def test_the_row_that_says_told_is_what_stops_the_second_time(due_in_20):
    """Negative control."""
    _walk([6])
    DutyReminder.objects.all().delete()
    assert _walk([6]) == [("rabies", 14)] * 2


def test_after_death_nothing_is_told_of_other_duties(due_in_20, ayse):
    verbs.report_death(pet=due_in_20, on=timezone.localdate(), by=ayse, now=timezone.now())
    assert _walk(range(0, 31)) == []
    assert [duty.kind for duty in due_in_20.duties.all()] == [Kind.DEATH_REPORT]


def test_refreshing_many_animals_costs_as_much_as_one(ayse, django_assert_num_queries):
    many = [pets.pet(ayse, f"Kedi {number}") for number in range(20)]
    with django_assert_num_queries(7):
        duties.refresh(many, today=timezone.localdate())
