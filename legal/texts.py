"""The text of a document as it is published: cleaned once, hashed, and never touched again."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import strip_tags
from wagtail.rich_text import expand_db_html
from wagtail.whitelist import Whitelister, allow_without_attributes, attribute_rule, check_url

ENDS = re.compile(r"</(p|li|h\d)>|<br\s*/?>")
SPACES = re.compile(r"\s+")


class Cleaner(Whitelister):
    """What a clause may consist of. Not left to the editor's own cleaning: this text stays for ever."""

    element_rules = {
        "[document]": allow_without_attributes,
        "a": attribute_rule({"href": check_url}),
        **dict.fromkeys(("p", "b", "strong", "i", "em", "ol", "ul", "li", "br"), allow_without_attributes),
    }


CLEANER = Cleaner()


@dataclass(frozen=True)
class Text:
    """One clause before it becomes a row."""

    key: str
    heading: str
    html: str
    brief: str

    @property
    def sha256(self) -> str:
        return digest(self.key, self.heading, self.html, self.brief)


def read(clauses: Any) -> list[Text]:
    """The clauses of a page's stream field. Links are resolved now: the text has to stand for itself."""
    return [
        Text(
            key=block.value["key"],
            heading=block.value["heading"],
            html=CLEANER.clean(expand_db_html(block.value["text"].source)),
            brief=block.value["brief"] or "",
        )
        for block in clauses
    ]


def fingerprint(title: str, clauses: Iterable[Any]) -> str:
    """Over title and clauses (`Text` or rows), in their order."""
    return digest(title, *(clause.sha256 for clause in clauses))


def digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def plain(markup: str) -> str:
    """One line of words: what people compare and what a quote shows."""
    return html.unescape(SPACES.sub(" ", strip_tags(ENDS.sub(r"\g<0> ", markup)))).strip()
