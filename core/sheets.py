"""Files for spreadsheets, row by row, so that ten thousand need no more memory than ten."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

MARK = "\ufeff"  # so that Excel reads it as UTF-8
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    def write(self, value: str) -> str:
        return value


def written(heads: Iterable[object], rows: Iterable[Iterable[str]], *, delimiter: str = ";") -> Iterator[str]:
    """What people typed is never a formula. Semicolons, as Excel expects in Turkish."""
    writer = csv.writer(_Echo(), delimiter=delimiter)
    yield MARK + writer.writerow([str(head) for head in heads])
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def harmless(cell: str) -> str:
    """Quoted where a spreadsheet would run it."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell
