"""Pictures that people upload: looked at, drawn anew and kept where no address leads.

`checked_image` decodes and encodes again, so nothing of the file survives but its pixels: no place where
it was taken, no script behind the picture. Files lie in the private storage; only a view that has checked
who asks hands them out.
"""

from __future__ import annotations

import io
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from .redraw import redraw

LARGEST_FILE = 10 * 1024 * 1024
LONGEST_EDGE = 1600
QUALITY = 85


def checked_image(file: IO[bytes], *, longest_edge: int = LONGEST_EDGE) -> bytes:
    """The picture as a JPEG without anything else. Raises ValidationError with a message for the reader."""
    if (getattr(file, "size", None) or _length(file)) > LARGEST_FILE:
        raise ValidationError(_("The file is larger than 10 MB. Choose a smaller one."), code="too_large")
    message = _("We cannot read this picture. Choose a JPEG, PNG or WebP file.")
    refusal = ValidationError(message, code="not_a_picture")
    file.seek(0)
    return redraw(file.read(), purpose="photo", longest_edge=longest_edge, unreadable=refusal)


def resized(jpeg: bytes, *, edge: int, is_square: bool = False) -> bytes:
    with Image.open(io.BytesIO(jpeg)) as image:
        if is_square:
            return _as_jpeg(ImageOps.fit(image, (edge, edge)))
        image.thumbnail((edge, edge))
        return _as_jpeg(image)


def _as_jpeg(image: Any) -> bytes:
    plain = image.convert("RGB")
    plain.info.clear()
    buffer = io.BytesIO()
    plain.save(buffer, "JPEG", quality=QUALITY, optimize=True, exif=b"")
    return buffer.getvalue()


def _length(file: IO[bytes]) -> int:
    file.seek(0, io.SEEK_END)
    return file.tell()
