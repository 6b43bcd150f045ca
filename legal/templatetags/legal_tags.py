"""What the frame of every page needs from the legal room."""

from __future__ import annotations

from typing import Any

from django import template

from legal import cookies

register = template.Library()


@register.simple_tag
def cookie_question() -> dict[str, Any]:
    """What the banner and its script need; the same for everyone, since pages are kept for all."""
    return {
        "name": cookies.COOKIE,
        "version": cookies.version(),
        "life": cookies.LIFE,
        "optional": [(category.value, category.label) for category in cookies.OPTIONAL],
    }
