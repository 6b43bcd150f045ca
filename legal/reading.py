"""What a reader sees of one document: the version in force, an old one, a comparison, an editor's draft."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from core import clauses as citations

from . import differences, queries
from .models import Clause, DocumentPage, Version


def current(page: DocumentPage) -> dict[str, Any]:
    """The version in force with the notice of the next one. Before the first has begun, that one."""
    version, coming = page.version, page.coming
    if version is None:
        version, coming = coming, None
    found = _context(page, version)
    return found | {
        "coming": coming,
        "changed": _mark(found["clauses"], version, coming),
        "citing": citations.citing(page.key, page.locale.language_code),
        "is_current": True,
    }


def one(page: DocumentPage, number: int) -> dict[str, Any] | None:
    version = _find(page, number)
    return _context(page, version) | {"coming": None, "is_current": False} if version else None


def draft(page: DocumentPage) -> dict[str, Any]:
    version = Version(
        document=page.key,
        locale=page.locale.language_code,
        number=len(page.history) + 1,
        title=page.title,
        summary=page.changes,
        effective_from=page.effective_from or timezone.localdate(),
        sha256=page.fingerprint,
    )
    rows = [
        Clause(key=text.key, heading=text.heading, html=text.html, brief=text.brief) for text in page.written
    ]
    return {"version": version, "clauses": rows, "versions": page.history, "is_current": True, "coming": None}


def comparison(page: DocumentPage, a: Any, b: Any) -> dict[str, Any] | None:
    """Two versions side by side. Without numbers: the last two. Unknown numbers are not there."""
    history = page.history
    if len(history) < 2:
        return None
    old, new = _find(page, a or history[1].number), _find(page, b or history[0].number)
    if old is None or new is None:
        return None
    found = queries.difference(old, new)
    return {
        "old": old,
        "new": new,
        "versions": history,
        "differences": found,
        "touched": [each for each in found if each.kind != differences.SAME],
        "version": new,
    }


def _context(page: DocumentPage, version: Version | None) -> dict[str, Any]:
    rows = list(version.clauses.all()) if version else []
    return {"version": version, "clauses": rows, "versions": page.history}


def _find(page: DocumentPage, number: Any) -> Version | None:
    wanted = str(number)
    return next((one for one in page.history if str(one.number) == wanted), None)


def _mark(rows: list[Any], version: Version | None, coming: Version | None) -> list[differences.Difference]:
    """What the coming version says differently: counted above the text, shown at each clause."""
    if version is None or coming is None:
        return []
    found = differences.clauses(rows, coming.clauses.all())
    changed = [each for each in found if each.kind != differences.SAME]
    by_key = {each.clause.key: each for each in changed}
    for row in rows:
        row.change = by_key.get(row.key)
    return changed
