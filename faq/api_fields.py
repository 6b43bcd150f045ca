"""How a question's relations look in the content API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class CategoryField(serializers.Field):
    """None while the category itself is a draft: its name is not told before it is published."""

    def to_representation(self, category: Any) -> dict[str, Any] | None:
        if not category.live:
            return None
        return {"id": category.pk, "slug": category.slug, "title": category.title}


class RelatedField(serializers.Field):
    def to_representation(self, questions: list[Any]) -> list[dict[str, Any]]:
        return [{"id": page.pk, "slug": page.slug, "title": page.title} for page in questions]
