"""Word-level comparison."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal import differences, texts


def told(old: str, new: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in differences.words(old, new)]


def clause(key: str, text: str = "Metin.") -> SimpleNamespace:
    return SimpleNamespace(
        key=key, heading=key, html=f"<p>{text}</p>", brief="", sha256=texts.digest(key, text)
    )


def test_words_are_marked_not_letters():
    assert told("bakiyeye eklenir.", "bakiyeye eklenir ve süresi dolmaz.") == [
        ("same", "bakiyeye "),
        ("removed", "eklenir"),
        ("added", "eklenir ve süresi dolmaz"),
        ("same", "."),
    ]


@pytest.mark.parametrize("text", ["", "Aynı.", "İki cümle. 1.234,50 ₺"])
def test_the_same_text_has_no_difference(text):
    assert {kind for kind, _ in told(text, text)} <= {"same"}


WORDS = st.lists(
    st.sampled_from(["iade", "İptal", "14", "gün,", "₺1.234,50", "Diji.vet’te", "–"]), max_size=12
)


@given(WORDS, WORDS)
def test_pieces_give_back_both_texts(left, right):
    old, new = " ".join(left), " ".join(right)
    pieces = differences.words(old, new)

    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == new


def test_removed_clauses_stand_where_they_stood():
    old = [clause("a"), clause("b"), clause("c"), clause("d")]
    new = [clause("a"), clause("x"), clause("c", "Başka."), clause("d")]

    found = [(each.kind, each.clause.key) for each in differences.clauses(old, new)]

    assert found == [("same", "a"), ("removed", "b"), ("added", "x"), ("changed", "c"), ("same", "d")]


def test_a_first_clause_that_is_removed_stays_first():
    assert [each.clause.key for each in differences.clauses([clause("a"), clause("b")], [clause("b")])] == [
        "a",
        "b",
    ]


def test_a_change_of_form_is_told_apart_from_a_change_of_words():
    bold = SimpleNamespace(key="a", heading="a", html="<p><b>Metin.</b></p>", brief="", sha256="x")

    (found,) = differences.clauses([clause("a")], [bold])

    assert (found.kind, found.is_wording) == ("changed", False)


def test_a_long_clause_is_compared_quickly():
    old = " ".join(f"sözcük{number}" for number in range(2000))

    assert told(old, old.replace("sözcük1000", "başka"))[1] == ("removed", "sözcük1000 ")


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>Bir</p><p>iki</p>", "Bir iki"),
        ("<ul><li>bir</li><li>iki</li></ul>", "bir iki"),
        ("<p>a &amp; b&nbsp;c</p>", "a & b c"),
    ],
)
def test_plain_words(markup, words):
    assert texts.plain(markup).replace("\xa0", " ") == words
