"""Turkish for the libraries: what the installed versions leave in English, and what we put there.

    python -m dev.vendor_messages            # compile locale/vendor and list what is wrong with it
    python -m dev.vendor_messages --check    # list only

`locale/vendor` wins over the libraries' own catalogues, so it holds what they leave open and, marked as
such, a few texts we say better. What a library can say is read from its source, because its English
catalogue is often older than its code. Its JavaScript is bundled, so there the catalogue has to do.
"""

from __future__ import annotations

import argparse
import ast
import gettext
import os
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.apps import apps

from dev.messages import KEYWORDS, VENDOR, as_mo, read, texts

PACKAGES = ["wagtail", "wagtail_localize", "oscar", "allauth", "taggit", "modelcluster", "treebeard"]
PACKAGES += ["django_tables2", "django_filters", "phonenumber_field", "rest_framework"]
LEFT_OUT = {"test", "tests", "migrations", "project_template", "management"}
OPTIONAL = {"contrib", "allauth"}  # folders of applications of which we install a few
BETTER = "Better than what the library says."
STRINGS = r"""(?:\s*u?(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'))+"""
CALL = re.compile(rf"\b({'|'.join(KEYWORDS)})\(({STRINGS})(?:,({STRINGS}))?(?:,({STRINGS}))?\s*[,)]")
COMMENT = re.compile(r"^\s*#.*", re.MULTILINE)
SPEAKS = re.compile(r"gettext|trans|_\(")
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sdif]|\{\w*\}|</?(?:a|b|br|em|p|span|strong)\b|href=\"[^\"]*\"")

Entry = tuple[str | None, str, bool]  # context, text, whether it is asked for with a number


def entry(message: Message) -> Entry:
    return message.context, forms(message.id)[0], len(forms(message.id)) > 1


def forms(text: Any) -> tuple[str, ...]:
    """A text or its translation: one form, or one for each number."""
    return text if isinstance(text, tuple) else (text,)


@cache
def spoken(domain: str) -> dict[Entry, Message]:
    """Every text the libraries can say, in their order."""
    read_from = spoken_on_the_server if domain == "django" else spoken_in_the_browser
    return {
        entry(message): message
        for package in PACKAGES
        for message in read_from(home_of(package))
        if message.id
    }


def home_of(package: str) -> Path:
    return Path(import_module(package).__file__ or "").parent


def spoken_on_the_server(root: Path) -> Iterator[Message]:
    installed = {config.path for config in apps.get_app_configs()}
    for path in sorted(root.rglob("*.*")):
        if path.suffix in {".py", ".html", ".txt"} and is_used(path, root, installed):
            text = path.read_text()
            if SPEAKS.search(text):
                yield from in_python(text) if path.suffix == ".py" else in_template(path)


def is_used(path: Path, root: Path, installed: set[str]) -> bool:
    parts = path.relative_to(root.parent).parts[:-1]
    if LEFT_OUT & set(parts) or (path.suffix != ".py" and "templates" not in parts):
        return False
    return not OPTIONAL & set(parts) or str(application(path.parent, root)) in installed


@cache
def application(folder: Path, root: Path) -> Path:
    return folder if folder == root or (folder / "apps.py").exists() else application(folder.parent, root)


def in_python(text: str) -> Iterator[Message]:
    """Calls with their words written out. Babel sees the same, in several times the time of a test."""
    for name, *words in CALL.findall(COMMENT.sub("", text)):
        values = [ast.literal_eval(f"({word})") for word in words if word]
        context = values.pop(0) if "pgettext" in name else None
        if values:
            with_number = name.removesuffix("_lazy") in {"ngettext", "npgettext"}
            yield Message(tuple(values) if with_number else values[0], context=context)


def in_template(path: Path) -> Iterator[Message]:
    for _line, message, _comments, context in texts(path):
        yield Message(message, context=context)


def spoken_in_the_browser(root: Path) -> Iterator[Message]:
    for path in sorted(root.rglob("locale/en/LC_MESSAGES/djangojs.po")):
        with path.open("rb") as file:
            yield from read_po(file, locale="en")


def told(domain: str) -> set[Entry]:
    """What the installed applications and Django itself say in Turkish, as the site loads it."""
    homes = [home_of("django") / "conf", *(Path(config.path) for config in apps.get_app_configs())]
    paths = (home / "locale" / "tr" / "LC_MESSAGES" / f"{domain}.mo" for home in homes)
    return {said for path in paths if path.exists() for said in said_in(path)}


def said_in(path: Path) -> Iterator[Entry]:
    with path.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    for key in catalogue:
        text, with_number = (key, False) if isinstance(key, str) else (key[0], True)
        context, _, text = text.rpartition("\x04")
        yield context or None, text, with_number
        yield context or None, text, False  # a text with plural forms also answers without a number


def ours(domain: str) -> Catalog:
    return read(next(path for path in VENDOR if path.stem == domain))


def said_by_us(domain: str) -> set[Entry]:
    known = {entry(message) for message in ours(domain) if message.id and all(forms(message.string))}
    return known | {(context, text, False) for context, text, _ in known}


def holes(domain: str) -> list[str]:
    """What an editor would read in English."""
    return [text for _, text, _ in spoken(domain).keys() - told(domain) - said_by_us(domain)]


def surplus(domain: str) -> list[str]:
    """What nobody asks for any more, or the libraries now say themselves."""
    asked, answered = {(context, text) for context, text, _ in spoken(domain)}, told(domain)
    return [
        entry(message)[1]
        for message in ours(domain)
        if message.id and (entry(message)[:2] not in asked or _is_said_twice(message, answered))
    ]


def _is_said_twice(message: Message, answered: set[Entry]) -> bool:
    return entry(message) in answered and BETTER not in message.user_comments


def broken(domain: str) -> list[str]:
    """Texts whose placeholders or tags are not those of the English."""
    return [entry(message)[1] for message in ours(domain) if message.id and not _is_sound(message)]


def _is_sound(message: Message) -> bool:
    sources, translations = forms(message.id), forms(message.string)
    return len(sources) == len(translations) and all(
        sorted(PLACEHOLDER.findall(source)) == sorted(PLACEHOLDER.findall(text))
        for source, text in zip(sources, translations, strict=True)
    )


def problems() -> list[str]:
    complaints = {holes: "no Turkish text", surplus: "not needed", broken: "placeholders differ"}
    return [
        f"{domain}: {complaint}: {text!r}"
        for domain in ("django", "djangojs")
        for check, complaint in complaints.items()
        for text in check(domain)
    ]


def compile_ours() -> None:
    for path in VENDOR:
        path.with_suffix(".mo").write_bytes(as_mo(read(path)))


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.vendor_messages")
    parser.add_argument("--check", action="store_true")
    if not parser.parse_args().check:
        compile_ours()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dijivet.settings.dev")
    django.setup()
    found = problems()
    print("\n".join(found) if found else "The libraries speak Turkish.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
