"""T50: hostile files are refused with words for people, or made safe."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.actions import JavaScript

from core import uploads


def upload(content: bytes, name: str = "ruhsat.pdf", said: str = "application/pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=said)


def picture(size=(60, 40), form="JPEG", mode="RGB", **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "white").save(out, form, **options)
    return out.getvalue()


def pdf(change=lambda writer: None) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def packed(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def flat_png(side: int) -> bytes:
    """A one-bit picture of `side`² pixels that weighs a few kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + kind + data + check

    head = side.to_bytes(4, "big") * 2 + bytes([1, 0, 0, 0, 0])
    rows = zlib.compress(bytes(1 + (side + 7) // 8) * side)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def refusal(content: bytes, name: str = "ruhsat.pdf") -> str:
    with pytest.raises(ValidationError) as caught:
        uploads.accept(upload(content, name))
    return caught.value.code


SCRIPT = JavaScript("app.alert(1)")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "bos.pdf", "empty"),
        (b"%PDF-" + bytes(uploads.MOST_BYTES), "buyuk.pdf", "too_large"),
        (SVG, "logo.svg", "type"),
        (SVG, "logo.png", "type"),
        (b"<html><script>alert(1)</script>", "foto.jpg", "type"),
        (ENTITIES, "fatura.xml", "type"),
        (packed("a.txt", bytes(10_000_000)), "arsiv.zip", "type"),
        (packed("a.txt", bytes(10_000_000)), "arsiv.pdf", "type"),
        (b"\xff\xd8\xff" + b"<script>" * 20, "foto.jpg", "broken"),
        (b"%PDF-1.7 <script>alert(1)</script>", "ruhsat.pdf", "broken"),
        (pdf() + packed("a.html", b"<script>"), "ruhsat.pdf", "polyglot"),
        (flat_png(9000), "plan.png", "too_many_pixels"),
        (flat_png(20000), "plan.png", "too_many_pixels"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_hostile_file_is_refused(content, name, code):
    assert refusal(content, name) == code


@pytest.mark.parametrize("size", [(8000, 5001), (6400, 6400)])
def test_jpeg_above_40_megapixels_is_refused(size):
    assert refusal(picture(size, quality=1), "foto.jpg") == "too_many_pixels"


def test_pdf_with_a_script_with_files_or_with_a_password_is_refused():
    assert refusal(pdf(lambda writer: writer.add_open_action(SCRIPT))) == "active"
    assert refusal(pdf(lambda writer: writer.add_attachment("virus.exe", b"MZ"))) == "active"
    assert refusal(pdf(lambda writer: writer.encrypt("gizli"))) == "locked"
    assert refusal(pdf(lambda writer: [writer.add_blank_page(9, 9) for _ in range(200)])) == "pages"


def test_honest_files_are_kept():
    for content, content_type in (
        (pdf(), uploads.PDF),
        (picture(), uploads.JPEG),
        (picture(form="PNG", mode="RGBA"), uploads.PNG),
        (picture(form="PNG", mode="P"), uploads.PNG),
        (picture(mode="CMYK"), uploads.JPEG),
    ):
        accepted = uploads.accept(upload(content))
        assert accepted.content_type == content_type
        assert accepted.content
    assert len(PdfReader(uploads.accept(upload(pdf())).file).pages) == 1


def test_place_and_camera_leave_a_picture_and_it_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90°
    exif[0x010F] = "Kamera"
    exif.get_ifd(0x8825)[2] = (41.0, 2.0, 30.0)  # latitude
    accepted = uploads.accept(upload(picture((60, 40), exif=exif, comment=b"ev adresi"), "foto.jpg"))

    with Image.open(accepted.file) as kept:
        assert dict(kept.getexif()) == {}
        assert "comment" not in kept.info
        assert kept.size == (40, 60)


def test_picture_is_written_anew_so_a_second_format_is_gone():
    accepted = uploads.accept(upload(picture() + packed("a.html", b"<script>alert(1)</script>"), "foto.jpg"))
    assert not zipfile.is_zipfile(accepted.file)
    assert b"<script>" not in picture() + accepted.content


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd", "passwd.jpg"),
        ("..\\..\\boot.ini", "boot.jpg"),
        ("ruhsat\r\nX: y\x00.pdf", "ruhsatX: y.jpg"),
        ("Çalışma izni ğüşöçıİ.JPEG", "Çalışma izni ğüşöçıİ.jpg"),
        ("a" * 300 + ".png", "a" * 116 + ".jpg"),
        ("foto.php.jpg", "foto.php.jpg"),
        ("...", "belge.jpg"),
        ("", "belge.jpg"),
    ],
)
def test_name_is_made_harmless(typed, kept):
    assert uploads.clean_name(typed, uploads.JPEG) == kept
