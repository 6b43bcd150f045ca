"""The sign-up at the foot of every page."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from core.audiences import Audience

from .. import consent

register = template.Library()


@register.inclusion_tag("newsletter/_foot.html")
def newsletter_sign_up() -> dict[str, object]:
    """Asks nothing of the database: the page of an error has it too."""
    return {"words": consent.words(get_language() or "tr"), "audiences": Audience.values}
