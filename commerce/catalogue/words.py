"""Title and description of a product in the language of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language


@dataclass(frozen=True)
class Words:
    """Title and description in the reader's language, else in Turkish."""

    title: str
    description: str
    is_turkish: bool


def read(product: Any) -> Words:
    """The one place where texts of a product are read for people."""
    language = get_language()
    found = [] if language == settings.LANGUAGE_CODE else product.texts.all()
    for other in found:
        if other.language == language:
            return Words(other.title, other.description or product.description, False)
    return Words(product.title, product.description, True)
