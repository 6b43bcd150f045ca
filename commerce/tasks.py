"""Doors for the worker: each task looks for what is due and may run twice."""

from . import listing_tasks  # noqa: F401  (they register themselves)
