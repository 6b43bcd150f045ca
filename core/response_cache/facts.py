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
    if not settings.RESPONSE_CACHE:
        return make()
    found = store.read(PREFIX + key)
    if found.answer:
        return json.loads(found.answer.content)
    facts = make()
    answer = HttpResponse(json.dumps(facts).encode())
    store.write(PREFIX + key, answer, tags=tags | {EVERYTHING}, snapshot=found.snapshot, keep_for=LONGEST)
    return facts
