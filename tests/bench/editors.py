"""What editors do, with our reactions and without them: processor time of Python and SQL statements."""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import signals as models
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from wagtail import signals as wagtail
from wagtail.models import Page

from core.pages import ContentPage

from .reads import first_question

ROOMS = {name.split(".")[0] for name in settings.OWN_APPS}
SIGNALS = [
    *(models.pre_save, models.post_save, models.pre_delete, models.post_delete),
    *(wagtail.page_published, wagtail.page_unpublished),
]
Prepare = Callable[[], Callable[[], Any]]
together = transaction.atomic  # one transaction, as the back office makes of it


def run(stack: Any, options: argparse.Namespace) -> None:
    page = first_question()
    print(f"\n{'of an editor':<26}{'SQL':>5}{'stock':>7}{'CPU ms':>9}{'stock':>7}{'ratio':>7}")
    with override_settings(RESPONSE_CACHE=True):
        compare("save a draft", lambda: together(page.save_revision), options.publications)
        compare("publish", lambda: together(page.save_revision().publish), options.publications)
    for name, action in by_hand(page).items():
        action()
        print(f"{name:<26}{statements(action):>5}")


def compare(name: str, prepare: Prepare, rounds: int) -> None:
    """`prepare` gives the action to be measured; ours and stock take turns."""
    figures: dict[str, list[float]] = {"ours": [], "stock": []}
    for _ in range(rounds):
        figures["ours"].append(processor_ms(prepare()))
        with without_ours():
            figures["stock"].append(processor_ms(prepare()))
    asked = statements(prepare())
    with without_ours():
        asked_stock = statements(prepare())
    cpu, stock = (statistics.median(values) for values in figures.values())
    print(f"{name:<26}{asked:>5}{asked_stock:>7}{cpu:>9.1f}{stock:>7.1f}{cpu / stock:>7.2f}")


def processor_ms(action: Callable[[], Any]) -> float:
    before = time.process_time()
    action()
    return 1000 * (time.process_time() - before)


def statements(action: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as queries:
        action()
    return len(queries)


@contextmanager
def without_ours() -> Iterator[None]:
    """The same page as stock Wagtail handles it: Wagtail saves it, and nothing of ours hears a signal."""
    before = [(signal, signal.receivers) for signal in SIGNALS]
    own_save = ContentPage.save
    try:
        ContentPage.save = Page.save
        for signal, receivers in before:
            _set(signal, [entry for entry in receivers if _room(entry[1]) not in ROOMS])
        yield
    finally:
        ContentPage.save = own_save
        for signal, receivers in before:
            _set(signal, receivers)


def _set(signal: Any, receivers: list[Any]) -> None:
    with signal.lock:
        signal.receivers = receivers
        signal.sender_receivers_cache.clear()


def _room(reference: Any) -> str:
    receiver = reference() if hasattr(reference, "__callback__") else reference
    return getattr(receiver, "__module__", "").split(".")[0]


def by_hand(page: Any) -> dict[str, Callable[[], Any]]:
    """Through the back office, as a person with all rights."""
    from accounts.models import User
    from tests.factories import editorial

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.filter(is_superuser=True)[0])
    address = editorial.edit_address(page)

    def send(**action: str) -> None:
        answer = client.post(address, editorial.form(page.title, slug=page.slug, **action))
        assert answer.status_code == 302, answer.content[:2000]

    return {
        "open the editor": lambda: client.get(address),
        "save in the back office": send,
        "publish in the back office": lambda: send(**{"action-publish": "1"}),
    }
