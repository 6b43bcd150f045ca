"""Code 128 (ISO/IEC 15417), set B: printable ASCII, as each scanner reads it."""

from __future__ import annotations

from itertools import pairwise

# Widths of bar, gap, bar, gap, bar, gap of each sign; START_B and the bar that ends a code come last.
_ALL = (
    "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222"
    "123122123221223211221132221231213212223112312131311222321122321221312212322112322211212123212321"
    "232121111323131123131321112313132113132311211313231113231311112133112331132131113123113321133121"
    "313121211331231131213113213311213131311123311321331121312113312311332111314111221411431111111224"
    "111422121124121421141122141221112214112412122114122411142112142211241211221114413111241112134111"
    "111242121142121241114212124112124211411212421112421211212141214121412121111143111341131141114113"
    "114311411113411311113141114131311141411131211412211214211232"
)
_WIDTHS = [_ALL[place : place + 6] for place in range(0, len(_ALL), 6)]
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
