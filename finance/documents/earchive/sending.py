"""Three steps for each exchange: note it and commit; talk with no row locked; write what was heard."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from django.db.models import F, Q

from core.states import MoveRefused

from ... import events
from ...models import Document, EState
from .. import rule_set, ubl
from ..states import E_MOVES
from .base import Carrier, NoAnswer, Outcome, carrier

ASK_AGAIN = timedelta(minutes=1)
BY_RULES = "kural"  # in place of a carrier: the rules said no before anybody was asked


def send(*, document: Document, now: datetime) -> None:
    """Hand it over, or ask what became of it. Nothing happens where no carrier is named."""
    way = carrier()
    if way is None:
        return
    try:
        if document.e_state == EState.WAITING:
            _hand_over(document, way, now)
        elif document.e_state in (EState.SENT, EState.UNKNOWN):
            _hear(document, way, _ask(document, way), now)
    except MoveRefused:  # somebody else took this step
        return


def go_on(*, now: datetime, seconds: float = 40) -> int:
    """What nobody hurried, for as long as a task may take: waiting ones, and those without a last word."""
    end, done = time.monotonic() + seconds, 0
    if carrier() is None:
        return done
    for pk in _due(now):
        if time.monotonic() > end:
            break
        send(document=Document.objects.get(pk=pk), now=now)
        done += 1
    return done


def _due(now: datetime) -> list[int]:
    later = Q(e_state__in=[EState.SENT, EState.UNKNOWN], e_at__lte=now - ASK_AGAIN)
    rows = Document.objects.filter(Q(e_state=EState.WAITING) | later)
    return list(rows.order_by(F("e_at").asc(nulls_first=True), "pk").values_list("pk", flat=True)[:1000])


def _hand_over(document: Document, way: Carrier, now: datetime) -> None:
    content = ubl.xml(document)
    wrong = rule_set.findings(content) if rule_set.is_here() else []
    if wrong:
        _move(document, EState.REFUSED, now, e_channel=BY_RULES, e_note=wrong[0][:500])
        return
    _move(document, EState.UNKNOWN, now, e_channel=way.code)
    try:
        said = way.send(number=document.number, ettn=str(document.ettn), xml=content)
    except NoAnswer as silence:
        said = Outcome(EState.UNKNOWN, note=str(silence))
    _hear(document, way, said, now)


def _ask(document: Document, way: Carrier) -> Outcome:
    try:
        return way.look_up(number=document.number, ettn=str(document.ettn))
    except NoAnswer as silence:
        return Outcome(EState.UNKNOWN, note=str(silence))


def _hear(document: Document, way: Carrier, said: Outcome, now: datetime) -> None:
    """No answer, and no news, only put off the next question."""
    if said.state in (document.e_state, EState.UNKNOWN):
        waiting = Document.objects.filter(pk=document.pk, e_state=document.e_state)
        waiting.update(e_at=now, e_note=said.note[:500])
        return
    reference = said.reference or document.e_reference
    _move(document, said.state, now, e_reference=reference, e_note=said.note[:500], e_channel=way.code)


def _move(document: Document, target: EState, now: datetime, **changes: str) -> None:
    told = {"number": document.number}
    E_MOVES.move(document, target, event=events.DOCUMENT_E_MOVED, data=told, e_at=now, **changes)
