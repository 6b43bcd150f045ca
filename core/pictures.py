"""Pictures of goods that have no photo: flat pack shapes on a light ground of their own colour.

Drawn in a square of 100 × 100 units at twice the size and scaled down, which smooths the edges.
"""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image, ImageDraw

INK = "#2f1429"
WHITE = "#ffffff"
COLOURS = {
    "almond": "#d4e97d",
    "sky": "#9cd0f2",
    "quince": "#faca4b",
    "rose": "#f3a9c0",
    "apricot": "#f59b62",
    "mint": "#9fddb0",
}
TINT = 0.24  # how much of the colour the ground has
SMOOTH = 2

Point = tuple[float, float]


class Canvas:
    """Draws in units of a hundredth of its width, whatever its pixels. Square unless told its height."""

    def __init__(self, size: int, ground: str, height: int | None = None) -> None:
        self.scale = size * SMOOTH / 100
        self.size = (size, height or size)
        self.image = Image.new("RGB", (size * SMOOTH, self.size[1] * SMOOTH), ground)
        self._draw = ImageDraw.Draw(self.image)

    def shape(self, colour: str, *points: Point) -> None:
        self._draw.polygon([(x * self.scale, y * self.scale) for x, y in points], fill=colour)

    def box(
        self, colour: str, left: float, top: float, right: float, bottom: float, radius: float = 0
    ) -> None:
        self._draw.rounded_rectangle(self._edges(left, top, right, bottom), radius * self.scale, fill=colour)

    def oval(self, colour: str, left: float, top: float, right: float, bottom: float) -> None:
        self._draw.ellipse(self._edges(left, top, right, bottom), fill=colour)

    def png(self) -> bytes:
        buffer = io.BytesIO()
        self.image.resize(self.size, Image.Resampling.LANCZOS).save(buffer, "PNG", optimize=True)
        return buffer.getvalue()

    def _edges(self, *edges: float) -> tuple[float, ...]:
        return tuple(edge * self.scale for edge in edges)


Emblem = Callable[[Canvas, float, float, float], None]  # drawn around (x, y), half as wide as the last


def pack_png(kind: str, colour: str, emblem: str = "cat", size: int = 800) -> bytes:
    """A PNG of `size` × `size` pixels: a key of PACKS, one of COLOURS, and whom it is for, of EMBLEMS."""
    main = COLOURS[colour]
    canvas = Canvas(size, mix(main, WHITE, TINT))
    PACKS[kind](canvas, main, EMBLEMS[emblem])
    return canvas.png()


