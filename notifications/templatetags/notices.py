"""What the shell of the panel asks about notices."""

from typing import Any

from django import template

from .. import queries

register = template.Library()


@register.simple_tag
def unread_count(user: Any) -> int:
    return queries.unread_count(user)


@register.simple_tag
def unreachable(user: Any) -> bool:
    return queries.is_unreachable(user)
