"""`Moves` on a row that has a status: the proof results' table serves as the guinea pig."""

from itertools import product

import pytest
from django.utils import timezone

from core.models import Line, ProofResult
from core.proofs import State
from core.states import MoveRefused, Moves
from tests.core.rivals import at_once

MOVES = Moves({State.UNKNOWN: {State.OK, State.FAILED}, State.OK: {State.DEGRADED}}, field="state")


def row(state: str = State.UNKNOWN) -> ProofResult:
    return ProofResult.objects.create(code="tests.life", state=state, public="-", checked_at=timezone.now())


@pytest.mark.django_db
@pytest.mark.parametrize(("source", "target"), [*product(State, State)])
def test_every_pair_against_the_table(source, target):
    subject = row(source)
    if target in MOVES.table.get(source, set()):
        MOVES.move(subject, target, event="tests.moved")
        subject.refresh_from_db()
        assert subject.state == target
    else:
        with pytest.raises(MoveRefused):
            MOVES.move(subject, target, event="tests.moved")
        assert not Line.objects.filter(name="tests.moved").exists()


@pytest.mark.django_db
def test_move_saves_changes_and_writes_one_line(ayse):
    subject = row()
    MOVES.move(subject, State.OK, event="tests.moved", actor=ayse, detail="seen")
    subject.refresh_from_db()
    line = Line.objects.get(name="tests.moved")
    assert (subject.state, subject.detail) == (State.OK, "seen")
    assert (line.actor, line.subject, line.data) == (ayse, subject, {"from": "unknown", "to": "ok"})


@pytest.mark.django_db
def test_stale_copy_does_not_decide():
    subject = row()
    stale = ProofResult.objects.get()
    MOVES.move(subject, State.OK, event="tests.moved")
    with pytest.raises(MoveRefused):
        MOVES.move(stale, State.FAILED, event="tests.moved")


@pytest.mark.django_db(transaction=True)
def test_of_ten_at_once_one_wins():
    pk = row().pk
    results = at_once(
        lambda _: MOVES.move(ProofResult.objects.get(pk=pk), State.OK, event="tests.moved"), times=10
    )
    assert sum(result is None for result in results) == 1
    assert sum(isinstance(result, MoveRefused) for result in results) == 9
    assert Line.objects.filter(name="tests.moved").count() == 1
