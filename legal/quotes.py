"""Lends our clauses to the pages of other rooms (`core.clauses`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Q

from core import clauses
from core.clauses import Newer, Quote, Ref

from . import texts
from .models import Clause, DocumentPage, Version
from .states import Status


@clauses.source
class Documents:
    def quotes(self, refs: Iterable[Ref], language: str) -> dict[Ref, Quote]:
        """Three queries, however many are asked for."""
        refs = {ref for ref in refs if ref.number < 2**31}
        if not refs:
            return {}
        wanted = reduce(or_, (Q(version__document=ref.document, key=ref.clause) for ref in refs))
        rows = Clause.objects.filter(wanted).select_related("version").order_by("version__number")
        shelf = Shelf(rows, {ref.document for ref in refs}, language)
        found = {ref: shelf.quote(ref) for ref in refs}
        return {ref: quote for ref, quote in found.items() if quote}

    def choices(self) -> list[Any]:
        """All clauses of the binding versions, the newest version of each document first."""
        binding = Version.objects.filter(locale=settings.LANGUAGE_CODE).prefetch_related("clauses")
        return [
            (
                f"{version.title} · {version.number} · {version.get_status_display()}",
                [
                    (str(Ref(version.document, version.number, row.key)), f"{version.number} · {row.heading}")
                    for row in version.clauses.all()
                ],
            )
            for version in binding.order_by("document", "-number")
        ]


class Shelf:
    """The clauses asked for in all their versions, and where the documents stand."""

    def __init__(self, rows: Iterable[Clause], documents: set[str], language: str) -> None:
        self.language = language
        self.rows: dict[tuple[str, str, str], list[Clause]] = defaultdict(list)
        for row in rows:
            self.rows[row.version.document, row.version.locale, row.key].append(row)
        pages = DocumentPage.objects.live().filter(key__in=documents).select_related("locale")
        self.urls = {(page.key, page.locale.language_code): page.url for page in pages.defer_streamfields()}
        self.versions: dict[tuple[str, str], list[Version]] = defaultdict(list)
        for version in Version.objects.filter(document__in=documents).order_by("number"):
            self.versions[version.document, version.locale].append(version)

    def quote(self, ref: Ref) -> Quote | None:
        row = self._in_language(ref) or self._binding(ref)
        if row is None:
            return None
        version = row.version
        return Quote(
            document=ref.document,
            title=version.title,
            number=version.number,
            effective_from=version.effective_from,
            clause=ref.clause,
            heading=row.heading,
            text=row.text,
            url=self._url(row),
            language=version.locale,
            is_in_force=version.status == Status.EFFECTIVE,
            newer=self._newer(row),
        )

    def _binding(self, ref: Ref) -> Clause | None:
        rows = self.rows[ref.document, settings.LANGUAGE_CODE, ref.clause]
        return next((row for row in rows if row.version.number == ref.number), None)

    def _in_language(self, ref: Ref) -> Clause | None:
        """The translation of just that version, the newest where it was corrected."""
        rows = self.rows[ref.document, self.language, ref.clause]
        return next((row for row in reversed(rows) if row.version.translated_number == ref.number), None)

    def _newer(self, row: Clause) -> Newer | None:
        """The first later version in which the clause reads differently or is missing."""
        document, locale = row.version.document, row.version.locale
        later = {each.version.number: each for each in self.rows[document, locale, row.key]}
        for version in self.versions[document, locale]:
            if version.number > row.version.number and version.was_in_force:
                other = later.get(version.number)
                if other is None or _said(other) != _said(row):
                    begun = version.status != Status.SCHEDULED
                    url = self._url(other) if other else self._address(version)
                    return Newer(version.number, version.effective_from, begun, url)
        return None

    def _url(self, row: Clause) -> str:
        return f"{self._address(row.version)}#{row.key}"

    def _address(self, version: Version) -> str:
        return f"{self.urls.get((version.document, version.locale)) or ''}{version.path}"


def _said(row: Clause) -> tuple[str, str]:
    return row.heading, texts.plain(row.html)
