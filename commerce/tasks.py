"""Where the worker finds the doors of this room."""

from . import parcel_tasks  # noqa: F401  (they register themselves)
