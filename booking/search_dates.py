"""Days as people say them: “yarın”, “haftaya salı”, “hafta sonu”, “12 Aralık'ta”, “next friday”.

`read(words, at, today)` looks at folded words from `at` on and says which days they mean and how many
words that took; None when they are no days. A day without a year is the next one that comes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .search_words import NUMBERS, fits

WEEKDAYS = [
    "pazartesi monday", "sali tuesday", "carsamba wednesday", "persembe thursday", "cuma friday",
    "cumartesi saturday", "pazar sunday",
]  # fmt: skip
MONTHS = [
    "ocak ocag january jan", "subat subad february feb", "mart march mar", "nisan april apr", "mayis may",
    "haziran june jun", "temmuz july jul", "agustos august aug", "eylul september sep sept",
    "ekim october oct", "kasim november nov", "aralik aralig december dec",
]  # fmt: skip
_WEEKDAY = [(word, day) for day, words in enumerate(WEEKDAYS) for word in words.split()]
_MONTH = [(word, month) for month, words in enumerate(MONTHS, 1) for word in words.split()]
RESERVED = frozenset(word for word, _number in [*_WEEKDAY, *_MONTH])  # never a place by its ending

_NEXT_WEEK = (("haftaya",), ("gelecek", "hafta"), ("onumuzdeki", "hafta"), ("next", "week"))
_NEXT = ("gelecek", "onumuzdeki", "next")
_THIS = ("bu", "this")
_WRITTEN = re.compile(r"(?P<a>\d{1,4})[./-](?P<b>\d{1,2})(?:[./-](?P<c>\d{2,4}))?")
_TAIL = re.compile(r"(st|nd|rd|th|[iu]n?c[iu]|s?[iu]n?(da|de|a|e|dan|den)?|[dt][ae]n?|n?[iu]n|[ae])?")
ONE = timedelta(days=1)


@dataclass(frozen=True)
class Days:
    """From the first to the last, said with so many words. `is_span`: both ends were named."""

    first: date
    last: date
    words: int
    is_span: bool = False


def read(words: Sequence[str], at: int, today: date) -> Days | None:
    rest = words[at:]
    for rule in (_written, _span, _with_month, _of_month, _after, _weekend, _week, _weekday, _near):
        found = rule(rest, today)
        if found is not None:
            return found
    return None


def number(word: str) -> int | None:
    """“12”, “12'sinde”, “üç”; None for what is no number."""
    if word in NUMBERS:
        return NUMBERS[word]
    digits = re.match(r"[0-9]{1,4}", word)
    if digits is None or not _TAIL.fullmatch(word[digits.end() :]):
        return None
    return int(digits[0])


def _written(rest: Sequence[str], today: date) -> Days | None:
    """12.12, 12/12/2026, 2026-12-12."""
    found = _WRITTEN.fullmatch(re.sub(r"[a-z]+$", "", rest[0]))
    if found is None:
        return None
    a, b, c = (int(part) if part else None for part in found.group("a", "b", "c"))
    if len(found["a"]) == 4:
        day = _date(a, b, c) if c else None
    elif len(found["a"]) > 2:
        day = None
    else:
        day = _date(2000 + c if c < 100 else c, b, a) if c is not None else _coming(a, b, today)
    return _on(day, 1)


def _span(rest: Sequence[str], today: date) -> Days | None:
    """12-14 Aralık, 12 ile 14 Aralık arası."""
    joined = re.fullmatch(r"([0-9]{1,2})-([0-9]{1,2})", rest[0])
    ends = (int(joined[1]), int(joined[2]), 1) if joined else None
    if ends is None and len(rest) > 3 and rest[1] in ("ile", "ve", "to", "and"):
        start, end = number(rest[0]), number(rest[2])
        ends = (start, end, 3) if start and end else None
    month = _month(rest[ends[2]]) if ends and len(rest) > ends[2] else None
    if ends is None or month is None:
        return None
    first = _coming(ends[0], month, today)
    last = _date(first.year, month, ends[1]) if first else None
    tail = rest[ends[2] + 1 :]
    words = ends[2] + 1 + (tail[:1] in (["arasi"], ["arasinda"]))
    return Days(first, last, words, is_span=True) if first and last and first <= last else None


def _with_month(rest: Sequence[str], today: date) -> Days | None:
    """12 Aralık, 12 Aralık 2027, December 12, Aralığın 12'si; a weekday that agrees belongs to it."""
    if len(rest) < 2:
        return None
    if month := _month(rest[1]):
        day = number(rest[0])
    elif month := _month(rest[0]):
        day = number(rest[1])
    else:
        return None
    if not day or rest[0] in NUMBERS or rest[1] in NUMBERS:
        return None
    year = re.match(r"20[0-9]{2}", rest[2]) if len(rest) > 2 else None
    found = _date(int(year[0]), month, day) if year else _coming(day, month, today)
    taken = 3 if year else 2
    is_named = found and len(rest) > taken and _day_of_week(rest[taken]) == found.weekday()
    return _on(found, taken + bool(is_named))


