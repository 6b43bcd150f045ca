"""Where personal data lies: each room declares its models with purpose, ground, period and end.

    personal_data.holding(
        "accounts.Address", owner="user", title=_("Addresses"), purpose=_("…"), ground=CONTRACT,
        period=_("until the account is erased"), fields=("name", "street"), on_erase=OnErase.DELETE,
    )

Three things read this list: the copy a person gets, the erasure of an account, and the retention plan
that staff see. A model that points at a person and is missing here fails a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from dataclasses import field as default
from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Q, QuerySet, TextChoices
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from .field_names import NAMES

CONTRACT = _("contract (KVKK art. 5/2-c)")
LEGAL_DUTY = _("legal duty (KVKK art. 5/2-ç)")
LEGITIMATE = _("legitimate interest (KVKK art. 5/2-f)")
PROOF = _("proof of a right (KVKK art. 5/2-e)")
CONSENT = _("consent (KVKK art. 5/1)")


class OnErase(TextChoices):
    DELETE = "delete", _("deleted")
    ANONYMISE = "anonymise", _("made anonymous")  # `blank` is written into the row, which stays
    LINK = "link", _("stays without a name")  # it only points at an account that has none any more
    KEEP = "keep", _("kept, because a law asks for it")  # legal hold; the answer names it


@dataclass(frozen=True)
class Holding:
    model: str
    title: Any
    purpose: Any
    ground: Any
    period: Any
    on_erase: OnErase
    owner: str = ""  # the field that points at the person
    covers: tuple[str, ...] = ()  # further fields of the model that point at people
    where: Callable[[Any], Q] | None = None  # when no field points at her
    fields: tuple[str, ...] = ()
    blank: dict[str, Any] = default(default_factory=dict)
    before_delete: Callable[[Any], None] | None = None  # files that do not go with their row

    @property
    def model_class(self) -> type[Model]:
        return apps.get_model(self.model)

    def rows_of(self, user: Any) -> QuerySet[Any]:
        condition = self.where(user) if self.where else Q(**{self.owner: user.pk})
        return self.model_class._default_manager.filter(condition)


_holdings: list[Holding] = []


def holding(model: str, **facts: Any) -> None:
    _holdings.append(Holding(model=model, **facts))


Obstacle = Callable[[Any], str]
_obstacles: list[Obstacle] = []


def obstacle(check: Obstacle) -> Obstacle:
    """Register what has to be settled before this person's account can go: a sentence, or nothing."""
    _obstacles.append(check)
    return check


def obstacles(user: Any) -> list[str]:
    return [sentence for check in _obstacles if (sentence := check(user))]


def every() -> list[Holding]:
    """By name, so that a copy made twice is the same twice."""
    return sorted(_holdings, key=lambda item: item.model)


def undeclared() -> list[str]:
    """Fields that point at a person and stand in no holding: `room.Model.field`."""
    declared = {(item.model_class, name) for item in every() for name in (item.owner, *item.covers)}
    return sorted(
        f"{model._meta.label}.{name}" for model, name in _pointers() if (model, name) not in declared
    )


def _pointers() -> Iterator[tuple[type[Model], str]]:
    person = get_user_model()
    for model in apps.get_models():
        if model._meta.proxy or model is person:
            continue
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            if field.related_model is person:
                yield model, field.name


def collect(user: Any) -> list[dict[str, Any]]:
    """All that we hold of her, room by room, with why and for how long. Plain data, and dates."""
    found = []
    for item in every():
        rows = [_plain(row, item.fields) for row in item.rows_of(user)] if item.fields else []
        if rows:
            facts = {name: str(getattr(item, name)) for name in ("title", "purpose", "ground", "period")}
            found.append({**facts, "rows": rows})
    return found


def erase(user: Any) -> list[Holding]:
    """Delete and anonymise. Returns what stays because another law asks for it.

    What is hers is looked up first: a row that is gone cannot lead to another any more.
    """
    found = [(item, list(item.rows_of(user).values_list("pk", flat=True))) for item in every()]
    for item, keys in found:
        rows = item.model_class._default_manager.filter(pk__in=keys)
        if item.on_erase == OnErase.ANONYMISE:
            rows.update(**item.blank)
        elif item.on_erase == OnErase.DELETE:
            _delete(item, rows)
    return [item for item, keys in found if keys and item.on_erase == OnErase.KEEP]


def _delete(item: Holding, rows: Iterable[Any]) -> None:
    for row in rows:
        if item.before_delete:
            item.before_delete(row)
        row.delete()


def _plain(row: Model, names: tuple[str, ...]) -> dict[str, Any]:
    return {label_of(row, name): _value(row, name) for name in names}


def label_of(model: type[Model] | Model, name: str) -> str:
    """What people call the field, at the end of its path."""
    first, _path, rest = name.partition("__")
    try:
        field: Any = model._meta.get_field(first)
    except FieldDoesNotExist:  # a property
        return str(NAMES.get(name, name))
    if rest:
        return label_of(field.related_model, rest)
    own = str(getattr(field, "verbose_name", name))
    return str(NAMES.get(name, own)) if own.lower() == name.replace("_", " ") else own


def _value(row: Any, name: str) -> Any:
    for part in name.split("__"):
        shown = getattr(row, f"get_{part}_display", None)
        row = shown() if shown else getattr(row, part, None)
    if isinstance(row, FieldFile):
        return row.name
    plain = (bool, int, float, dict, list, date)
    return row if isinstance(row, plain) or row is None else str(row)
