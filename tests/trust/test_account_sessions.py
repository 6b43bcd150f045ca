"""T45, T59: how long and how strongly people are signed in, and what is left of them when they leave."""

from __future__ import annotations

import json
import time
from datetime import timedelta

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts import factors, services
from tests.accounts.test_data import CANARY, full_life, tables_with  # noqa: F401  (full_life: a fixture)
from tests.conftest import PASSWORD
from tests.house.test_settings import manage

pytestmark = pytest.mark.django_db
SIGN_IN, ASK = "/hesap/giris/", "/hesap/onayla/"
COOKIES = """
import json
from django.conf import settings as s
print(json.dumps([s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,
    s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, s.REQUIRE_SECOND_FACTOR]))
"""


def signed_in(email: str) -> Client:
    client = Client()
    client.post(SIGN_IN, {"login": email, "password": PASSWORD})
    return client


def is_confirmed(client: Client, user) -> bool:
    request = RequestFactory().get("/")
    request.user, request.session = user, client.session
    return factors.recently_confirmed(request)


@pytest.mark.trust("T45")
def test_sessions_are_short_and_strong(verdict, ayse, admin, settings):
    faults = []
    said = json.loads(manage("shell", "-v", "0", "-c", COOKIES).stdout.strip().splitlines()[-1])
    faults += (
        []
        if said == ["__Host-session", "__Host-csrf", True, True, True, "Lax", True]
        else [f"cookies {said}"]
    )

    visitor = Client()
    visitor.get("/magaza/sepet/")
    visitor.session["x"] = 1
    before = visitor.session.session_key
    visitor.post(SIGN_IN, {"login": ayse.email, "password": PASSWORD})
    faults += [] if visitor.session.session_key not in (before, None) else ["no rotation"]

    for hours, step in ((12, 1), (3, 3)):
        with time_machine.travel(timezone.now(), tick=False) as clock:
            staff = signed_in(admin.email)
            staff.get("/yonetim/")
            for _ in range(hours // step):
                clock.shift(timedelta(hours=step))
                faults += [] if staff.get("/yonetim/").status_code == 200 else [f"{hours} h: out too early"]
            clock.shift(timedelta(hours=step, seconds=1))
            faults += [] if staff.get("/yonetim/").status_code == 302 else [f"{hours} h: still in"]

    settings.REQUIRE_SECOND_FACTOR = True
    faults += (
        [] if signed_in(admin.email).get("/yonetim/").status_code == 302 else ["admin with a password alone"]
    )

    with time_machine.travel(time.time(), tick=False) as clock:
        client = signed_in(ayse.email)
        client.post(ASK, {"password": PASSWORD})
        faults += [] if is_confirmed(client, ayse) else ["not confirmed"]
        clock.shift(timedelta(minutes=15, seconds=1))
        faults += ["confirmed too long"] if is_confirmed(client, ayse) else []
    verdict(f"faults {faults}", "all true", not faults)


@pytest.fixture(autouse=True)
def _private_files(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as travelled:
        yield travelled


@pytest.mark.trust("T59")
def test_nothing_is_left_outside_the_hold_list(verdict, full_life, clock):  # noqa: F811
    from core import journal

    words = (CANARY, "5559998877", "203.0.113.77")
    before = tables_with(*words)
    services.begin_closing(user=full_life, by=full_life, now=timezone.now())
    clock.shift(timedelta(days=30))
    services.erase_due(now=timezone.now())
    journal.sweep()
    left = tables_with(*words) - {"accounts_consent.evidence", "legal_acceptance.ip"}
    verdict(
        f"{len(before)} columns before, {len(left)} after: {sorted(left)}",
        "0 outside the hold list",
        not left,
    )
