"""T50: the largest pictures we take fit into a process; others are refused before they are decoded."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from core import bitmaps, photos, redraw, uploads

LARGEST = (8000, 5000)
STATUS = Path("/proc/self/status")
READ = """
import sys
from pathlib import Path
sys.path.insert(0, ".")
from core import bitmaps
purpose, piece = sys.argv[1:]
bitmaps.PIECE = int(piece)
code = bitmaps._main(purpose, {"photo": "1600"}.get(purpose, "3200"))
sys.stderr.write(Path("/proc/self/status").read_text())
sys.exit(code)
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


def highest(status: str) -> int:
    """Megabytes where the process ever stood; what `getrusage` tells begins with the parent's."""
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) // 1024


def peak(purpose: str, content: bytes, piece: int = bitmaps.PIECE) -> int:
    """Megabytes of the process that draws this picture anew."""
    command = [sys.executable, "-c", READ, purpose, str(piece)]
    done = subprocess.run(command, input=content, capture_output=True, check=True)
    return highest(done.stderr.decode())


@pytest.mark.parametrize(
    ("form", "mode", "size", "options"),
    [
        ("JPEG", "RGB", LARGEST, {}),
        ("PNG", "RGBA", LARGEST, {}),
        ("PNG", "RGBA", (65_500, 610), {}),
        ("WEBP", "RGB", (4032, 3024), {"method": 0}),
    ],
)
def test_the_largest_pictures_fit(form, mode, size, options):
    content = picture(form, mode, size, **options)
    purposes = ["photo"] if form == "WEBP" else ["photo", form.lower()]
    assert {each: figure for each in purposes if (figure := peak(each, content)) > 300} == {}


def test_a_picture_in_several_scans_fits_where_it_is_drawn_small():
    assert peak("photo", picture("JPEG", progressive=True)) <= 300


def test_the_measure_sees_a_second_copy():
    """The guard switched off: converted as a whole, a clear picture stands there twice."""
    assert peak("png", picture("PNG", "RGBA"), piece=10**6) > 300


@pytest.mark.parametrize(
    "door", [photos.checked_image, lambda file: uploads._clean_picture(file.read(), "image/png")]
)
def test_the_worker_itself_does_not_grow(door):
    content = io.BytesIO(picture("PNG", "RGBA"))
    Path("/proc/self/clear_refs").write_text("5")  # the highest is counted from now on
    before = highest(STATUS.read_text())
    door(content)
    assert highest(STATUS.read_text()) - before < 30


@pytest.mark.parametrize(
    "door", [photos.checked_image, lambda file: uploads._clean_picture(file.read(), "image/png")]
)
@pytest.mark.parametrize("limit", ["MOST_MEMORY = 2**27", "MOST_SECONDS = 0"])
def test_a_process_that_asks_for_too_much_ends_alone(monkeypatch, tmp_path, door, limit):
    source = Path(bitmaps.__file__).read_text()
    name = limit.split()[0]
    tight = tmp_path / "tight.py"
    tight.write_text(re.sub(rf"^{name} = .*$", limit, source, flags=re.MULTILINE))
    monkeypatch.setattr(bitmaps, "__file__", str(tight))
    with pytest.raises(ValidationError) as refusal:
        door(io.BytesIO(picture("PNG", "RGBA")))
    assert refusal.value.code in {"too_heavy", "not_a_picture", "broken"}


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
            uploads._clean_picture(HEAVY[name], uploads.JPEG if "JPEG" in name else uploads.PNG)
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


def test_one_picture_at_a_time_in_each_worker(monkeypatch):
    """A worker has threads; without the lock four decoders would stand side by side."""
    at_once, most = [], []

    def slow(*args, **kwargs):
        at_once.append(1)
        most.append(len(at_once))
        time.sleep(0.05)
        at_once.pop()
        return subprocess.CompletedProcess(args, 0, stdout=b"")

    monkeypatch.setattr(redraw.subprocess, "run", slow)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: photos.checked_image(io.BytesIO(b"x")), range(4)))
    assert max(most) == 1
