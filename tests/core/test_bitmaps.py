"""T50: the largest pictures we take fit into a worker; what would not fit is refused before it is decoded."""

from __future__ import annotations

import io
import subprocess
import sys
import zlib
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from core import bitmaps, photos, uploads

LARGEST = (8000, 5000)
READ = """
import io, re, sys
sys.path[:0] = [".", "site"]
from django.conf import settings
settings.configure(USE_I18N=False)
from core import bitmaps, photos, uploads
door, piece = sys.argv[1:]
bitmaps.PIECE = int(piece)
content = sys.stdin.buffer.read()
photos.checked_image(io.BytesIO(content)) if door == "photos" else uploads._clean_picture(content, door)
# The highest the process ever stood; what `getrusage` tells begins with the parent's.
print(int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024)
"""


def picture(form: str, mode: str = "RGB", size: tuple[int, int] = LARGEST, **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, form, **options)
    return out.getvalue()


def png_head(width: int, height: int) -> bytes:
    """A PNG that promises so many pixels and holds 64."""
    png = bytearray(picture("PNG", size=(8, 8)))
    png[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    png[29:33] = zlib.crc32(bytes(png[12:29])).to_bytes(4, "big")
    return bytes(png)


def peak(door: str, content: bytes, piece: int = bitmaps.PIECE) -> int:
    """Megabytes of a process that reads this picture and nothing else."""
    command = [sys.executable, "-c", READ, door, str(piece)]
    return int(subprocess.run(command, input=content, capture_output=True, check=True).stdout)


@pytest.mark.parametrize(
    ("form", "mode", "size", "options"),
    [
        ("JPEG", "RGB", LARGEST, {}),
        ("PNG", "RGBA", LARGEST, {}),
        ("PNG", "RGBA", (65_500, 610), {}),
        ("WEBP", "RGB", (4032, 3024), {"method": 0}),
    ],
)
def test_the_largest_pictures_fit_into_a_worker(form, mode, size, options):
    content = picture(form, mode, size, **options)
    doors = ["photos"] if form == "WEBP" else ["photos", f"image/{form.lower()}"]
    assert {door: figure for door in doors if (figure := peak(door, content)) > 300} == {}


def test_a_picture_in_several_scans_fits_where_it_is_drawn_small():
    assert peak("photos", picture("JPEG", progressive=True)) <= 300


def test_the_measure_sees_a_second_copy():
    """The guard switched off: converted as a whole, a clear picture stands there twice."""
    assert peak("image/png", picture("PNG", "RGBA"), piece=10**6) > 300


HEAVY = {
    "WebP, which is decoded at four times its size": picture("WEBP", size=(4200, 3000), method=0),
    "JPEG in several scans, all kept": picture("JPEG", progressive=True, subsampling=0),
    "a row of 40 million": png_head(40_000_000, 1),
    "a column of 40 million": png_head(1, 40_000_000),
}
BOTH = [
    (name, door) for name in HEAVY for door in ("photos", "uploads") if door == "photos" or "WebP" not in name
]


@pytest.mark.parametrize(("name", "door"), BOTH)
def test_what_would_not_fit_is_refused_in_words(name, door):
    with pytest.raises(ValidationError) as refusal:
        if door == "photos":
            photos.checked_image(io.BytesIO(HEAVY[name]))
        else:
            uploads._clean_picture(HEAVY[name], uploads.PNG)
    assert refusal.value.code == "too_heavy"


def test_pieces_meet_without_a_seam():
    """A slope stays a slope: no piece is out of its place, in either direction."""
    slope = Image.linear_gradient("L").resize((4000, 2500))
    for shown, seen in (
        (slope, lambda x: (800, x)),
        (slope.transpose(Image.Transpose.ROTATE_90), lambda x: (x, 500)),
    ):
        out = io.BytesIO()
        shown.save(out, "PNG")
        made = Image.open(io.BytesIO(photos.checked_image(out))).convert("L")
        values = [made.getpixel(seen(x)) for x in range(0, min(made.size), 20)]
        assert all(abs(one - other) <= 8 for one, other in pairwise(values))
        assert abs(values[0] - values[-1]) > 200
