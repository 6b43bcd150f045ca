"""Does a text offer something that may not be sold here? Medicines, plant protection, living animals.

    find("İverm3ktin 10 ml") -> [Finding("medicine", "ivermektin")]

Writing it otherwise does not help: capitals, Turkish letters, letters of other alphabets that look alike,
figures for letters, and letters pulled apart are read as what they stand for.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from core import text

from . import words
from .words import LIVE_ANIMAL, MEDICINE

# Letters of other alphabets that look like ours; signs that stand for one within a word.
ALIKE = str.maketrans(
    "абвгдезиійкмнопрстухѕјһԁɡαβγεηικμνορτυχωɑıłøßđ₀",
    "abbrgeeuiukmhonpctyxsjhdgabyenikmvoptuxwailosdo",
)
SIGNS = str.maketrans("|!¡$@€", "iiisae")
FIGURES = str.maketrans("0134578", "oieastb")
OTHER_ONE = str.maketrans("1", "l")
SHORTEST_APART = 7  # shorter ones would be found by chance where words meet


@dataclass(frozen=True)
class Finding:
    matter: str
    word: str


def find(*texts: str) -> list[Finding]:
    """What the texts of a product hold, each once. The first one is its title."""
    title = _tokens(texts[0]) if texts else []
    whole = " \n ".join(texts)
    found = _medicines(whole)
    found += [Finding(LIVE_ANIMAL, word) for word in _animals(title, whole)]
    return list(dict.fromkeys(found))


def is_asked_for(query: str) -> bool:
    """Whether somebody searches for such things. A lone name of an animal is no such question."""
    return bool(_medicines(query))


def _medicines(typed: str) -> list[Finding]:
    plain = _without_harmless(" ".join(_tokens(typed)))
    tokens = plain.split()
    hits = [_stem_in(token) for token in {*tokens, *_unmasked(tokens)}]
    hits += [word for word in words.WORDS if word in tokens]
    hits += [phrase for phrase in words.PHRASES if f" {phrase}" in f" {plain}"]
    hits += _apart(plain.replace(" ", ""))
    hits += [word for word in _spelled(typed) if word in words.WORDS or _stem_in(word)]
    return [Finding(MEDICINE, word) for word in sorted({hit for hit in hits if hit})]


def _stem_in(token: str) -> str:
    """`antibiyotikli` begins with a stem; `antibiyotiksiz` says there is none of it."""
    if not token.startswith(_stems()) or re.search(r"s[iu]z(lik|dir|dur)?$", token):
        return ""
    return next(stem for stem in _stems() if token.startswith(stem))


@cache
def _stems() -> tuple[str, ...]:
    return tuple(_simple(word) for word in [*words.SUBSTANCES, *words.BRANDS, *words.GROUPS])


@cache
def _long_stems() -> tuple[str, ...]:
    return tuple(stem for stem in _stems() if len(stem) >= SHORTEST_APART and stem not in words.GROUPS)


def _apart(bare: str) -> list[str]:
    """`i v e r m e k t i n`, `iver-mektin`, `iver.mek.tin`: found in the text without its gaps."""
    unmasked = bare.translate(FIGURES)
    return [stem for stem in _long_stems() if stem in bare or stem in unmasked]


def _spelled(typed: str) -> list[str]:
    """Words whose letters stand alone: `a ş ı`."""
    runs = re.findall(r"(?<![a-z0-9])(?:[a-z0-9][ .\-_*]+){2,}[a-z0-9](?![a-z0-9])", _folded(typed))
    return [_simple(re.sub(r"[^a-z0-9]", "", run)) for run in runs]


def _animals(title: list[str], whole: str) -> list[str]:
    """A title of nothing but an animal offers that animal; so do the words of such a sale."""
    plain = " ".join(_tokens(whole))
    found = [phrase for phrase in words.LIVE_PHRASES if f" {phrase}" in f" {plain}"]
    found += [word for word in words.SALE if word in title and set(title) & set(words.ANIMALS)]
    named = [word for word in title if not word.isdigit()]
    vocabulary = {*words.ANIMALS, *words.YOUNG, *words.SALE}
    if named and set(named) & set(words.ANIMALS) and set(named) <= vocabulary:
        found.append(" ".join(named))
    return found


def _without_harmless(plain: str) -> str:
    for phrase in words.HARMLESS:
        plain = re.sub(rf"\b{phrase}\w*", " ", plain)
    return " ".join(plain.split())


def _tokens(typed: str) -> list[str]:
    return [_simple(token) for token in re.findall(r"[a-z0-9]+", _folded(typed))]


def _unmasked(tokens: list[str]) -> list[str]:
    """Figures among letters read as letters: `1vermekt1n`, `sim7ex`."""
    mixed = [token for token in tokens if not token.isdigit() and not token.isalpha()]
    return [
        _simple(token.translate(one).translate(FIGURES)) for token in mixed for one in (OTHER_ONE, FIGURES)
    ]


@lru_cache(maxsize=8)  # each text is looked at in several ways
def _folded(typed: str) -> str:
    """Small plain letters, without accents, invisible signs and letters of other alphabets."""
    shown = "".join(
        sign for sign in unicodedata.normalize("NFKC", typed) if unicodedata.category(sign) != "Cf"
    )
    plain = text.lower(shown).translate(ALIKE)
    plain = re.sub(r"(?<=\w)[|!¡$@€]+(?=\w)", lambda signs: signs[0].translate(SIGNS), plain)
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    return text.fold(bare)


def _simple(word: str) -> str:
    """A letter written three times and more is one."""
    return re.sub(r"(.)\1{2,}", r"\1", word)
