"""T44, T47, T48, T52, T53: what every answer carries, and what odd input and errors may not do."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import get_resolver

from accounts.models import User
from tests.house.test_settings import manage

pytestmark = pytest.mark.django_db

LOOK_ALIKES = [
    "ılker@ornek.test",
    "İlker@ornek.test",
    "ILKER@ornek.test ",
    "ilKer@ornek.test",
    "ｉlker@ornek.test",
]
ODD = [
    "‮ilker@ornek.test",
    "ilker@ornek.test\0",
    "a" * 300 + "@ornek.test",
    "@",
    "ſam@ornek.test",
    "<script>@x.y",
]


@pytest.mark.trust("T44")
def test_look_alike_addresses(verdict, person):
    owner = person("İlker", "Su", email="ilker@ornek.test")
    person("Sam", "Su", email="sam@ornek.test")
    client, matched, errors = Client(raise_request_exception=False), 0, 0
    for typed in LOOK_ALIKES + ODD:
        answer = client.post("/hesap/giris/", {"login": typed, "password": "uzun bir cumle yeter"})
        errors += answer.status_code >= 500
        is_same = typed.strip().lower() == owner.email and typed.isascii()
        matched += "_auth_user_id" in client.session and not is_same
        client.logout()
    verdict(f"{matched} cross-account, {errors} × 5xx", "0, 0", matched == errors == 0)
    assert User.objects.count() == 2


@pytest.mark.trust("T47")
def test_deploy_check(verdict):
    done = manage("check", "--deploy", "--fail-level", "WARNING")
    verdict(done.stdout.strip() or done.stderr.strip()[-200:], "0 issues", done.returncode == 0)


def addresses() -> list[str]:
    """Every address of ours that needs no argument, as seen by a visitor."""
    from django.urls import NoReverseMatch, reverse

    found = {"/", "/en/", "/olmayan-sayfa/", "/yardim/", "/magaza/"}
    for name in get_resolver().reverse_dict:
        if isinstance(name, str):
            try:
                found.add(reverse(name))
            except NoReverseMatch:
                continue
    return sorted(found)


REQUIRED = {
    "Content-Security-Policy": "object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "",
    "Permissions-Policy": "camera=(), microphone=()",
}


@pytest.mark.trust("T48")
def test_headers_of_every_address(verdict, client):
    bare = []
    for address in addresses():
        answer = client.get(address)
        bare += [
            f"{address} {name}"
            for name, part in REQUIRED.items()
            if part not in answer.headers.get(name, "-missing-")
        ]
        policy = answer.headers.get("Content-Security-Policy", "")
        if not address.startswith("/yonetim/") and "unsafe" in policy:
            bare.append(f"{address} unsafe")
    verdict(f"{len(addresses())} addresses, {bare[:5]}", "all headers", not bare)


@pytest.mark.trust("T52")
def test_provoked_errors_tell_nothing(verdict, client, monkeypatch):
    def breaks(*_, **__):
        raise RuntimeError("SELECT secret FROM /etc/settings")

    client.raise_request_exception = False
    monkeypatch.setattr("core.panel.Dashboard.get", breaks)
    monkeypatch.setattr("core.panel.Dashboard.dispatch", breaks)
    answer = client.get("/panel/")
    body = answer.content.decode()
    told = [word for word in ("SELECT", "secret", "Traceback", "settings", "RuntimeError") if word in body]
    verdict(f"{answer.status_code}, told {told}", "500, nothing", answer.status_code == 500 and not told)


@pytest.mark.trust("T53")
def test_no_canary_in_logs(verdict, client, capfd, person):
    person("Ayşe", "Yıldız", email="kanarya@ornek.test")
    client.post("/hesap/giris/", {"login": "kanarya@ornek.test", "password": "KANARYA-SIFRE-123"})
    client.post("/hesap/sifre/sifirla/", {"email": "kanarya@ornek.test"})
    client.get("/yardim/ara/?q=kanarya@ornek.test 5528790000000008")
    written = "".join(capfd.readouterr())
    seen = [word for word in ("KANARYA-SIFRE-123", "kanarya@", "5528790000000008") if word in written]
    verdict(f"{len(written)} characters, seen {seen}", "0 canaries", not seen)
