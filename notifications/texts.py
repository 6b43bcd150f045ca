"""The words of a notice, in the language of whoever reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import formats, translation
from django.utils.translation import gettext as _

from . import kinds


@dataclass(frozen=True)
class Words:
    title: str
    body: str


class _Values(dict):
    """A value that is missing leaves a gap, never an error in somebody's list."""

    def __missing__(self, key: str) -> str:
        return ""


def words(kind: str, data: dict[str, Any], language: str) -> Words:
    declared = kinds.get(kind)
    with translation.override(language):
        if declared is None:
            return Words(_("A notice from a part of Diji.vet that is closed now"), "")
        values = _Values({name: said(value, language) for name, value in data.items()})
        return Words(*(str(text).format_map(values).strip() for text in (declared.title, declared.body)))


def said(value: Any, language: str) -> str:
    """One value as this language says it; what was never translated is said in Turkish."""
    if not isinstance(value, dict):
        return str(value)
    if "day" in value:
        return formats.date_format(date.fromisoformat(value["day"]), "j F Y")
    found = (value.get(name) for name in (language, settings.LANGUAGE_CODE, *value))
    return str(next((text for text in found if text), ""))
