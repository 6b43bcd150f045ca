"""“Patients” of a business: the files that keepers have opened for it, as deep as the person's right goes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from core import text
from teams.access import BusinessPanelView

from .. import forms, permissions, queries
from ..models import Grant, Reading, Visibility
from ..services import file, sharing
from .pets import photo_answer

PER_PAGE = 40


class Patients(BusinessPanelView):
    template_name = "pets/business/patients.html"
    right = permissions.PATIENTS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET.get("q", "").strip()[:100]
        rows: Any = queries.shared_with(self.business, now=timezone.now())
        if query:
            rows = [row for row in rows if _matches(row, text.fold(query))]
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, query=query, **kwargs)


def _matches(grant: Grant, wanted: str) -> bool:
    return wanted in text.fold(grant.pet.name) or (wanted.isdigit() and wanted in grant.pet.chip)


class PatientView(BusinessPanelView):
    """Base: one file, opened by a grant that holds at this very request. Else 404."""

    right = permissions.PATIENTS
    part = Reading.Part.FILE

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and self.access.can(self.right):
            self.now = timezone.now()
            rows = queries.shared_with(self.business, now=self.now)
            self.grant = get_object_or_404(rows, pet__public_id=kwargs["pet"])
            self.pet = self.grant.pet
        return super().dispatch(request, *args, **kwargs)

    def note(self) -> None:
        sharing.note_reading(grant=self.grant, part=self.part, by=self.request.user, now=self.now)

    @property
    def may_write(self) -> bool:
        return self.grant.may_write and self.access.can(permissions.WRITE) and self.pet.is_alive


class Patient(PatientView):
    template_name = "pets/business/patient.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.note()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by = ("author", "business")
        deep = self.access.can(permissions.FILE)
        notes = self.pet.notes.kept().filter(visibility=Visibility.SHARED).select_related(*by)
        context = {
            "grant": self.grant,
            "pet": self.pet,
            "keepers": queries.keepers_of(self.pet),
            "vaccinations": self.pet.vaccinations.kept().select_related(*by),
            "may_read_file": deep,
            "measurements": self.pet.measurements.kept().select_related(*by) if deep else [],
            "notes": notes if deep else [],
            "may_write": self.may_write,
        }
        return super().get_context_data(**(self._forms() | kwargs | context))

    def _forms(self) -> dict[str, Any]:
        if not self.may_write:
            return {}
        return {
            "vaccination_form": forms.AddVaccination(None, species=self.pet.species, is_business=True),
            "note_form": forms.AddNote(None, is_business=True),
        }


class Write(Patient):
    """Base of what a business adds: 403 for who may only read."""

    http_method_names = ["post"]
    part = Reading.Part.WROTE
    slot = ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may_write:
            raise PermissionDenied
        form = self.form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(**{self.slot: form}))
        self.add(form.cleaned_data)
        self.note()
        messages.success(request, _("It stands in the file. The keepers see who wrote it."))
        return redirect("pets:patient", self.business.slug, self.pet.public_id)

    def form(self, data: Any) -> Any:
        raise NotImplementedError

    def add(self, facts: dict[str, Any]) -> None:
        raise NotImplementedError


class AddVaccination(Write):
    slot = "vaccination_form"

    def form(self, data: Any) -> Any:
        return forms.AddVaccination(data, species=self.pet.species, is_business=True)

    def add(self, facts: dict[str, Any]) -> None:
        facts = facts | {"given_by": self.business.name}
        file.add_vaccination(
            pet=self.pet, by=self.request.user, business=self.business, now=self.now, **facts
        )


class AddNote(Write):
    slot = "note_form"

    def form(self, data: Any) -> Any:
        return forms.AddNote(data, is_business=True)

    def add(self, facts: dict[str, Any]) -> None:
        file.add_note(pet=self.pet, by=self.request.user, business=self.business, now=self.now, **facts)


class PatientPhoto(PatientView):
    part = Reading.Part.PHOTO

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return photo_answer(self.pet, self.kwargs["size"])
