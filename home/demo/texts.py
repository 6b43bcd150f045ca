"""The shape in which the demo texts are written down.

An answer has the same blocks in both languages, so each English sentence finds the Turkish one it
translates (`home.demo.translations`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Block = tuple[str, Any]


@dataclass(frozen=True)
class Words:
    """What is written in one language."""

    title: str
    slug: str
    summary: str
    body: list[Block] = field(default_factory=list)
    synonyms: str = ""
    responsible: str = ""


@dataclass(frozen=True)
class Answer:
    key: str
    tr: Words
    en: Words
    audiences: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Category:
    key: str
    tr: Words
    en: Words
    tone: str
    icon: str
    answers: list[Answer]


def heading(words: str) -> Block:
    return "heading", words


def text(*paragraphs: str) -> Block:
    return "text", "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def bullets(*items: str) -> Block:
    return "text", "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def steps(*items: str) -> Block:
    return "steps", [f"<p>{item}</p>" for item in items]


def notice(tone: str, words: str) -> Block:
    return "notice", {"tone": tone, "text": f"<p>{words}</p>"}


def clause(document: str, number: int, key: str) -> Block:
    """A quote from a legal document; the page shows it in its own language."""
    return "clause", f"{document}:{number}:{key}"
