"""Forms as a browser would send them, with what belongs to the other side in one of their fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.forms import BaseForm, ModelChoiceField
from django.test import Client
from django.urls import reverse

from . import scene
from .policies import Elsewhere
from .table import TABLE

Rows = set[tuple[str, str]]
QUIET = {"django_session", "core_line"}  # who was there, what happened: written by every request


@dataclass(frozen=True)
class Try:
    """One form of one page; `field` is given `value`."""

    page: str
    url: str
    data: dict[str, list[str]]
    field: str
    value: str
    is_choice: bool  # a field that knows what may be chosen, so it has to say so

    def __str__(self) -> str:
        return f"{self.page} {self.url} {self.field}={self.value}"


def rows() -> Rows:
    """Everything in the database, as (table, row)."""
    found: Rows = set()
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - QUIET):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found |= {(table, text) for (text,) in cursor.fetchall()}
    return found


def pages(stage: scene.Scene) -> Iterator[str]:
    for name, row in sorted(TABLE.items()):
        if not isinstance(row, Elsewhere):
            yield reverse(name, kwargs=row.kwargs(stage.ours))


def mixed(stage: scene.Scene) -> Iterator[str]:
    """Our business in the address, and a thing of theirs behind it."""
    for name, row in sorted(TABLE.items()):
        theirs = row.kwargs(stage.theirs) if not isinstance(row, Elsewhere) else {}
        ours = row.kwargs(stage.ours) if theirs else {}
        if "business" in theirs and theirs != ours | {"business": theirs["business"]}:
            yield reverse(name, kwargs=theirs | {"business": ours["business"]})


def tries(stage: scene.Scene, client: Client, page: str) -> Iterator[Try]:
    answer = client.get(page)
    body = b"".join(answer) if answer.streaming else answer.content
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        return
    chosen = dict(_choices(stage, forms_in(answer)))
    for form in BeautifulSoup(body, "html.parser").select("form[method=post i]"):
        data, url = _as_sent(form), str(form.get("action") or page)
        for field, value in chosen.items():
            if form.find(attrs={"name": field}):
                yield Try(page, url, data, field, value, is_choice=True)
        for field, value in _named(stage, form):
            if field not in chosen:
                yield Try(page, url, data, field, value, is_choice=False)


def forms_in(answer: Any) -> Iterator[BaseForm]:
    """Those that the page was drawn with."""
    for layer in answer.context or ():
        for part in getattr(layer, "dicts", [layer]):
            yield from (value for value in part.values() if isinstance(value, BaseForm))


def _choices(stage: scene.Scene, found: Iterator[BaseForm]) -> Iterator[tuple[str, str]]:
    """Fields that hold a thing, with one of theirs of the same kind."""
    for form in found:
        for name, field in form.fields.items():
            if isinstance(field, ModelChoiceField):
                yield form.add_prefix(name), _one_of_theirs(stage, field)


def _one_of_theirs(stage: scene.Scene, field: ModelChoiceField) -> str:
    for row in (stage.theirs.business, *stage.theirs.people.values(), *stage.theirs.things.values()):
        if isinstance(row, field.queryset.model):
            return str(getattr(row, field.to_field_name or "pk"))
    raise LookupError(f"the other side has no {field.queryset.model.__name__}: add one to things.py")


def _named(stage: scene.Scene, form: Tag) -> Iterator[tuple[str, str]]:
    """Fields that carry the number of a thing of ours, with the number of theirs."""
    swap = dict(_numbers(stage))
    for control in form.select("input[name], option, button[name]"):
        owner = control.find_parent("select") if control.name == "option" else control
        value = str(control.get("value", ""))
        if owner and owner.get("name") and value in swap:
            yield str(owner["name"]), swap[value]


def _numbers(stage: scene.Scene) -> Iterator[tuple[str, str]]:
    for name, ours in stage.ours.things.items():
        for key in ("pk", "public_id"):
            if hasattr(ours, key):
                yield str(getattr(ours, key)), str(getattr(stage.theirs.things[name], key))


def _as_sent(form: Tag) -> dict[str, list[str]]:
    """What the browser would send: the typed, the ticked, the chosen."""
    sent: dict[str, list[str]] = {}
    for control in form.select("input[name], textarea[name], select[name]"):
        name, kind = str(control["name"]), control.get("type", "")
        if control.name == "select":
            options = control.select("option[selected]") or control.select("option")[:1]
            values = [str(option.get("value", option.text)) for option in options]
        elif kind in ("checkbox", "radio"):
            values = [str(control.get("value", "on"))] if control.has_attr("checked") else []
        elif kind in ("submit", "button", "file"):
            continue
        else:
            values = [control.text if control.name == "textarea" else str(control.get("value", ""))]
        sent.setdefault(name, []).extend(values)
    return sent
