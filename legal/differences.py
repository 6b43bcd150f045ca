"""What has changed between two versions, clause by clause and word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from . import texts

WORDS = re.compile(r"(?:\w+(?:[’'.-]\w+)*|[^\w\s])\s*")
SAME, ADDED, REMOVED, CHANGED = "same", "added", "removed", "changed"


@dataclass(frozen=True)
class Piece:
    """`kind` is same, added or removed."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One clause in both versions; `old` or `new` is None where it does not exist."""

    kind: str
    old: Any
    new: Any

    @property
    def clause(self) -> Any:
        return self.new or self.old

    @property
    def is_wording(self) -> bool:
        """False when only the form changed, such as a word that is bold now."""
        pieces = [*self.heading, *self.text, *self.brief]
        return any(piece.kind != SAME for piece in pieces)

    @property
    def is_brief_changed(self) -> bool:
        return any(piece.kind != SAME for piece in self.brief)

    @property
    def heading(self) -> list[Piece]:
        return words(getattr(self.old, "heading", ""), getattr(self.new, "heading", ""))

    @property
    def text(self) -> list[Piece]:
        return words(plain_of(self.old), plain_of(self.new))

    @property
    def brief(self) -> list[Piece]:
        return words(getattr(self.old, "brief", ""), getattr(self.new, "brief", ""))


def plain_of(clause: Any) -> str:
    return texts.plain(clause.html) if clause else ""


def clauses(old: Iterable[Any], new: Iterable[Any]) -> list[Difference]:
    """In the order of the new version; what was removed stands where it stood among its neighbours."""
    before = {clause.key: clause for clause in old}
    after = {clause.key: clause for clause in new}
    return [_difference(before.get(key), after.get(key)) for key in _order(list(before), list(after))]


def _difference(old: Any, new: Any) -> Difference:
    if old and new:
        return Difference(SAME if old.sha256 == new.sha256 else CHANGED, old, new)
    return Difference(ADDED if new else REMOVED, old, new)


def _order(before: list[str], after: list[str]) -> list[str]:
    """Each removed clause follows the one it used to follow."""
    order = list(after)
    for place, key in enumerate(before):
        if key not in after:
            order.insert(order.index(before[place - 1]) + 1 if place else 0, key)
    return order


def words(old: str, new: str) -> list[Piece]:
    """Pieces that, read without the removed ones, give the new text, and without the added ones the old."""
    left, right = WORDS.findall(old.strip()), WORDS.findall(new.strip())
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece(SAME, "".join(left[a:b])))
            continue
        if b > a:
            pieces.append(Piece(REMOVED, "".join(left[a:b])))
        if d > c:
            pieces.append(Piece(ADDED, "".join(right[c:d])))
    return pieces
