"""Turkish text for machines: lower case that knows ı and i, and folding for search and slugs."""

from anyascii import anyascii
from django.utils.text import slugify

_TURKISH_LOWER = str.maketrans("Iİ", "ıi")
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
