"""The list, a new animal, its file, its facts and its picture."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Refused
from core.panel import PanelView

from .. import forms, queries
from ..care import Measure
from ..duty_kinds import Kind
from ..errors import ChipTaken
from ..models import Duty, Pet
from ..services import duties, pets
from .base import FormPage, PetAction, PetView, say


class PetList(PanelView):
    template_name = "pets/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            pets=queries.cards_of(user), archived=queries.archived_of(user), **kwargs
        )


class AddPet(FormPage, PanelView):
    template_name = "pets/add.html"

    def form(self, data: Any) -> forms.AddPet:
        return forms.AddPet(data)

    def done(self, form: Any) -> HttpResponse:
        pet = pets.add_pet(by=self.request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(self.request, _("%(name)s has a file now.") % {"name": pet.name})
        return redirect(pet)


class PetFile(PetView):
    template_name = "pets/file.html"
    tab = "file"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(self.pet.duties.all())
        weights = self.pet.measurements.kept().filter(kind=Measure.WEIGHT).order_by("measured_on", "pk")
        self.pet.weights = list(weights)
        return super().get_context_data(
            legal=[row for row in rows if row.is_legal],
            advice=[row for row in rows if not row.is_legal],
            keepers=queries.keepers_of(self.pet),
            grants=self.pet.grants.live(self.now).select_related("business"),
            **kwargs,
        )


class EditPet(FormPage, PetView):
    template_name = "pets/edit.html"

    def form(self, data: Any) -> forms.EditPet:
        return forms.EditPet(data, instance=self.pet)

    def done(self, form: Any) -> HttpResponse:
        pets.change_pet(pet=self.pet, facts=form.facts(), by=self.request.user, now=self.now)
        messages.success(self.request, _("Saved."))
        return self.back("file")

    def refuse(self, form: Any, refused: Refused) -> None:
        form.add_error("chip" if isinstance(refused, ChipTaken) else None, refused.message)


class ChangePhoto(FormPage, PetView):
    template_name = "pets/photo.html"

    def form(self, data: Any) -> forms.Photo:
        return forms.Photo(data, self.request.FILES or None)

    def done(self, form: Any) -> HttpResponse | None:  # type: ignore[override]
        try:
            pets.set_photo(pet=self.pet, file=form.cleaned_data["photo"], by=self.request.user)
        except ValidationError as error:
            form.add_error("photo", error)
            return None
        messages.success(self.request, _("The new photo is there."))
        return self.back("file")


class RemovePhoto(PetAction):
    def act(self) -> str:
        pets.remove_photo(pet=self.pet, by=self.request.user)
        return _("The photo is gone.")


class PetPhoto(PetView):
    """For keepers. Names change with the picture, so browsers may keep it."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return photo_answer(self.pet, self.kwargs["size"])


def photo_answer(pet: Pet, size: str) -> HttpResponse:
    """The picture as a picture and nothing else."""
    if not pet.has_photo or size not in pets.SIZES:
        raise Http404
    try:
        with pet.photo_file(size) as file:  # at most a few hundred kilobytes: we made it
            answer = HttpResponse(file.read(), content_type="image/jpeg")
    except FileNotFoundError as error:
        raise Http404 from error
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


class StateDuty(PetAction):
    """“I have told them”: a keeper's own statement."""

    def act(self) -> str:
        kind = self.kwargs["kind"]
        duty: Duty | None = self.pet.duties.filter(kind=kind).first()
        if duty is None or not duty.can_be_stated:
            raise Http404
        today = timezone.localdate(self.now)
        duties.state_done(pet=self.pet, kind=Kind(kind), on=today, by=self.request.user, now=self.now)
        return _("Noted. We have told nobody in your name; keep the office’s paper.")


class ArchivePet(PetAction):
    def act(self) -> str:
        if not self.keeper.is_primary:
            raise Http404
        pets.archive(pet=self.pet, by=self.request.user, now=self.now)
        return _("%(name)s is put away. You can bring the file back below.") % {"name": self.pet.name}

    def back(self, tab: str = "") -> HttpResponse:
        return redirect("pets:list")


class RestorePet(PetAction):
    def pets(self) -> Any:
        return queries.archived_of(self.request.user)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        is_back = say(request, self.act)
        return self.back("file") if is_back else redirect("pets:list")

    def act(self) -> str:
        pets.restore(pet=self.pet, by=self.request.user, now=self.now)
        return _("%(name)s is back.") % {"name": self.pet.name}