def _of_month(rest: Sequence[str], today: date) -> Days | None:
    """Ayın 15'i: of this month, or of the next when it is over."""
    day = number(rest[1]) if len(rest) > 1 and rest[0] == "ayin" else None
    if not day:
        return None
    for month in range(today.month, today.month + 3):
        found = _date(today.year + (month - 1) // 12, (month - 1) % 12 + 1, day)
        if found and found >= today:
            return _on(found, 2)
    return None


def _after(rest: Sequence[str], today: date) -> Days | None:
    """Üç gün sonra, 2 hafta sonra, in 3 days."""
    lead = 1 if rest[0] == "in" else 0
    if len(rest) < 2 + lead or (not lead and not (len(rest) > 2 and rest[2] == "sonra")):
        return None
    count, unit = number(rest[lead]), rest[lead + 1]
    days = {"gun": 1, "hafta": 7, "day": 1, "days": 1, "week": 7, "weeks": 7}.get(unit)
    if not count or not days or count * days > 366:
        return None
    return _on(today + timedelta(days=count * days), 2 + 1)


def _weekend(rest: Sequence[str], today: date) -> Days | None:
    lead = _lead(rest)
    tail = rest[lead:]
    if tail and fits(tail[0], "haftasonu"):
        taken = 1
    elif len(tail) > 1 and (tail[0] == "hafta" and fits(tail[1], "sonu")):
        taken = 2
    elif tail and tail[0] in ("weekend", "weekends"):
        taken = 1
    else:
        return None
    saturday = today + timedelta(days=5 - today.weekday())
    is_next = bool(lead) and rest[0] not in _THIS
    saturday += timedelta(days=7) if is_next else timedelta()
    return Days(max(saturday, today), saturday + ONE, lead + taken)


def _lead(rest: Sequence[str]) -> int:
    """How many words say “this” or “next”."""
    for phrase in _NEXT_WEEK[:1]:
        if tuple(rest[: len(phrase)]) == phrase:
            return len(phrase)
    return 1 if rest[0] in (*_THIS, *_NEXT) else 0


def _week(rest: Sequence[str], today: date) -> Days | None:
    """Haftaya, gelecek hafta; with a weekday the one of that week."""
    monday = today - timedelta(days=today.weekday())
    for phrase in _NEXT_WEEK:
        if tuple(rest[: len(phrase)]) == phrase:
            return _within(rest, len(phrase), monday + timedelta(days=7), today)
    if tuple(rest[:2]) in (("bu", "hafta"), ("this", "week")):
        return _within(rest, 2, monday, today)
    if tuple(rest[:2]) == ("hafta", "ici") or rest[0] in ("haftaici", "weekday", "weekdays"):
        taken = 2 if rest[0] == "hafta" else 1
        start = today if today.weekday() < 5 else monday + timedelta(days=7)
        return Days(start, start + timedelta(days=4 - start.weekday()), taken)
    return None


def _within(rest: Sequence[str], taken: int, monday: date, today: date) -> Days | None:
    tail = rest[taken:]
    day = _day_of_week(tail[0]) if tail else None
    if day is not None:
        return _on(monday + timedelta(days=day), taken + 1)
    if tail and tail[0] == "bugun":
        return _on(today + timedelta(days=7), taken + 1)
    return Days(max(monday, today), monday + timedelta(days=6), taken)


def _weekday(rest: Sequence[str], today: date) -> Days | None:
    """The nearest, today as well; “gelecek cuma” is not today."""
    lead = 1 if rest[0] in (*_THIS, *_NEXT) and len(rest) > 1 else 0
    day = _day_of_week(rest[lead])
    if day is None:
        return None
    away = (day - today.weekday()) % 7
    if lead and rest[0] in _NEXT:
        away = away or 7
    return _on(today + timedelta(days=away), lead + 1)


NEAR = {
    ("bugun",): 0, ("today",): 0, ("hemen",): 0, ("simdi",): 0, ("acil",): 0, ("acilen",): 0, ("now",): 0,
    ("urgent",): 0, ("bu", "gun"): 0, ("yarin",): 1, ("tomorrow",): 1, ("yarindan", "sonra"): 2,
    ("yarindan", "sonraki", "gun"): 2, ("obur", "gun"): 2, ("oburgun",): 2, ("ertesi", "gun"): 2,
    ("day", "after", "tomorrow"): 2, ("dun",): -1, ("yesterday",): -1,
}  # fmt: skip
_TODAYS = frozenset({"bugun", "yarin", "dun"})


def _near(rest: Sequence[str], today: date) -> Days | None:
    for size in (3, 2, 1):
        away = NEAR.get(tuple(rest[:size]))
        if away is not None and len(rest) >= size:
            return _on(today + timedelta(days=away), size)
    stem = next((one for one in _TODAYS if fits(rest[0], one)), None)
    return _on(today + timedelta(days=NEAR[(stem,)]), 1) if stem else None


def _day_of_week(word: str) -> int | None:
    """The longest name it fits: “pazartesi” is no “pazar”."""
    found = [(len(name), day) for name, day in _WEEKDAY if fits(word, name)]
    return max(found)[1] if found else None


def _month(word: str) -> int | None:
    return next((month for name, month in _MONTH if fits(word, name)), None)


def _coming(day: int | None, month: int | None, today: date) -> date | None:
    found = _date(today.year, month, day)
    return found if found is None or found >= today else _date(today.year + 1, month, day)


def _date(year: int | None, month: int | None, day: int | None) -> date | None:
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None


def _on(day: date | None, words: int) -> Days | None:
    return Days(day, day, words) if day else None
