"""Pictures from strangers are decoded in a process of their own (`core/bitmaps.py`).

Its memory ends with it, and so does whatever a broken file does to a decoder: the worker stays small and
alive. One at a time for each worker, however many threads it has.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from threading import Lock

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import bitmaps

ONE_AT_A_TIME = Lock()
REFUSALS = {
    "too_many_pixels": _("The picture has more than 40 million pixels."),
    "too_heavy": _("This picture is too large for us to read. Save it smaller or as a plain JPEG."),
}
log = logging.getLogger(__name__)


def redraw(content: bytes, *, purpose: str, longest_edge: int, unreadable: ValidationError) -> bytes:
    """`bitmaps.drawn`, elsewhere. Raises `unreadable`, or a ValidationError of REFUSALS."""
    command = [sys.executable, "-I", bitmaps.__file__, purpose, str(longest_edge)]
    with ONE_AT_A_TIME:
        done = subprocess.run(command, input=content, capture_output=True)  # noqa: S603
    if done.returncode == 0:
        return done.stdout
    if done.returncode != bitmaps.REFUSED:
        log.error("picture process ended with %s: %s", done.returncode, done.stderr.decode()[-500:])
    code = done.stderr.decode()
    raise _refusal(code) if code in REFUSALS else unreadable


def _refusal(code: str) -> ValidationError:
    return ValidationError(REFUSALS[code], code=code)
