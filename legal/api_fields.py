"""How a document's versions look in the content API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class VersionField(serializers.Field):
    """One version with its clauses; null where there is none."""

    def to_representation(self, version: Any) -> dict[str, Any]:
        clauses = [
            {
                "key": row.key,
                "heading": row.heading,
                "html": row.html,
                "brief": row.brief,
                "sha256": row.sha256,
            }
            for row in version.clauses.all()
        ]
        return facts(version) | {"clauses": clauses}


class HistoryField(serializers.Field):
    def to_representation(self, versions: list[Any]) -> list[dict[str, Any]]:
        return [facts(version) for version in versions]


def facts(version: Any) -> dict[str, Any]:
    return {
        "number": version.number,
        "status": version.status,
        "title": version.title,
        "summary": version.summary,
        "effective_from": version.effective_from,
        "sha256": version.sha256,
        "path": version.path,
        "is_binding": version.is_binding,
    }
