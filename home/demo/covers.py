"""Covers of the demo posts: flat scenes in our own shapes and colours, 1600 × 900."""

from __future__ import annotations

from collections.abc import Callable

from core.pictures import COLOURS, EMBLEMS, INK, TINT, WHITE, Canvas, mix

WIDTH, HEIGHT = 1600, 900  # in the units of the canvas: 100 × 56.25
GREY = "#e5dde3"


def png(scene: str, colour: str) -> bytes:
    canvas = Canvas(WIDTH, mix(COLOURS[colour], WHITE, 2 * TINT), HEIGHT)
    SCENES[scene](canvas, COLOURS[colour])
    return canvas.png()


def _winter(canvas: Canvas, colour: str) -> None:
    canvas.oval(WHITE, -20, 38, 70, 90)
    canvas.oval(mix(WHITE, colour, 0.8), 40, 42, 130, 92)
    for x, y in (
        (9, 9),
        (22, 20),
        (31, 7),
        (44, 13),
        (58, 6),
        (70, 17),
        (83, 8),
        (92, 22),
        (15, 31),
        (86, 34),
    ):
        canvas.oval(WHITE, x - 1, y - 1, x + 1, y + 1)
    EMBLEMS["dog"](canvas, 50, 27, 13)
    canvas.box("#f3a9c0", 37, 38, 63, 44, 3)
    canvas.box("#f3a9c0", 56, 40, 61.5, 53, 1.5)
    for top in (46, 49.5):
        canvas.box(INK, 56, top, 61.5, top + 1)


def _carrier(canvas: Canvas, colour: str) -> None:
    canvas.box(mix(colour, INK, 0.85), 0, 47, 100, 57)
    canvas.box(INK, 42, 8, 58, 12, 2)
    canvas.box(INK, 42, 8, 45, 17)
    canvas.box(INK, 55, 8, 58, 17)
    canvas.box("#611f52", 24, 15, 76, 50, 5)
    canvas.box(WHITE, 36, 20, 64, 46, 3)
    EMBLEMS["cat"](canvas, 50, 35, 8.5)
    for x in (41, 45.5, 54, 58.5):
        canvas.box(GREY, x, 20, x + 0.7, 46)
    for side in (28, 69):
        for top in (25, 31, 37):
            canvas.box(colour, side, top, side + 4, top + 2, 1)


def _booklet(canvas: Canvas, colour: str) -> None:
    canvas.box(INK, 25, 8, 77, 52, 2.5)
    canvas.box(WHITE, 23, 6, 75, 50, 2.5)
    canvas.box(colour, 28, 11, 40, 23)
    EMBLEMS["cat"](canvas, 34, 17.5, 4)
    canvas.box(INK, 44, 13, 62, 15.4)
    canvas.box(GREY, 44, 18, 56, 19.6)
    canvas.box(INK, 28, 27, 70, 27.6)
    for top, done in ((31, True), (37, True), (43, False)):
        canvas.box(GREY, 28, top, 48, top + 1.8)
        canvas.box("#9fddb0" if done else "#faca4b", 60, top - 1, 70, top + 2.6, 1.8)


def _kitchen(canvas: Canvas, colour: str) -> None:
    canvas.box("#611f52", 0, 44, 100, 48)
    canvas.box(mix("#611f52", INK, 0.7), 0, 48, 100, 57)
    canvas.shape("#f59b62", (12, 30), (26, 30), (24, 44), (14, 44))
    for x, y in ((19, 14), (14, 20), (24, 20)):
        canvas.oval("#9fddb0", x - 4.5, y - 6, x + 4.5, y + 9)
    canvas.oval("#f3a9c0", 16.5, 8, 21.5, 13)
    canvas.box("#4d2c1d", 68, 38, 90, 44, 0.8)
    for left in (69.5, 74.5, 79.5, 84.5):
        canvas.box("#6b4430", left, 39.4, left + 4, 42.6, 0.4)
    EMBLEMS["cat"](canvas, 48, 34, 11)
    canvas.box("#611f52", 34, 44, 62, 48)


def _news(canvas: Canvas, colour: str) -> None:
    canvas.shape("#611f52", (30, 23), (58, 9), (58, 45), (30, 34))
    canvas.box("#611f52", 22, 22, 32, 35, 2)
    canvas.shape(INK, (33, 36), (41, 38.5), (44, 50), (37, 50))
    canvas.oval(colour, 54, 9, 62, 45)
    for top, right in ((15, 78), (26, 84), (37, 78)):
        canvas.box(INK, 68, top, right, top + 1.8, 0.9)
    canvas.oval(WHITE, 85, 6, 88, 9)
    canvas.oval(WHITE, 12, 44, 16, 48)


def _proof(canvas: Canvas, colour: str) -> None:
    canvas.box(WHITE, 18, 8, 62, 56.25)
    canvas.box(INK, 24, 15, 48, 17.6)
    canvas.box(INK, 24, 22, 56, 22.6)
    for top in (27, 33, 39, 45, 51):
        canvas.box(GREY, 24, top, 56 - (top % 4) * 3, top + 1.8)
    for colour_, inset in (("#26753e", 0), (WHITE, 1.4), ("#26753e", 2.6), (WHITE, 3.2)):
        canvas.oval(colour_, 54 + inset, 18 + inset, 84 - inset, 48 - inset)
    canvas.shape("#26753e", (61, 33), (64, 30), (67.5, 33.5), (75, 25), (78, 28), (67.5, 40))


SCENES: dict[str, Callable[[Canvas, str], None]] = {
    "winter": _winter,
    "carrier": _carrier,
    "booklet": _booklet,
    "kitchen": _kitchen,
    "news": _news,
    "proof": _proof,
}
