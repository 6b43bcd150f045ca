from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from core import journal, proofs
from core.models import Line, ProofResult
from core.proofs import Result, State


@pytest.fixture
def registry(monkeypatch):
    monkeypatch.setattr(proofs, "_proofs", {})


@pytest.mark.django_db
def test_last_result_is_kept_with_its_time(registry):
    answers = iter([Result(State.OK, "Tamam", "12/12"), Result(State.FAILED, "Tutmuyor")])
    proofs.proof("tests.promise", title="A promise")(lambda: next(answers))

    first = proofs.check("tests.promise")
    assert (first.state, first.public, first.detail, first.is_fresh) == ("ok", "Tamam", "12/12", True)
    proofs.check_all()
    assert ProofResult.objects.get().state == "failed"


@pytest.mark.django_db
def test_proof_that_breaks_is_unknown_never_ok(registry):
    @proofs.proof("tests.broken", title="Broken")
    def broken():
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM no_such_table")

    result = proofs.check("tests.broken")
    assert result.state == State.UNKNOWN
    assert "no_such_table" in result.detail
    assert "no_such_table" not in result.public


@pytest.mark.django_db
def test_journal_proof_sees_late_and_parked_lines():
    assert proofs.check("core.journal_delivers").state == State.OK

    line = journal.write("tests.unheard")
    late = timezone.now() - timedelta(minutes=6)
    Line.objects.filter(pk=line.pk).update(handled_at=None, due_at=late)
    assert proofs.check("core.journal_delivers").state == State.DEGRADED

    Line.objects.filter(pk=line.pk).update(parked_at=late)
    assert proofs.check("core.journal_delivers").state == State.FAILED


def test_old_result_proves_nothing():
    assert not ProofResult(checked_at=timezone.now() - timedelta(hours=2)).is_fresh
