"""The tax office's own rules (XSD and schematron of UBL-TR), where their package is installed.

`efatura-kontrol` brings a processor of 35 MB and a server we do not need, so it is no part of production:
tests and the campaign of checks run everything we write through it, and the integrator does so again.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec


@cache
def is_here() -> bool:
    return find_spec("efatura_kontrol") is not None


def findings(content: bytes, levels: tuple[str, ...] = ("hata",)) -> list[str]:
    """What the rules say against this XML: errors; with `uyari` also differences in sums."""
    from efatura_kontrol.kontrol import kontrol_et

    found = kontrol_et(content, ad="belge.xml").bulgular
    return [f"{one.kod}: {one.mesaj}" for one in found if one.seviye in levels]
