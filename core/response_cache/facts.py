"""Small facts that stand on every page and hardly ever change, kept like answers and as exact.

    facts.kept("frame:tr:diji.vet", {FRAME}, make)

`make` returns what JSON can hold. One query finds what is kept and proves that it still holds.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from . import store
from .tags import EVERYTHING, LONGEST

PREFIX = "facts:"  # what begins like this is no address, so the worker does not ask for it


def kept(key: str, tags: set[str], make: Callable[[], Any]) -> Any:
    return json.loads(written(key, tags, make))


def written(key: str, tags: set[str], make: Callable[[], Any]) -> str:
    """The same as a text, for those who remember what they made of the very same one."""
    if not settings.RESPONSE_CACHE:
        return json.dumps(make())
    found = store.read(PREFIX + key)
    if found.answer:
        return found.answer.content.decode()
    facts = json.dumps(make())
    answer = HttpResponse(facts.encode())
    store.write(PREFIX + key, answer, tags=tags | {EVERYTHING}, snapshot=found.snapshot, keep_for=LONGEST)
    return facts
