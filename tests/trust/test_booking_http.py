"""T01 over HTTP: fifty browsers press the same hour, several processes answer."""

from __future__ import annotations

import statistics
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone

from accounts.models import User
from booking import services
from booking.models import Booking
from booking.states import Status
from dijivet.settings import dev
from tests.factories import booking as make
from tests.factories import pets, sales
from tests.stack import Stack
from tests.trust.test_booking import deadlocks, overfull

pytestmark = [pytest.mark.stack]
CROWD, ROUNDS, TOKEN = 50, 10, "a" * 32


class Browser:
    """Somebody with an animal who is signed in."""

    def __init__(self, number: int, base: str) -> None:
        user = User.objects.create_user(f"sahip{number}@ornek.test", None, first_name="S", last_name="A")
        self.pet, client = str(pets.pet(user).public_id), Client()
        with override_settings(SECRET_KEY=dev.SECRET_KEY):  # what the web server reads sessions with
            client.force_login(user)
        self.base, self.session = base, requests.Session()
        self.session.headers["Connection"] = "close"  # the server ends idle ones by itself
        self.session.cookies.set(
            settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value
        )
        self.session.cookies.set(settings.CSRF_COOKIE_NAME, TOKEN)

    def press(self, path: str, starts_at: Any) -> tuple[int, float]:
        given = {"saat": starts_at.isoformat(), "hayvan": self.pet, "csrfmiddlewaretoken": TOKEN}
        began = time.perf_counter()
        answer = self.session.post(self.base + path, given, allow_redirects=False, timeout=60)
        return answer.status_code, time.perf_counter() - began


@pytest.mark.trust("T01")
def test_fifty_browsers_press_one_hour(stack: Stack, verdict):
    stack.web(workers=4)
    owner = User.objects.create_user("bora@ornek.test", None, first_name="Bora", last_name="Aksoy")
    sales.rate(module="appointment")
    clinic = make.clinic(owner)
    offering = make.offering(clinic, make.resource(clinic), step=30)
    crowd, before = [Browser(number, stack.url) for number in range(CROWD)], deadlocks()
    answers: list[Counter] = []
    times: list[float] = []
    for number in range(ROUNDS):
        starts_at = make.at(make.monday(), 9 + number // 2, 30 * (number % 2))
        found = _all_at_once(crowd, offering.get_absolute_url(), starts_at)
        answers.append(Counter(status for status, _seconds in found))
        times += [seconds for _status, seconds in found]
        Booking.objects.filter(status=Status.HELD).update(until=timezone.now())
        services.end_due(now=timezone.now())
    p95 = statistics.quantiles(times, n=20)[-1]
    right = all(one == {302: 1, 409: CROWD - 1} for one in answers)
    figure = f"{[dict(one) for one in answers]}, {deadlocks() - before} deadlocks, p95 {p95:.2f} s"
    passed = right and not overfull() and deadlocks() == before
    verdict(figure, f"{ROUNDS} × (1 taken, {CROWD - 1} × 409), 0 deadlocks", passed)


def _all_at_once(crowd: list[Browser], path: str, starts_at: Any) -> list[tuple[int, float]]:
    with ThreadPoolExecutor(len(crowd)) as pool:
        return list(pool.map(lambda one: one.press(path, starts_at), crowd))
