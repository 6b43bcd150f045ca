"""Turkish text for machines: lower case that knows ı and i, and folding for search and slugs."""

import re

from anyascii import anyascii
from django.utils.text import slugify

_TURKISH_LOWER = str.maketrans("Iİ", "ıi")
_NOT_TEXT = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FOLD = str.maketrans("çğıöşüâîû", "cgiosuaiu")


def lower(text: str) -> str:
    """Lower case by Turkish rules: `ISIRIK` → `ısırık`, `İade` → `iade`."""
    return text.translate(_TURKISH_LOWER).lower()


def fold(text: str) -> str:
    """What people type without a Turkish keyboard: `Şifremi` and `sifremi` become equal."""
    return lower(text).translate(_FOLD)


def slug(text: str) -> str:
    """An address in plain letters: `Kedi aşıları` → `kedi-asilari`."""
    return slugify(anyascii(fold(text)))


def plain(words: str) -> str:
    """Without the characters that neither XML nor a calendar can hold."""
    return _NOT_TEXT.sub("", words.replace("\r\n", "\n"))


_LAST_SOUND = {
    **dict.fromkeys((0, 6, 9, 10, 30), "da"),
    **dict.fromkeys((1, 2, 7, 8, 20, 50), "de"),
    **dict.fromkeys((3, 4, 5), "te"),
    40: "ta",
}


def at_time(hour: int, minute: int = 0) -> str:
    """A time as Turkish says when: `19:00’da`, `13:00’te`, `09:30’da`. The ending follows the sound."""
    spoken = minute or hour
    ending = _LAST_SOUND[spoken % 10 or spoken] if spoken else "da"
    return f"{hour:02}:{minute:02}’{ending}"
