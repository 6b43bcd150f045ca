"""The end of a workflow. Apart, because Wagtail imports this path before its models are complete."""

from __future__ import annotations

from typing import Any


def finish_workflow(state: Any, user: Any = None) -> None:
    from . import publishing

    publishing.finish_workflow(state, user)
