"""The proofs of the legal room can fail."""

from __future__ import annotations

import pytest
from django.db import connection

from core import proofs
from core.proofs import State
from tests.factories import legal

pytestmark = pytest.mark.django_db


def tamper(statement: str) -> None:
    """As someone could who owns the database: without the triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("legal_version", "legal_clause"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE legal_clause SET html = '<p>Başka</p>' WHERE key = 'iade-2'",
        "UPDATE legal_clause SET brief = 'Başka' WHERE key = 'iade-2'",
        "UPDATE legal_version SET title = 'Başka'",
        "DELETE FROM legal_clause WHERE key = 'iade-3'",
    ],
)
def test_a_tampered_version_breaks_the_proof(document, statement):
    legal.publish(document)
    assert proofs.examine("legal.versions_unchanged").state == State.OK

    tamper(statement)

    result = proofs.examine("legal.versions_unchanged")
    assert result.state == State.FAILED
    assert "iade 1 (tr)" in result.detail


def test_the_privacy_pages_have_to_be_open_and_in_force(section):
    assert proofs.examine("legal.privacy_pages_open").state == State.FAILED
    pages = [legal.document(section, key=key) for key in ("kvkk", "gizlilik")]
    assert proofs.examine("legal.privacy_pages_open").detail == "kvkk, gizlilik"
    for page in pages:
        legal.publish(page)
    assert proofs.examine("legal.privacy_pages_open").state == State.OK

    pages[1].unpublish()

    assert proofs.examine("legal.privacy_pages_open").detail == "gizlilik"
