"""Personal data of this room. A pet goes with its last keeper; one with more keepers goes to the next."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.personal_data import CONTRACT, OnErase, holding

from .models import Keeper
from .services import people, pets

WITH_ACCOUNT = _("until the account is erased")
WITH_PET = _("as long as the pet’s file")


def _kept_by_nobody_else(user: Any) -> Q:
    others = Keeper.objects.filter(pet=OuterRef("pet")).exclude(user=user)
    return Q(pk__in=Keeper.objects.filter(~Exists(others), user=user).values("pet"))


def _hand_over(row: Keeper) -> None:
    """To whoever keeps it longest beside her."""
    following = row.pet.keepers.exclude(pk=row.pk).order_by("since", "pk").first()
    if row.is_primary and following:
        people.hand_over(pet=row.pet, to=following, by=row.user, now=timezone.now())


def _written(model: str, title: Any, *, owner: str, **facts: Any) -> None:
    """Stays in the file of a pet that others keep, without a name."""
    holding(
        model,
        owner=owner,
        title=title,
        purpose=_("To say in the pet’s file who wrote or did it"),
        ground=CONTRACT,
        period=WITH_PET,
        on_erase=OnErase.LINK,
        **facts,
    )


holding(
    "pets.Pet",
    where=_kept_by_nobody_else,
    title=_("Pets only you keep"),
    purpose=_("To keep your pet’s file"),
    ground=CONTRACT,
    period=WITH_ACCOUNT,
    fields=("name", "species", "breed", "sex", "born_on", "chip", "passport", "marks", "status"),
    on_erase=OnErase.DELETE,
    before_delete=lambda pet: pets.remove_photo(pet=pet, by=None),
)
holding(
    "pets.Keeper",
    owner="user",
    title=_("Pets you keep"),
    purpose=_("To show you their files"),
    ground=CONTRACT,
    period=WITH_ACCOUNT,
    fields=("pet", "part", "since"),
    on_erase=OnErase.DELETE,
    before_delete=_hand_over,
)
holding(
    "pets.Invitation",
    owner="invited_by",
    title=_("People you asked to keep a pet with you"),
    purpose=_("To let them into the file"),
    ground=CONTRACT,
    period=WITH_ACCOUNT,
    fields=("pet", "email"),
    on_erase=OnErase.DELETE,
)
_written(
    "pets.Vaccination",
    _("Vaccinations you wrote down"),
    owner="author",
    fields=("pet", "given_on", "vaccine"),
)
_written(
    "pets.Measurement",
    _("Measurements you wrote down"),
    owner="author",
    fields=("pet", "measured_on", "value"),
)
_written("pets.Note", _("Notes you wrote"), owner="author", fields=("pet", "written_at", "text"))
_written("pets.Statement", _("Duties you stated as done"), owner="by", fields=("pet", "kind"))
_written("pets.Grant", _("Files you shared"), owner="granted_by", fields=("pet", "business", "scope"))
_written("pets.Reading", _("Files of pets you read"), owner="user", fields=("grant", "at"))
