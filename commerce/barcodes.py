"""Code 128 (ISO/IEC 15417), set B: printable ASCII, as each scanner reads it."""

from __future__ import annotations

from itertools import pairwise

# Widths of bar, gap, bar, gap, bar, gap of each sign; START_B and the bar that ends a code come last.
_WIDTHS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 "
    "122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 "
    "322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 "
    "112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 "
    "331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 "
    "112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 "
    "124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 "
    "411311 113141 114131 311141 411131 211412 211214 211232"
).split()
START_B, STOP = 104, "2331112"
QUIET = 10  # modules of white on both sides


def signs(text: str) -> list[int]:
    """Start, text, check sign. Raises ValueError for what set B does not have."""
    values = [ord(letter) - 32 for letter in text]
    if not values or not all(0 <= value < 95 for value in values):
        raise ValueError(text)
    check = (START_B + sum(place * value for place, value in enumerate(values, 1))) % 103
    return [START_B, *values, check]


def code128(text: str) -> list[tuple[int, int]]:
    """Bars as (place, width) in modules, behind the white on the left."""
    widths = [int(one) for one in "".join(_WIDTHS[sign] for sign in signs(text)) + STOP]
    places = [QUIET]
    for one in widths:
        places.append(places[-1] + one)
    return [(start, end - start) for start, end in list(pairwise(places))[::2]]


def width(text: str) -> int:
    return 11 * len(signs(text)) + 13 + 2 * QUIET
