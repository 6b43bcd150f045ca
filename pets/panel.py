"""What this room adds to the panels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import panel
from core.panel import Hit
from teams.kinds import Kind

from . import permissions, queries
from .models import Pet
from .states import Status

SHOWN = 6  # on the first page; the list has all


def is_clinic(request: HttpRequest) -> bool:
    """Only they have patients; a hotel or a groomer sees animals that were shared with it."""
    return request.access.business.kind == Kind.CLINIC  # type: ignore[attr-defined]


def is_no_clinic(request: HttpRequest) -> bool:
    return not is_clinic(request)


panel.entry(panel.Entry(panel.HOME, _("My pets"), "pets:list", "paw-print", order=10, bottom=True))
for _label, _fits in ((_("Patients"), is_clinic), (_("Shared pets"), is_no_clinic)):
    panel.entry(
        panel.Entry(
            panel.HOME,
            _label,
            "pets:patients",
            "paw-print",
            order=20,
            allowed=_fits,
            scope=panel.BUSINESS,
            right=permissions.PATIENTS,
            bottom=True,
        )
    )


@panel.card(order=20)
class PetsCard(panel.Card):
    template_name = "pets/panel/pets_card.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        pets = list(queries.cards_of(self.request.user).exclude(status=Status.PASSED_AWAY)[: SHOWN + 1])
        return {"pets": pets[:SHOWN], "has_more": len(pets) > SHOWN}


@panel.card(order=20, scope=panel.BUSINESS)
class PatientsCard(panel.Card):
    """What comes near for the animals whose files this business may read."""

    template_name = "pets/panel/patients_card.html"
    right = permissions.PATIENTS

    def is_shown(self) -> bool:
        access: Any = self.request.access  # type: ignore[attr-defined]
        self.duties = list(queries.duties_near(access.business, now=timezone.now())[: SHOWN + 1])
        return bool(self.duties)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        business = self.request.access.business  # type: ignore[attr-defined]
        return {
            "business": business,
            "duties": self.duties[:SHOWN],
            "has_more": len(self.duties) > SHOWN,
        }


@panel.search(_("Pets"))
def own_pets(request: HttpRequest, query: str) -> Iterable[Hit]:
    found = queries.pets_found(queries.pets_of(request.user), query)
    return [_hit(pet, pet.get_absolute_url()) for pet in found]


@panel.search(_("Pets"), scope=panel.BUSINESS)
def patients(request: HttpRequest, query: str) -> Iterable[Hit]:
    access: Any = request.access  # type: ignore[attr-defined]
    if not access.can(permissions.PATIENTS):
        return []
    grants = queries.shared_with(access.business, now=timezone.now())
    pets = Pet.objects.filter(pk__in=grants.order_by().values("pet"))
    return [
        _hit(pet, reverse("pets:patient", args=[access.business.slug, pet.public_id]))
        for pet in queries.pets_found(pets, query)
    ]


def _hit(pet: Pet, url: str) -> Hit:
    return Hit(pet.name, url, note=pet.get_species_display(), icon="paw-print")
