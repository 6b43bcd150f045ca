"""Large pictures, read within the memory of a worker.

`small_copy` shrinks piece by piece, so a picture of 40 million pixels is in no moment converted as a whole.
What a decoder itself would need is estimated from the head of the file: who asks for more is refused
before anything is decoded.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

MOST_PIXELS = 40_000_000
MOST_BYTES = 200_000_000  # while decoding, beside what the worker holds already
PIECE = 256  # pixels of the smaller picture
LONGEST_SIDE = 65_500  # as in a JPEG; beyond it the bookkeeping outweighs the pixels
BYTES_A_PIXEL = {"WEBP": 16}  # the decoder keeps the canvas of an animation, twice, and hands out copies
ORIENTATION = 0x0112
SCAN = b"\xff\xda"

TOO_MANY_PIXELS = _("The picture has more than 40 million pixels.")
TOO_HEAVY = _("This picture is too large for us to read. Save it smaller or as a plain JPEG.")


def small_copy(image: Any, *, longest_edge: int, convert: Callable[[Any], Image.Image]) -> Image.Image:
    """Upright, no edge longer than `longest_edge`. `convert` makes each piece; `image` is closed.

    Raises ValidationError.
    """
    _made_ready(image, longest_edge)
    small = _in_pieces(image, max(1, max(image.size) // longest_edge), convert)
    turn = image.getexif().get(ORIENTATION, 1)  # asked for earlier, a PNG would be decoded for it
    image.close()  # the rest needs its memory
    small.thumbnail((longest_edge, longest_edge))
    small.getexif()[ORIENTATION] = turn
    return ImageOps.exif_transpose(small)


def _made_ready(image: Any, longest_edge: int) -> None:
    """Told to decode a JPEG no larger than needed; refused where even that does not fit."""
    pixels, longest = image.width * image.height, max(image.size)
    if pixels > MOST_PIXELS:
        raise ValidationError(TOO_MANY_PIXELS, code="too_many_pixels")
    kept = pixels * _coefficients(image) if image.format == "JPEG" else 0
    image.draft("RGB", [max(1, side * longest_edge // longest) for side in image.size])
    needed = image.width * image.height * BYTES_A_PIXEL.get(image.format, 4)
    if longest > LONGEST_SIDE or kept + needed > MOST_BYTES:
        raise ValidationError(TOO_HEAVY, code="too_heavy")


def _coefficients(image: Any) -> float:
    """Bytes a pixel that a JPEG keeps before it is a picture: of several scans all, two bytes each."""
    if SCAN not in image.fp.read():  # opening ends behind the first
        return 0
    shares = [across * down for _number, across, down, _table in image.layer]
    return 2 * sum(shares) / max(shares)


def _in_pieces(image: Any, factor: int, convert: Callable[[Any], Image.Image]) -> Image.Image:
    width, height = image.size
    step, small = PIECE * factor, None
    for top in range(0, height, step):
        for left in range(0, width, step):
            box = (left, top, min(width, left + step), min(height, top + step))
            piece = convert(image.crop(box)).reduce(factor)
            small = small or Image.new(piece.mode, (-(-width // factor), -(-height // factor)))
            small.paste(piece, (left // factor, top // factor))
    return small or convert(image)
