"""The model form for withdrawing (regulation on distance contracts, annex 2) as a PDF in Turkish."""

from __future__ import annotations

from django.utils import translation

from core import pdf


def _data() -> dict[str, str]:
    return {"title": "Cayma formu (örnek)"}


def file() -> bytes:
    with translation.override("tr"):
        return pdf.render("withdrawal", _data())
