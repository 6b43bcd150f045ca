"""What this room proves about itself."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.proofs import Result, State, proof

from . import queries, rules
from .models import Duty, Pet

BATCH = 500


@proof("pets.duties_current", title=gettext_lazy("What is due for each pet follows from the rules in force"))
def duties_current() -> Result:
    """Count for every animal what the rules give, and compare it with the rows that pages show."""
    today = timezone.localdate()
    figures, wrong, count = queries.figures(today), 0, 0
    ids = list(Pet.objects.current().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        pets = list(Pet.objects.filter(pk__in=ids[start : start + BATCH]))
        wrong += _differing(pets, figures)
        count += len(pets)
    detail = f"{count} pets, {wrong} differ"
    if wrong:
        return Result(State.FAILED, _("Dates of some pets are being counted anew."), detail)
    return Result(State.OK, _("All dates are those that the rules give."), detail)


def _differing(pets: list[Pet], figures: rules.Figures) -> int:
    there: dict[int, set[tuple]] = {pet.pk: set() for pet in pets}
    fields = ("kind", "due_on", "done_on", "source", "source_url")
    for pet_id, *values in Duty.objects.filter(pet__in=pets).values_list("pet_id", *fields):
        there[pet_id].add(tuple(values))
    return sum(
        {
            (due.kind, due.due_on, due.done_on, due.source, due.source_url)
            for due in rules.duties(facts, figures)
        }
        != there[facts.pet.pk]
        for facts in queries.facts_of(pets)
    )
