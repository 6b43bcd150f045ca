"""Pictures drawn anew, in a process of their own (`core.redraw` starts it): nothing survives but pixels.

    python -I core/bitmaps.py photo 1600 <picture >jpeg        # or "jpeg", "png" for evidence

A refusal is one word on standard error and the code REFUSED. `small_copy` shrinks piece by piece, so a
picture of 40 million pixels is in no moment converted as a whole. What a decoder itself would need is
estimated from the head of the file: who asks for more is refused before anything is decoded.
"""

from __future__ import annotations

import io
import resource
import sys
import warnings
from collections.abc import Callable
from typing import IO, Any

from PIL import Image, ImageOps

MOST_PIXELS = 40_000_000
MOST_BYTES = 200_000_000  # while decoding
MOST_MEMORY = 1024**3  # addresses, far beyond what a picture we take asks for
MOST_SECONDS = 20
PIECE = 256  # pixels of the smaller picture
LONGEST_SIDE = 65_500  # as in a JPEG; beyond it the bookkeeping outweighs the pixels
BYTES_A_PIXEL = {"WEBP": 16}  # the decoder keeps the canvas of an animation, twice, and hands out copies
QUALITY = {"photo": 85, "jpeg": 88}
FORMATS = {"photo": ("JPEG", "PNG", "WEBP"), "jpeg": ("JPEG",), "png": ("PNG",)}
REFUSED = 3
ORIENTATION = 0x0112
SCAN = b"\xff\xda"


class Refused(ValueError):
    """Its text is "too_many_pixels", "too_heavy" or "unreadable"."""


def drawn(file: IO[bytes], purpose: str, longest_edge: int) -> bytes:
    """Upright, no edge longer than `longest_edge`; "photo" and "jpeg" give a JPEG, "png" a PNG.

    Raises Refused.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is ours
            with Image.open(file, formats=FORMATS[purpose]) as image:
                return _written(image, purpose, longest_edge)
    except Refused:
        raise
    except Image.DecompressionBombError as error:
        raise Refused("too_many_pixels") from error
    except MemoryError as error:
        raise Refused("too_heavy") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise Refused("unreadable") from error


def _written(image: Any, purpose: str, longest_edge: int) -> bytes:
    small = small_copy(image, longest_edge=longest_edge, convert=_clear if purpose == "png" else _on_white)
    small.info.clear()
    out = io.BytesIO()
    if purpose == "png":
        small.save(out, "PNG", exif=b"")
    else:
        small.save(out, "JPEG", quality=QUALITY[purpose], optimize=True, exif=b"")
    return out.getvalue()


def _clear(image: Image.Image) -> Image.Image:
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    image = image.convert("RGBA")
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def small_copy(image: Any, *, longest_edge: int, convert: Callable[[Any], Image.Image]) -> Image.Image:
    """Upright, no edge longer than `longest_edge`. `convert` makes each piece; `image` is closed."""
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
        raise Refused("too_many_pixels")
    kept = pixels * _coefficients(image) if image.format == "JPEG" else 0
    image.draft("RGB", [max(1, side * longest_edge // longest) for side in image.size])
    needed = image.width * image.height * BYTES_A_PIXEL.get(image.format, 4)
    if longest > LONGEST_SIDE or kept + needed > MOST_BYTES:
        raise Refused("too_heavy")


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


def _main(purpose: str, longest_edge: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    try:
        sys.stdout.buffer.write(drawn(io.BytesIO(sys.stdin.buffer.read()), purpose, int(longest_edge)))
    except Refused as refusal:
        sys.stderr.write(str(refusal))
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
