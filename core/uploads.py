"""What people may hand in as evidence: PDF, JPEG, PNG. Judged by content, never by its name or label.

    accepted = uploads.accept(request.FILES["file"])     # raises ValidationError
    row.file.save(accepted.stored_name, accepted.file)

Pictures are decoded and written anew, so what else lay in the file (place, camera, a second format) is
gone. A PDF is read: no scripts, no files inside, no password, nothing of another format at its end. All
are given out as attachments from storage that no web server reaches (`answer`).
"""

from __future__ import annotations

import io
import secrets
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile
from django.http import FileResponse
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from .redraw import redraw

MOST_BYTES = 10 * 1024 * 1024
LONGEST_SIDE = 3200  # enough to read a document of A4
MOST_PAGES = 200
LONGEST_NAME = 120
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
ENDINGS = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png"}
ACCEPT = ",".join([*ENDINGS, *ENDINGS.values()])

EMPTY = _("This file is empty.")
TOO_LARGE = _("A file may have at most 10 MB.")
NOT_OURS = _("Send a PDF, JPEG or PNG file.")
BROKEN = _("We cannot read this file. Save it anew and try again.")
LOCKED = _("This PDF has a password. Send it without one.")
ACTIVE = _("This PDF holds a program or other files. Print it into a new PDF and send that.")
TOO_MANY_PAGES = _("A PDF may have at most 200 pages.")


@deconstructible
class StoredUnder:
    """`upload_to`: a folder and a name nobody can guess. The name people gave is kept in the row only."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def __call__(self, instance: Any, name: str) -> str:
        return f"{self.folder}/{secrets.token_hex(16)}{PurePosixPath(name).suffix}"


@dataclass(frozen=True)
class Accepted:
    """A file that may be kept: its content, what it is, and the name as people may read it."""

    content: bytes
    content_type: str
    name: str

    @property
    def file(self) -> ContentFile:
        return ContentFile(self.content, name=f"file{ENDINGS[self.content_type]}")


def accept(file: Any) -> Accepted:
    """Read, judge and clean an uploaded file. Raises ValidationError with words for people."""
    if not file.size:
        raise ValidationError(EMPTY, code="empty")
    if file.size > MOST_BYTES:
        raise ValidationError(TOO_LARGE, code="too_large")
    file.seek(0)
    content = file.read(MOST_BYTES + 1)
    content_type = _kind_of(content)
    clean = _clean_pdf(content) if content_type == PDF else _clean_picture(content, content_type)
    return Accepted(clean, content_type, clean_name(file.name or "", content_type))


def clean_name(typed: str, content_type: str) -> str:
    """The last part of the name, without control characters, with the ending of what it really is."""
    last = PurePosixPath(typed.replace("\\", "/")).name
    printable = "".join(letter for letter in unicodedata.normalize("NFC", last) if letter.isprintable())
    ending = ENDINGS[content_type]
    stem = PurePosixPath(printable).stem.strip(". ")[: LONGEST_NAME - len(ending)]
    return f"{stem or 'belge'}{ending}"


def answer(file: FieldFile, *, name: str, content_type: str) -> FileResponse:
    """As an attachment, and nothing may be guessed or run from it. Ask first who reads."""
    response = FileResponse(file.open("rb"), as_attachment=True, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


class UploadField(forms.FileField):
    """Gives an `Accepted`."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("widget", forms.FileInput(attrs={"accept": ACCEPT}))
        more.setdefault("help_text", _("PDF, JPEG or PNG, at most 10 MB."))
        super().__init__(max_length=1000, allow_empty_file=True, **more)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        return accept(file) if file else None


def _kind_of(content: bytes) -> str:
    for start, content_type in ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG)):
        if content.startswith(start):
            return content_type
    raise ValidationError(NOT_OURS, code="type")


def _clean_picture(content: bytes, content_type: str) -> bytes:
    refusal = ValidationError(BROKEN, code="broken")
    purpose = content_type.removeprefix("image/")
    return redraw(content, purpose=purpose, longest_edge=LONGEST_SIDE, unreadable=refusal)


def _clean_pdf(content: bytes) -> bytes:
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise ValidationError(ACTIVE, code="polyglot")
    try:
        _judge_pdf(PdfReader(io.BytesIO(content), strict=False))
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValidationError(BROKEN, code="broken") from error
    return content


def _judge_pdf(reader: PdfReader) -> None:
    if reader.is_encrypted:
        raise ValidationError(LOCKED, code="locked")
    pages = len(reader.pages)
    if not pages:
        raise ValidationError(BROKEN, code="broken")
    if pages > MOST_PAGES:
        raise ValidationError(TOO_MANY_PAGES, code="pages")
    root: Any = reader.root_object
    names: Any = root.get("/Names", {}).get_object() if "/Names" in root else {}
    if "/AA" in root or "/JavaScript" in names or "/EmbeddedFiles" in names or _acts_on_opening(root):
        raise ValidationError(ACTIVE, code="active")


def _acts_on_opening(root: Any) -> bool:
    """A place to begin reading is harmless; anything that does something is not."""
    action = root.get("/OpenAction")
    found = action.get_object() if action is not None else None
    return isinstance(found, dict) and found.get("/S") != "/GoTo"
