"""A sentence as wishes: “yarın Kadıköy'de kedi aşısı” → day, place, animal, service.

`read` never raises, whatever is typed. Every word is either understood, silent (“için”, “randevu”) or
given back as not understood. What is said first counts; a second day or place is given back too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from core.districts import BY_NAME
from core.provinces import BY_CODE as PROVINCES
from core.text import fold

from . import search_dates, search_words
from .kinds import Kind
from .search_words import MOST_ANIMALS, Part

LONGEST, MOST_WORDS = 200, 40
_PARTS_OF_TODAY = ["sabah", "ogle", "ogleden", "oglen", "aksam", "gece", "morning", "afternoon", "evening"]
_TOKEN = re.compile(
    r"(?:[0-9]{1,4}[./-][0-9]{1,2}(?:[./-][0-9]{2,4})?|[0-9]{1,2}:[0-9]{2}|\w+)(?:[’'`´‘ʼ]\w+)*"
)
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
_RARE = frozenset(  # districts that are also common words: only with an ending that says “in” or “to”
    fold(
        "Of Han Hani Çan Çat Çay Orta Kale Genç Tut Bala Maden Keskin Güney Saray Bahçe Araç Selim Ulaş Mut "
        "Sur Bor Kula Kulu Konak Tire Çal Bozkurt Demirci Pazarcık Kiraz Kumru Kavak Defne Evren Menderes "
        "Derik"
    ).split()
)  # fmt: skip
_SHORT = {"urfa": "63", "antep": "27", "maras": "46", "afyon": "03", "icel": "33", "izmit": "41"}


@dataclass(frozen=True)
class Place:
    """A province, a district of it, or a district of which it is not said where."""

    province: str = ""
    district: str = ""

    @property
    def label(self) -> str:
        return ", ".join(part for part in (self.district, PROVINCES.get(self.province, "")) if part)


@dataclass
class Reading:
    """What was understood; `rest`: the words that were not, as they were typed."""

    place: Place | None = None
    service: str = ""
    species: str = ""
    first: date | None = None
    last: date | None = None
    part: str = ""
    nights: int | None = None
    animals: int = 0
    sort: str = ""
    is_span: bool = False  # both ends of the days were named
    rest: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Word:
    """`plain` is folded, without what stands behind an apostrophe."""

    typed: str
    plain: str
    whole: str
    is_marked: bool  # an apostrophe ends the name: what stands before it needs no other ending


def read(sentence: str, *, today: date) -> Reading:
    words, found = _words(sentence), Reading()
    plain = [one.plain for one in words]
    at = 0
    while at < len(words):
        taken = next((n for rule in RULES if (n := rule(found, words, plain, at, today))), 0)
        if not taken:
            _not_understood(found, words[at])
        at += taken or 1
    _stay(found)
    return found


def _stay(found: Reading) -> None:
    """“12-14 Aralık otel”: she comes on the first day and stays until the last."""
    is_stay = found.service and search_words.BY_CODE[found.service].kind == Kind.STAY
    if is_stay and found.is_span and found.first and found.last and found.nights is None:
        found.nights = max(1, (found.last - found.first).days)
        found.last = found.first


def _words(sentence: str) -> list[Word]:
    clean = unicodedata.normalize("NFC", sentence[:LONGEST]).replace("i̇", "i").replace("\u0307", "")
    return [_word(typed) for typed in _TOKEN.findall(clean)[:MOST_WORDS]]


def _word(typed: str) -> Word:
    head, *tails = re.split(r"[’'`´‘ʼ]", typed)
    whole = fold(head + "".join(tails))
    return Word(typed, fold(head) if tails else whole, whole, bool(tails))


def _not_understood(found: Reading, word: Word) -> None:
    if word.whole not in search_words.SILENT and word.plain not in search_words.SILENT:
        found.rest.append(word.typed)


Rule = Callable[[Reading, Sequence[Word], Sequence[str], int, date], int]


def _nights(found: Reading, words: Sequence[Word], plain: Sequence[str], at: int, today: date) -> int:
    """2 gece, üç geceliğine, a week (of a stay)."""
    count = search_dates.number(plain[at])
    if not count or at + 1 >= len(plain) or found.nights is not None:
        return 0
    unit = plain[at + 1]
    is_night = any(search_words.fits(unit, stem) for stem in ("gece", "night", "nights")) or unit.startswith(
        "gecelig"
    )
    is_week = unit in ("week", "weeks") or search_words.fits(unit, "hafta")
    if is_week and any(search_words.fits(one, "sonra") for one in plain[at + 2 : at + 3]):
        return 0
    if is_night or (is_week and _is_about_stays(plain)):
        found.nights = min(count * (1 if is_night else 7), 99)
        return 2
    return 0


def _animals(found: Reading, words: Sequence[Word], plain: Sequence[str], at: int, today: date) -> int:
    """2 kedi, üç köpeğim, two pets: how many; which animal the next rule reads."""
    count = search_dates.number(plain[at])
    if not count or count > MOST_ANIMALS or at + 1 >= len(plain) or found.animals:
        return 0
    is_any = any(search_words.fits(plain[at + 1], stem) for stem in search_words.ANIMAL)
    if not is_any and not _is_species(words[at + 1]):
        return 0
    found.animals = count
    return 2 if is_any else 1


def _is_species(word: Word) -> bool:
    known = _index().get(word.plain[:2], ())
    return any(
        len(phrase) == 1 and meant[0] == "species" and _stands(phrase, meant, [word], 0)
        for phrase, meant in known
    )


def _is_about_stays(plain: Sequence[str]) -> bool:
    stay = next(one for one in search_words.SERVICES if one.kind == Kind.STAY)
    stems = [phrase[0] for phrase in search_words.listed(stay.words) if len(phrase) == 1]
    return any(search_words.fits(word, stem) for word in plain for stem in stems)


def _days(found: Reading, words: Sequence[Word], plain: Sequence[str], at: int, today: date) -> int:
    days = search_dates.read(plain, at, today)
    if days is None:
        return 0
    if found.first is None:
        found.first, found.last, found.is_span = days.first, days.last, days.is_span
    elif (found.first, found.last) != (days.first, days.last):
        found.rest += [one.typed for one in words[at : at + days.words]]
    return days.words


def _this_part(found: Reading, words: Sequence[Word], plain: Sequence[str], at: int, today: date) -> int:
    """“bu akşam”, “tonight”: the part of today."""
    if plain[at] == "tonight":
        found.part = found.part or Part.EVENING
    elif plain[at] not in ("bu", "this") or not any(
        search_words.fits(one, stem) for one in plain[at + 1 : at + 2] for stem in _PARTS_OF_TODAY
    ):
        return 0
    if found.first is None:
        found.first = found.last = today
    return 1


def _clock(found: Reading, words: Sequence[Word], plain: Sequence[str], at: int, today: date) -> int:
    """15:30, saat 15: as the part of the day it lies in."""
    written = _CLOCK.fullmatch(plain[at])
    lead = plain[at] in ("saat", "at") and at + 1 < len(plain)
    hour = int(written[1]) if written else search_dates.number(plain[at + 1]) if lead else None
    if hour is None or hour > 23:
        return 0
    hour += 12 if not written and hour < 8 else 0
    part = Part.MORNING if hour < 12 else Part.AFTERNOON if hour < 17 else Part.EVENING
    found.part = found.part or part
    return 1 if written else 2


def _phrase(found: Reading, words: Sequence[Word], plain: Sequence[str], at: int, today: date) -> int:
    """The longest phrase that stands here; among equals the one that is spelled exactly, then the first."""
    best: tuple[int, bool, int, int] | None = None
    meaning: Any = None
    for order, (phrase, meant) in enumerate(_index().get(plain[at][:2], ())):
        if _stands(phrase, meant, words, at):
            rank = (len(phrase), phrase[-1] == plain[at + len(phrase) - 1], len(phrase[-1]), -order)
            if best is None or rank > best:
                best, meaning = rank, meant
    if best is None:
        return 0
    if not _take(found, *meaning):
        found.rest += [one.typed for one in words[at : at + best[0]]]
    return best[0]


def _stands(phrase: Sequence[str], meant: tuple[str, Any], words: Sequence[Word], at: int) -> bool:
    if at + len(phrase) > len(words):
        return False
    is_place = meant[0] == "place"
    pairs = list(zip(phrase, words[at : at + len(phrase)], strict=True))
    if is_place and not _may_be_place(phrase, pairs[-1][1]):
        return False
    inner = all(search_words.fits(word.plain, stem, is_place=is_place) for stem, word in pairs)
    return inner and (not is_place or all(stem == word.plain for stem, word in pairs[:-1]))


def _may_be_place(phrase: Sequence[str], last: Word) -> bool:
    """Days and months are none; a common word is one only where its ending says so."""
    if last.plain in search_dates.RESERVED:
        return False
    says_where = last.is_marked or re.fullmatch(r"[dt][ae](ki|n)?", last.plain[len(phrase[-1]) :]) is not None
    return says_where or " ".join(phrase) not in _RARE


def _take(found: Reading, what: str, value: Any) -> bool:
    """False when something else of this sort was said before."""
    if what == "service":
        return _take_service(found, value)
    if what == "place":
        return _take_place(found, value)
    known = getattr(found, what)
    if known and known != value:
        return False
    setattr(found, what, value)
    return True


def _take_service(found: Reading, code: str) -> bool:
    """“köpek kuaförü, tıraş”: of two of one kind the one that says more."""
    if not found.service or found.service == code:
        found.service = code
        return True
    old, new = search_words.BY_CODE[found.service], search_words.BY_CODE[code]
    if old.kind == new.kind and not (old.names and new.names):
        found.service = code if new.names else found.service
        return True
    return False


def _take_place(found: Reading, places: Sequence[Place]) -> bool:
    """“Kadıköy, İstanbul” in either order; a name of several districts is told apart by its province."""
    known = found.place
    if known is None:
        found.place = places[0] if len(places) == 1 else Place(district=places[0].district)
        return True
    for one in places:
        is_within = not known.district and one.district and known.province == one.province
        is_around = known.district and not one.district and _lies_in(known, one.province)
        if is_within or is_around:
            found.place = Place(one.province, one.district or known.district)
            return True
        if known == one:
            return True
    return False


def _lies_in(place: Place, province: str) -> bool:
    return any(code == province for code, _name in BY_NAME.get(fold(place.district), ()))


@cache
def _index() -> dict[str, list[tuple[tuple[str, ...], tuple[str, Any]]]]:
    """All phrases by the first two letters."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, Any]]]] = {}
    for phrase, meaning in _phrases():
        found.setdefault(phrase[0][:2], []).append((phrase, meaning))
    return found


def _phrases() -> Iterable[tuple[tuple[str, ...], tuple[str, Any]]]:
    for what, table in (("species", search_words.SPECIES), ("part", search_words.PARTS)):
        for value, words in table.items():
            yield from ((phrase, (what, str(value))) for phrase in search_words.listed(words))
    for sort, words in search_words.SORTS.items():
        yield from ((phrase, ("sort", sort)) for phrase in search_words.listed(words))
    for service in search_words.SERVICES:
        yield from ((phrase, ("service", service.code)) for phrase in search_words.listed(service.words))
    yield from ((phrase, ("species", str(value))) for phrase, value in search_words.breeds())
    for code, name in PROVINCES.items():
        yield (fold(name),), ("place", [Place(code)])
    yield from (((name,), ("place", [Place(code)])) for name, code in _SHORT.items())
    yield ("eyup",), ("place", [Place("34", "Eyüpsultan")])
    for folded, owners in BY_NAME.items():
        yield tuple(folded.split()), ("place", [Place(code, name) for code, name in owners])


RULES: tuple[Rule, ...] = (_nights, _animals, _days, _this_part, _clock, _phrase)
