"""The way of an electronic original: three steps, honest about what is not known, never sent twice as two."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.states import MoveRefused
from finance import documents
from finance.documents import earchive, rule_set
from finance.documents.earchive import Carrier, NoAnswer, Outcome
from finance.documents.states import E_MOVES
from finance.models import Document, EState
from tests.factories import teams
from tests.factories.finance import invoice

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.E_ARCHIVE_FOLDER = tmp_path
    return tmp_path


@pytest.fixture
def shop(bora):
    return teams.verified(bora)


def step(document, minutes=0):
    earchive.go_on(now=NOW() + timedelta(minutes=minutes))
    document.refresh_from_db()
    return document.e_state


@pytest.mark.parametrize(
    ("reference", "way"),
    [("P-1", ["sent", "accepted"]), ("P RED", ["sent", "refused"]), ("P SUS", ["unknown", "accepted"])],
)
def test_the_way_of_a_document(shop, ayse, reference, way):
    made = invoice(shop, ayse, reference=reference)
    assert [step(made), step(made, 2)] == way
    assert (made.e_channel, made.e_at is not None) == ("yerel", True)
    assert step(made, 4) == way[-1]


def test_a_receipt_is_not_sent(ayse):
    made = invoice(None, ayse, kind="receipt")
    assert (made.e_state, step(made)) == ("not_needed", "not_needed")


def test_the_rules_say_no_before_anybody_is_asked(bora, ayse, folder):
    made = invoice(teams.business(bora), ayse)  # without a tax number
    assert step(made) == EState.REFUSED
    assert (made.e_channel, list(folder.iterdir())) == ("kural", [])
    assert made.e_note


def test_without_a_carrier_it_waits(shop, ayse, settings):
    settings.E_ARCHIVE = ""
    assert step(invoice(shop, ayse)) == EState.WAITING


class Dying(Carrier):
    """A worker that dies while it speaks: after the hand-over, before the answer is written."""

    code = "test"
    handed: list[str] = []

    def send(self, *, number, ettn, xml):
        self.handed.append(ettn)
        raise SystemExit

    def look_up(self, *, number, ettn):
        return Outcome(EState.ACCEPTED if ettn in self.handed else EState.WAITING, "r")


def test_a_death_in_between_is_asked_about_and_not_sent_again(shop, ayse, settings, monkeypatch):
    settings.E_ARCHIVE = f"{__name__}.Dying"
    made = invoice(shop, ayse)
    with pytest.raises(SystemExit):
        step(made)
    made.refresh_from_db()
    assert made.e_state == EState.UNKNOWN
    assert step(made) == EState.UNKNOWN  # the next question waits a minute
    assert step(made, 2) == EState.ACCEPTED
    assert Dying.handed == [str(made.ettn)]


def test_what_the_carrier_does_not_know_is_handed_over_again(shop, ayse, folder):
    made = invoice(shop, ayse)
    step(made)
    for file in folder.iterdir():
        file.unlink()
    assert [step(made, 2), step(made, 4)] == ["waiting", "sent"]


def test_silence_is_never_taken_for_refused(shop, ayse, monkeypatch):
    made = invoice(shop, ayse)
    step(made)

    def silent(self, **_):
        raise NoAnswer("ağ yok")

    monkeypatch.setattr("finance.documents.earchive.local.Local.look_up", silent)
    assert step(made, 2) == EState.SENT
    assert made.e_note == "ağ yok"


@pytest.mark.parametrize("source", EState.values)
@pytest.mark.parametrize("target", EState.values)
def test_every_pair_of_states(shop, ayse, source, target):
    made = invoice(shop, ayse)
    Document.objects.filter(pk=made.pk).update(e_state=source, e_channel="yerel")
    if E_MOVES.allows(source, target):
        return E_MOVES.move(made, target, event="finance.test")
    with pytest.raises(MoveRefused):
        E_MOVES.move(made, target, event="finance.test")


def test_the_database_wants_the_carrier_named(shop, ayse):
    made = invoice(shop, ayse)
    with pytest.raises(IntegrityError, match="sent_document_names_its_carrier"), transaction.atomic():
        Document.objects.filter(pk=made.pk).update(e_state=EState.ACCEPTED)


def test_the_rules_are_installed_where_we_test():
    assert rule_set.is_here()


def test_what_a_receipt_gives_back_is_not_sent_either(ayse):
    made = invoice(None, ayse, kind="receipt")
    back = documents.issue_credit(key="back", of=made, amount=made.gross, now=made.issued_at)
    assert (back.e_state, back.series) == (EState.NOT_NEEDED, "MAK")
