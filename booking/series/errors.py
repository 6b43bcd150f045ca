"""What courses refuse, in words for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import Refused

from ..errors import Closed


class IsCourse(Refused):
    code = "is_course"
    message = _("This is booked as a whole course. See all of its sessions first.")


class AsksFirst(Closed):
    code = "course_asks_first"
    message = _("This business answers each request itself; a course cannot be booked here at the moment.")


class WrongCourse(Refused):
    """Of a kind that has no courses, or dearer than single times."""

    code = "wrong_course"
    message = _("A course costs at most as much as its single times, and at least a lira a session.")


class NothingAhead(Refused):
    code = "nothing_ahead"
    message = _("No session lies ahead that could be cancelled.")
