"""Where the worker finds the doors of this room."""

from . import after_tasks  # noqa: F401  (they register themselves)
