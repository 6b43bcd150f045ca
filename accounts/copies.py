"""The copy of her data that a person gets: one collection, as JSON for machines and PDF for people."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import pdf, personal_data

from .models import DataRequest


def collect(request: DataRequest, *, now: datetime) -> dict[str, Any]:
    return {
        "number": request.number,
        "made_at": timezone.localtime(now).isoformat(timespec="minutes"),
        "holdings": personal_data.collect(request.user),
    }


def as_json(found: dict[str, Any]) -> bytes:
    return json.dumps(found, ensure_ascii=False, indent=2, default=date.isoformat).encode()


def as_pdf(found: dict[str, Any]) -> bytes:
    made = _moment(datetime.fromisoformat(found["made_at"]))
    words = {
        "title": _("What Diji.vet knows about you"),
        "lead": _("Request %(number)s, made on %(day)s.") % {"number": found["number"], "day": made},
        "why": _("Why"),
        "ground": _("Ground"),
        "period": _("Kept"),
        "page": _("Page"),
    }
    holdings = [{**item, "rows": [_pairs(row) for row in item["rows"]]} for item in found["holdings"]]
    return pdf.render("personal_data", {**words, "holdings": holdings})


def _pairs(row: dict[str, Any]) -> list[list[str]]:
    return [[name, _words(value)] for name, value in row.items() if value not in (None, "")]


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return _moment(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _moment(at: date) -> str:
    """As people write it; machines have the other file."""
    return date_format(timezone.localtime(at), "j F Y, H:i") if isinstance(at, datetime) else date_format(at)