def mix(colour: str, other: str, part: float) -> str:
    """`part` of the first colour and the rest of the other, as #rrggbb."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * part + b * (1 - part)):02x}" for a, b in pairs)


def _channels(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def _bag(canvas: Canvas, colour: str, emblem: Emblem) -> None:
    canvas.shape(colour, (33, 29), (67, 29), (69, 76), (60, 78), (50, 78.5), (40, 78), (31, 76))
    canvas.box(INK, 32, 23, 68, 29)
    for left in range(35, 65, 4):
        canvas.box(colour, left, 25.6, left + 2, 26.6)
    canvas.box(INK, 39, 37, 61, 39.6)
    canvas.box(INK, 42.5, 42, 57.5, 44)
    canvas.oval(WHITE, 39, 48, 61, 70)
    emblem(canvas, 50, 59, 6.5)


def _can(canvas: Canvas, colour: str, emblem: Emblem) -> None:
    metal, shade = "#e5dde3", "#cfc3cc"
    canvas.oval(shade, 29, 56, 71, 74)
    canvas.box(shade, 29, 40, 71, 65)
    canvas.oval(colour, 29, 53, 71, 71)
    canvas.box(colour, 29, 44, 71, 62)
    canvas.oval(shade, 29, 36.5, 71, 52.5)
    canvas.oval(metal, 29, 34, 71, 50)
    canvas.oval(shade, 34, 37, 66, 47.5)
    emblem(canvas, 50, 61, 5)


def _box(canvas: Canvas, colour: str, emblem: Emblem) -> None:
    canvas.shape(colour, (28, 41), (50, 52), (50, 76), (28, 65))
    canvas.shape(mix(colour, INK, 0.82), (50, 52), (72, 41), (72, 65), (50, 76))
    canvas.shape(mix(colour, WHITE, 0.62), (28, 41), (50, 30), (72, 41), (50, 52))
    canvas.shape(INK, (36, 37), (40, 35), (62, 46), (58, 48))
    emblem(canvas, 39, 59, 4.6)


def _bowl(canvas: Canvas, colour: str, emblem: Emblem) -> None:
    canvas.oval(INK, 36, 36, 64, 62)
    for x, y in ((43, 42), (50, 39), (57, 42), (46, 46), (54, 46)):
        canvas.oval("#f59b62", x - 2.4, y - 2.4, x + 2.4, y + 2.4)
    canvas.shape(colour, (31, 47), (69, 47), (76, 68), (24, 68))
    canvas.box(WHITE, 48, 54, 52, 62)
    for x in (48, 52):
        for end in (54.5, 61.5):
            canvas.oval(WHITE, x - 2.4, end - 2.4, x + 2.4, end + 2.4)


def _brush(canvas: Canvas, colour: str, emblem: Emblem) -> None:
    for left in range(37, 64, 5):
        canvas.box(INK, left, 25, left + 1.4, 38, 0.7)
        canvas.oval(INK, left - 0.4, 24, left + 1.8, 26.2)
    canvas.shape(INK, (46.5, 44), (53.5, 44), (56, 76), (54, 78), (46, 78), (44, 76))
    canvas.box(colour, 31, 37, 69, 48, 3.5)


def _cat_face(canvas: Canvas, x: float, y: float, half: float) -> None:
    canvas.shape(
        INK, (x - half, y - half * 1.3), (x - half * 0.1, y - half * 0.5), (x - half, y + half * 0.3)
    )
    canvas.shape(
        INK, (x + half, y - half * 1.3), (x + half * 0.1, y - half * 0.5), (x + half, y + half * 0.3)
    )
    canvas.oval(INK, x - half, y - half * 0.75, x + half, y + half)
    for side in (-1, 1):
        eye = x + side * half * 0.42
        canvas.oval("#faca4b", eye - half * 0.2, y - half * 0.22, eye + half * 0.2, y + half * 0.26)
    canvas.shape(
        "#f3a9c0", (x - half * 0.14, y + half * 0.4), (x + half * 0.14, y + half * 0.4), (x, y + half * 0.58)
    )


def _dog_face(canvas: Canvas, x: float, y: float, half: float) -> None:
    canvas.oval(INK, x - half * 0.85, y - half * 0.9, x + half * 0.85, y + half)
    for side in (-1, 1):
        ear = x + side * half * 0.85
        canvas.oval("#f59b62", ear - half * 0.38, y - half * 0.9, ear + half * 0.38, y + half * 0.45)
        eye = x + side * half * 0.34
        canvas.oval(WHITE, eye - half * 0.16, y - half * 0.35, eye + half * 0.16, y)
    canvas.oval(WHITE, x - half * 0.45, y + half * 0.15, x + half * 0.45, y + half * 0.85)
    canvas.oval(INK, x - half * 0.2, y + half * 0.2, x + half * 0.2, y + half * 0.5)


def _bird(canvas: Canvas, x: float, y: float, half: float) -> None:
    canvas.shape(
        INK, (x - half * 0.2, y + half * 0.3), (x - half * 1.1, y + half), (x - half * 0.3, y + half)
    )
    canvas.oval(INK, x - half * 0.75, y - half * 0.9, x + half * 0.75, y + half)
    canvas.shape(
        "#faca4b", (x + half * 0.6, y - half * 0.45), (x + half * 1.15, y - half * 0.2), (x + half * 0.6, y)
    )
    canvas.oval(WHITE, x + half * 0.15, y - half * 0.55, x + half * 0.45, y - half * 0.25)
    canvas.oval("#f59b62", x - half * 0.45, y - half * 0.05, x + half * 0.3, y + half * 0.65)


def _fish(canvas: Canvas, x: float, y: float, half: float) -> None:
    canvas.shape(
        INK, (x - half * 0.4, y), (x - half * 1.1, y - half * 0.65), (x - half * 1.1, y + half * 0.65)
    )
    canvas.oval(INK, x - half * 0.75, y - half * 0.6, x + half, y + half * 0.6)
    canvas.oval("#faca4b", x - half * 0.25, y - half * 0.5, x + half * 0.1, y + half * 0.5)
    canvas.oval(WHITE, x + half * 0.45, y - half * 0.28, x + half * 0.7, y - half * 0.03)


def _rabbit_face(canvas: Canvas, x: float, y: float, half: float) -> None:
    for side in (-1, 1):
        ear = x + side * half * 0.36
        canvas.oval(INK, ear - half * 0.28, y - half * 1.3, ear + half * 0.28, y + half * 0.2)
        canvas.oval("#f3a9c0", ear - half * 0.11, y - half * 1.05, ear + half * 0.11, y - half * 0.25)
    canvas.oval(INK, x - half * 0.8, y - half * 0.35, x + half * 0.8, y + half)
    for side in (-1, 1):
        eye = x + side * half * 0.34
        canvas.oval(WHITE, eye - half * 0.14, y, eye + half * 0.14, y + half * 0.28)
    canvas.oval("#f3a9c0", x - half * 0.12, y + half * 0.42, x + half * 0.12, y + half * 0.6)


def _turtle(canvas: Canvas, x: float, y: float, half: float) -> None:
    canvas.oval("#9fddb0", x + half * 0.5, y - half * 0.25, x + half * 1.15, y + half * 0.4)
    canvas.oval(INK, x + half * 0.85, y - half * 0.08, x + half, y + half * 0.08)
    for leg in (-0.5, 0.3):
        canvas.oval(
            "#9fddb0", x + half * (leg - 0.2), y + half * 0.25, x + half * (leg + 0.2), y + half * 0.85
        )
    canvas.oval(INK, x - half * 0.95, y - half * 0.7, x + half * 0.7, y + half * 0.5)
    canvas.oval("#d4e97d", x - half * 0.5, y - half * 0.45, x + half * 0.25, y + half * 0.2)


EMBLEMS: dict[str, Emblem] = {
    "cat": _cat_face,
    "dog": _dog_face,
    "bird": _bird,
    "fish": _fish,
    "rabbit": _rabbit_face,
    "turtle": _turtle,
}
PACKS: dict[str, Callable[[Canvas, str, Emblem], None]] = {
    "bag": _bag,
    "can": _can,
    "box": _box,
    "bowl": _bowl,
    "brush": _brush,
}
