"""The verbs of courses."""

from .cancelling import cancel_rest, rest_of
from .courses import end_course, save_course
from .holding import hold

__all__ = ["cancel_rest", "end_course", "hold", "rest_of", "save_course"]
