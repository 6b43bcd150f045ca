"""Pieces of pages that show nothing but what they are given: rendered once for the same values.

    {% fragment "oscar/catalogue/_card.html" card=card.face %}
    {% icon "x" size=16 %}  {% asset "css/diji.css" %}

The values are the key, so they have to be hashable and hold all there is to see: then nothing can go stale.
Neither request nor context reaches the piece.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()

MOST = 4000  # some 6 MB in each process


@register.simple_tag
def fragment(name: str, /, **values: Any) -> SafeString:
    make = _render.__wrapped__ if settings.DEBUG else _render  # who edits a template wants to see it
    return make(name, get_language(), tuple(values.items()))


@register.simple_tag
def icon(name: str, size: int = 20, label: str = "") -> SafeString:
    """`<c-icon>` for pages that show it dozens of times."""
    return fragment("core/_icon.html", name=name, size=size, label=label)


@register.simple_tag
@lru_cache(maxsize=200)
def asset(path: str) -> str:
    """`{% static %}`, which asks Django each time how static files are kept."""
    return static(path)


@lru_cache(maxsize=MOST)
def _render(name: str, language: str, values: tuple[tuple[str, Any], ...]) -> SafeString:
    return mark_safe(get_template(name).render(dict(values)))
