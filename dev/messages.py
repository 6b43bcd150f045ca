"""The Turkish catalogue: collect source texts, keep translations, compile. Needs no gettext tools.

    python -m dev.messages            # collect into locale/tr/…/django.po and compile
    python -m dev.messages --check    # fail on a hole, a stale entry or an old .mo

Python files are read by Babel; Django's own `templatize` turns templates into something it can read.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import extract
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "locale" / "tr" / "LC_MESSAGES" / "django.po"
VENDOR = [ROOT / "locale" / "vendor" / "tr" / "LC_MESSAGES" / f"{name}.po" for name in ("django", "djangojs")]
LEFT_OUT = {".venv", "var", "tests", "migrations", "dev"}
KEYWORDS = {
    "_": None,
    "_now": None,  # gettext beside gettext_lazy
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
HEADER = "# Turkish texts of Diji.vet. Kept by `make messages`."
NOISE = re.compile(rb'"(?!Content-Type|Language:|Plural-Forms|MIME|Content-Transfer)[A-Z][A-Za-z-]+: .*\n')
PYTHON_FORMAT = re.compile(r"%(?:\(\w+\))?[sd]")


def collect() -> Catalog:
    """Every source text of the project, with the places where it stands."""
    catalogue = Catalog(locale="tr", domain="django", header_comment=HEADER, charset="utf-8", fuzzy=False)
    for path in sources():
        place = str(path.relative_to(ROOT))
        for _line, message, _comments, context in texts(path):
            catalogue.add(message, None, [(place, 0)], context=context)
    return catalogue


def sources() -> Iterator[Path]:
    for pattern in ("**/*.py", "**/*.html", "**/*.txt"):
        for path in sorted(ROOT.glob(pattern)):
            parts = set(path.relative_to(ROOT).parts)
            if not parts & LEFT_OUT and (path.suffix == ".py" or "templates" in parts):
                yield path


def texts(path: Path) -> Iterator[tuple]:
    text = path.read_text()
    if path.suffix != ".py":
        lines = templatize(text, origin=str(path)).splitlines()
        text = "\n".join(line.strip() for line in lines)  # indents mean something to Python
    return extract.extract("python", io.BytesIO(text.encode()), KEYWORDS, options={"encoding": "utf-8"})


def merged() -> Catalog:
    """The collected texts with the translations we have; what nobody uses any more is gone."""
    fresh = collect()
    known = read(CATALOGUE) if CATALOGUE.exists() else Catalog(locale="tr")
    for message in fresh:
        old = known.get(message.id, context=message.context) if message.id else None
        if old and old.string:
            message.string = old.string
    return fresh


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="tr", domain="django")


def as_po(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, sort_output=True, omit_header=False, include_lineno=False)
    header, gap, entries = buffer.getvalue().partition(b"\n\n")
    return NOISE.sub(b"", header) + gap + entries


def as_mo(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    catalogue.creation_date = catalogue.revision_date = EPOCH  # the same texts give the same bytes
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def holes(catalogue: Catalog) -> list[str]:
    """Texts without a Turkish one, or whose placeholders differ."""
    return [str(message.id) for message in catalogue if message.id and not _is_sound(message)]


def _is_sound(message) -> bool:
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    wanted = set(PYTHON_FORMAT.findall(ids[-1]))
    return all(text and set(PYTHON_FORMAT.findall(text)) <= wanted for text in strings)


def write() -> list[str]:
    catalogue = merged()
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(as_po(catalogue))
    for path in (CATALOGUE, *VENDOR):
        if path.exists():
            path.with_suffix(".mo").write_bytes(as_mo(read(path)))
    return holes(catalogue)


def problems() -> list[str]:
    """What `--check` complains about."""
    catalogue = merged()
    found = [f"no Turkish text: {text}" for text in holes(catalogue)]
    if CATALOGUE.read_bytes() != as_po(catalogue):
        found.append("locale/tr is out of date: run `make messages`")
    for path in (CATALOGUE, *VENDOR):
        if path.exists() and path.with_suffix(".mo").read_bytes() != as_mo(read(path)):
            found.append(f"{path.relative_to(ROOT)} is newer than its .mo: run `make messages`")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.messages")
    parser.add_argument("--check", action="store_true")
    found = problems() if parser.parse_args().check else [f"no Turkish text: {text}" for text in write()]
    print("\n".join(found) if found else "Catalogue complete.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
