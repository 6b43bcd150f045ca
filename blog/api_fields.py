"""How the relations of a post look in the content API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class AuthorField(serializers.Field):
    def to_representation(self, author: Any) -> dict[str, str]:
        return {"name": author.name, "role": author.role}


class TagsField(serializers.Field):
    def to_representation(self, tags: list[Any]) -> list[dict[str, str]]:
        return [{"slug": tag.slug, "name": tag.label} for tag in tags]


class CoverField(serializers.Field):
    """One size for all front ends, with the text that stands for the picture in this post."""

    def to_representation(self, picture: Any) -> dict[str, Any]:
        return {
            "url": picture.full_url,
            "width": picture.width,
            "height": picture.height,
            "alt": picture.alt,
        }


class RetractionField(serializers.Field):
    def to_representation(self, announcement: Any) -> dict[str, Any]:
        return {"at": announcement.retracted_at.isoformat(), "note": announcement.note}
