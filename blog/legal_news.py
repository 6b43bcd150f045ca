"""What the blog writes when a legal document gets a new version. Works from the journal line alone."""

from __future__ import annotations

import json
import uuid
from datetime import date
from typing import Any

from django.utils import formats, translation
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core import text

from .models import BlogIndexPage, Channel, PostPage

NAMESPACE = uuid.UUID("3f1f4c62-7f0b-4f57-8a4e-0c3f2f6f5d10")
LONGEST_SUMMARY = 300


def is_change(data: dict[str, Any]) -> bool:
    """A first version changes nothing for anybody."""
    return str(data["number"]) != "1"


def language(data: dict[str, Any]) -> str:
    return "en" if data.get("locale") == "en" else "tr"


def origin(data: dict[str, Any]) -> str:
    """`legal/kvkk/3`: where the announcement comes from, the same in all languages."""
    return f"legal/{data['document']}/{data['number']}"[:200]


def key(data: dict[str, Any]) -> uuid.UUID:
    """Both languages of one version are translations of each other; the database allows one in each."""
    return uuid.uuid5(NAMESPACE, origin(data))


def post(data: dict[str, Any], index: BlogIndexPage) -> PostPage:
    """The post, not yet in the tree."""
    with translation.override(language(data)):
        title = _title(data)
        summary = data.get("summary") or _("The text and its earlier versions are in the legal section.")
        return PostPage(
            title=title,
            slug=_free_slug(text.slug(title)[:200], index),
            locale=index.locale,
            summary=_shortened(summary),
            body=json.dumps([{"type": "text", "value": paragraph} for paragraph in _paragraphs(data)]),
            official=True,
            channels=[Channel.PANEL],
            live=False,
        )


def _title(data: dict[str, Any]) -> str:
    words = {"title": data["title"], "number": data["number"]}
    return (_("%(title)s has changed: version %(number)s") % words)[:255]


def _paragraphs(data: dict[str, Any]) -> list[str]:
    link = format_html('<a href="{}">{}</a>', data["url"], data["title"])
    found = [format_html("<p>{}</p>", data["summary"])] if data.get("summary") else []
    if day := _day(data.get("effective_from")):
        found.append(format_html("<p>{}</p>", _("It takes effect on %(day)s.") % {"day": day}))
    if consequence := _consequence(data.get("mode")):
        found.append(format_html("<p>{}</p>", consequence))
    read = format_html("<p>{} {}</p>", _("Read the whole text and compare it with the earlier one:"), link)
    return [*map(str, found), str(read)]


def _consequence(mode: str | None) -> str:
    """What the reader has to do, by the way in which the version is brought into force."""
    return {
        "publish": _("You need not do anything."),
        "notify": _("You need not do anything; users are told of the change."),
        "explicit": _("You are asked for your consent separately; nothing is taken as accepted by silence."),
    }.get(mode or "", "")


def _day(value: str | None) -> str:
    moment = parse_datetime(value) if value and "T" in value else None
    day: date | None = moment.date() if moment else parse_date(value or "")
    return formats.date_format(day, "j F Y") if day else ""


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST_SUMMARY else words[: LONGEST_SUMMARY - 1].rstrip() + "…"


def _free_slug(slug: str, index: BlogIndexPage) -> str:
    taken = set(index.get_children().filter(slug__startswith=slug).values_list("slug", flat=True))
    candidates = (slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3)))
    return next(candidate for candidate in candidates if candidate not in taken)
