"""What the frame of every page needs from the legal room."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from legal import cookies, queries

register = template.Library()


@register.simple_tag(takes_context=True)
def legal_documents(context: template.Context) -> list[Any]:
    """The documents of this language for the footer. Asked once for each request."""
    request = context.get("request")
    if request is None:
        return []
    if not hasattr(request, "_legal_documents"):
        request._legal_documents = queries.links(get_language() or "")
    return request._legal_documents


@register.simple_tag
def cookie_question() -> dict[str, Any]:
    """What the banner and its script need; the same for everyone, since pages are kept for all."""
    return {
        "name": cookies.COOKIE,
        "version": cookies.version(),
        "life": cookies.LIFE,
        "optional": [(category.value, category.label) for category in cookies.OPTIONAL],
    }
