"""PDF: a Typst file of ours and data as JSON. What people typed is data there, never markup.

`templates/pdf/<name>.typ` reads `json(bytes(sys.inputs.data))`. Tagged for screen readers (PDF/UA-1), with
our own fonts, which the machine's are not mixed with.
"""

from __future__ import annotations

import json
from threading import local
from typing import Any, cast

import typst
from django.conf import settings
from django.utils.translation import get_language

TEMPLATES = settings.ROOT / "templates" / "pdf"
FONTS = settings.ROOT / "static" / "fonts" / "print"
_ours = local()  # a compiler keeps fonts and templates; threads do not share one


def render(name: str, data: dict[str, Any]) -> bytes:
    """The bytes of a PDF in the language in force."""
    inputs = {"data": json.dumps({"language": get_language(), **data}, ensure_ascii=False)}
    content = _compiler(name).compile(sys_inputs=inputs, pdf_standards=["ua-1"])
    return cast(bytes, content)  # a PDF is one file; a picture for each page would be a list


def _compiler(name: str) -> typst.Compiler:
    known: dict[str, typst.Compiler] = _ours.__dict__.setdefault("compilers", {})
    if name not in known:
        known[name] = typst.Compiler(
            str(TEMPLATES / f"{name}.typ"),
            root=str(TEMPLATES),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
        )
    return known[name]
