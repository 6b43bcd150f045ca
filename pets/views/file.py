"""Vaccinations, measurements and notes, each a list with its form."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from .. import forms
from ..care import Measure
from ..models import Measurement, Note, Vaccination
from ..services import file
from .base import FormPage, PetAction, PetView, kept

KINDS: dict[str, Any] = {"vaccinations": Vaccination, "measurements": Measurement, "notes": Note}


class EntryPage(FormPage, PetView):
    """One kind of entry. `?removed=` offers to put back what was just taken out."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = KINDS[self.tab].objects.filter(pet=self.pet).select_related("author", "business")
        removed = self.request.GET.get("removed", "")
        gone = rows.exclude(removed_at=None).filter(pk=removed).first() if removed.isdecimal() else None
        return super().get_context_data(rows=rows.kept(), removed=gone, **kwargs)

    def saved(self) -> HttpResponse:
        messages.success(self.request, _("It stands in the file."))
        return self.back()


class Vaccinations(EntryPage):
    template_name = "pets/vaccinations.html"
    tab = "vaccinations"

    def form(self, data: Any) -> forms.AddVaccination:
        return forms.AddVaccination(data, species=self.pet.species)

    def done(self, form: Any) -> HttpResponse:
        file.add_vaccination(pet=self.pet, by=self.request.user, now=self.now, **form.cleaned_data)
        return self.saved()


class Measurements(EntryPage):
    template_name = "pets/measurements.html"
    tab = "measurements"

    def form(self, data: Any) -> forms.AddMeasurement:
        return forms.AddMeasurement(data, initial={"kind": Measure.WEIGHT})

    def done(self, form: Any) -> HttpResponse:
        file.add_measurement(pet=self.pet, by=self.request.user, now=self.now, **form.cleaned_data)
        return self.saved()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        weights = [row for row in context["rows"] if row.kind == Measure.WEIGHT]
        return context | {"weights": weights[::-1]}


class Notes(EntryPage):
    template_name = "pets/notes.html"
    tab = "notes"

    def form(self, data: Any) -> forms.AddNote:
        return forms.AddNote(data)

    def done(self, form: Any) -> HttpResponse:
        file.add_note(pet=self.pet, by=self.request.user, now=self.now, **form.cleaned_data)
        return self.saved()


class RemoveEntry(PetAction):
    def act(self) -> str:
        file.remove_entry(entry=self.entry(), by=self.request.user, now=self.now)
        return _("Taken out of the file.")

    def entry(self) -> Any:
        return kept(self, KINDS[self.kwargs["tab"]], self.kwargs["pk"])

    def back(self, tab: str = "") -> HttpResponse:
        address = reverse(f"pets:{self.kwargs['tab']}", args=[self.pet.public_id])
        return redirect(f"{address}?removed={self.kwargs['pk']}")


class RestoreEntry(RemoveEntry):
    def act(self) -> str:
        file.restore_entry(entry=self.entry(), by=self.request.user, now=self.now)
        return _("It stands in the file again.")

    def back(self, tab: str = "") -> HttpResponse:
        return redirect(f"pets:{self.kwargs['tab']}", self.pet.public_id)
