"""The state of the platform for machines: parts, what runs, what is announced."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from core import response_cache
from upkeep import queries, shown
from upkeep.models import MaintenanceWindow

from .endpoint import Answer


class Status(Answer):
    """Stays open while everything else may be closed."""

    def shown(self) -> set[str]:
        return {response_cache.FRAME, shown.SHOWN}

    def answer(self, request: HttpRequest, language: str) -> dict[str, Any]:
        ahead = queries.ahead()
        parts = queries.parts(ahead)
        return {
            "locale": language,
            "parts": [
                {
                    "key": part.component.key,
                    "name": str(part.component),
                    "state": part.state,
                    "text": str(part.words),
                    "window": str(part.window.public_id) if part.window else None,
                }
                for part in parts
            ],
            "windows": [_window(window) for window in ahead],
        }


def _window(window: MaintenanceWindow) -> dict[str, Any]:
    return {
        "id": str(window.public_id),
        "kind": window.kind,
        "status": window.status,
        "effect": window.effect,
        "title": window.said("title"),
        "text": window.said("text"),
        "advice": window.said("advice"),
        "parts": [part.key for part in window.parts],
        "starts_at": timezone.localtime(window.starts_at),
        "ends_at": timezone.localtime(window.ends_at) if window.ends_at else None,
        "announced_at": timezone.localtime(window.announced_at) if window.announced_at else None,
        "url": window.get_absolute_url(),
        "updates": [
            {"at": timezone.localtime(one.at), "text": one.said("text")} for one in window.updates.all()
        ],
    }
