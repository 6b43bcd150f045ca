"""Pictures for demo content: a cat in its travel box, drawn here, since nobody has to lend us a photo."""

from __future__ import annotations

import io

from core.pictures import COLOURS, Canvas

INK, BARS, SKY, BOX = "#2f1429", "#f6eef3", "#e3f3fd", "#60475a"


def box(colour: str, *, size: int = 900) -> bytes:
    """A JPEG of 3:2. `colour`: of the ground, one of `core.pictures.COLOURS`."""
    canvas = Canvas(size, SKY, height=size * 2 // 3)
    canvas.shape(COLOURS[colour], (0, 52), (100, 52), (100, 67), (0, 67))
    canvas.shape(BOX, (24, 18), (76, 18), (76, 58), (24, 58))
    canvas.shape(BOX, (40, 10), (60, 10), (60, 13), (43, 13), (43, 19), (40, 19))
    canvas.shape(BOX, (57, 12), (60, 12), (60, 19), (57, 19))
    canvas.shape(COLOURS["almond"], (30, 24), (70, 24), (70, 52), (30, 52))
    _cat(canvas)
    for x in (34, 41, 48, 55, 62):
        canvas.shape(BARS, (x, 24), (x + 1.2, 24), (x + 1.2, 52), (x, 52))
    return _jpeg(canvas)


def _cat(canvas: Canvas) -> None:
    canvas.shape(INK, (42, 44), (42, 32), (46, 36), (54, 36), (58, 32), (58, 44), (54, 48), (46, 48))
    for x in (46.5, 51.5):
        canvas.shape(COLOURS["quince"], (x, 39), (x + 2, 39), (x + 2, 41.5), (x, 41.5))


def _jpeg(canvas: Canvas) -> bytes:
    out = io.BytesIO()
    canvas.image.resize(canvas.size).convert("RGB").save(out, "JPEG", quality=85)
    return out.getvalue()
