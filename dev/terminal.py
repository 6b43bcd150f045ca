"""What `make run` says: numbered steps with their times, and the lines of each program."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

STEPS = 5
COLOURS = {"site": "36", "işçi": "35", "zamanlayıcı": "33", "posta": "32"}
_plain = not sys.stdout.isatty() or "NO_COLOR" in os.environ


def say(text: str) -> None:
    print(text, flush=True)


def seconds(duration: float) -> str:
    return f"{duration:.1f} sn".replace(".", ",")


@contextmanager
def step(number: int, done: str, began: float | None = None) -> Iterator[None]:
    """Announce the step when it is done, with the time it took."""
    began = began or time.time()
    yield
    say(f"{number}/{STEPS} {done}  {seconds(time.time() - began)}")


def line_of(program: str, text: str) -> str:
    label = f"{program:<11} |"
    return f"{label} {text}" if _plain else f"\033[{COLOURS.get(program, '0')}m{label}\033[0m {text}"
