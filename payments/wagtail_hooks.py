"""What this room adds to the back office."""

from .office import hooks  # noqa: F401  (they register themselves)
