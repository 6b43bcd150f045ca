"""Hesap > Onaylarım: given for one purpose, taken back at a click, each with its evidence."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import purposes, queries, services
from accounts.models import Consent
from core.models import Line
from legal import services as legal

from .test_data import version

CONSENTS = "/panel/onaylarim/"


@pytest.fixture
def newsletter(monkeypatch):
    monkeypatch.setattr(purposes, "_purposes", {})
    return purposes.purpose("newsletter.email", title="Aylık bülten", text="Ayda bir e-posta.")


def states(user) -> list[str]:
    return list(Consent.objects.filter(user=user).order_by("pk").values_list("state", flat=True))


def test_nothing_is_allowed_by_itself(client, ayse, newsletter):
    client.force_login(ayse)
    body = client.get(CONSENTS).content.decode()
    assert "Aylık bülten" in body
    assert "izin yok" in body
    assert not Consent.objects.exists()


def test_given_and_taken_back_with_one_press_each(client, ayse, newsletter):
    client.force_login(ayse)
    client.post(CONSENTS, {"purpose": newsletter.code, "decision": "give"})
    row = Consent.objects.get()
    assert row.evidence["words"] == {"title": "Aylık bülten", "text": "Ayda bir e-posta."}
    assert set(row.evidence) == {"path", "ip", "locale", "words"}
    client.post(CONSENTS, {"purpose": newsletter.code, "decision": "give"})
    assert states(ayse) == ["given"], "a second press adds nothing"
    client.post(CONSENTS, {"purpose": newsletter.code, "decision": "withdraw"})
    assert states(ayse) == ["given", "withdrawn"]
    assert not queries.permissions_of(ayse)[0].is_given
    names = Line.objects.filter(name__contains="consent").order_by("pk").values_list("name", flat=True)
    assert list(names) == ["accounts.consent_given", "accounts.consent_withdrawn"]


@pytest.mark.parametrize("purpose", ["", "no.such", "x" * 5000, "a\0"])
def test_unknown_purposes_are_not_found(client, ayse, newsletter, purpose):
    client.force_login(ayse)
    assert client.post(CONSENTS, {"purpose": purpose, "decision": "give"}).status_code == 404


def test_acceptances_and_notices_are_listed_without_a_button(client, ayse):
    found = version()
    legal.accept(user=ayse, version=found, context="sign-up", now=timezone.now())
    legal.note_read(user=ayse, version=found, context="sign-up", now=timezone.now())
    client.force_login(ayse)
    body = client.get(CONSENTS).content.decode()
    assert body.count("Kullanım koşulları") == 2
    assert "kabul edildi" in body
    assert "gösterildi" in body
    assert body.count('name="decision"') == 1, "that of the newsletter, which is a consent"


def test_nobody_sees_anothers(client, ayse, deniz):
    legal.accept(user=ayse, version=version(), context="sign-up", now=timezone.now())
    client.force_login(deniz)
    assert "Kullanım koşulları" not in client.get(CONSENTS).content.decode()


def test_database_knows_two_decisions(ayse):
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(user=ayse, purpose="x", state="maybe", at=timezone.now(), evidence={})


def test_one_proof_costs_as_many_questions_as_twenty(client, ayse, newsletter):
    client.force_login(ayse)
    found = version()

    def questions(path: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        return len(asked)

    for _warm in range(2):
        client.get(CONSENTS)
    legal.accept(user=ayse, version=found, context="0", now=timezone.now())
    before = questions(CONSENTS)
    for number in range(1, 20):
        legal.accept(user=ayse, version=found, context=str(number), now=timezone.now())
        decide = services.give_consent if number % 2 else services.withdraw_consent
        purpose = newsletter if number % 2 else newsletter.code
        decide(user=ayse, purpose=purpose, now=timezone.now(), evidence={})
    assert questions(CONSENTS) == before


def test_one_request_costs_as_many_questions_as_twenty(client, ayse):
    client.force_login(ayse)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/panel/verilerim/")
        return len(asked)

    def ask() -> None:
        request = services.ask_for_data(user=ayse, kind="object", text="x", now=timezone.now())
        services.withdraw_request(request=request, by=ayse, now=timezone.now())

    ask()
    questions()
    before = questions()
    for _ in range(19):
        ask()
    assert questions() == before
