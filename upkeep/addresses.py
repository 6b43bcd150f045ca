"""Which addresses close with a part, and which never close."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.conf import settings

_LANGUAGE = re.compile(rf"/(?:{'|'.join(code for code, _name in settings.LANGUAGES)})(?=/)")

# Open whatever happens: the status page, machines that watch us, staff and their way in, files, and the
# ways in which people complain (which the law wants open also during upkeep).
ALWAYS_OPEN = (
    "/durum/",
    "/saglik/",
    "/api/content/v2/status/",
    "/yonetim/",
    "/hesap/giris/",
    "/hesap/cikis/",
    "/hesap/ikinci-adim/",
    "/hesap/gecis-anahtari/",
    "/hesap/onayla/",
    "/static/",
    "/media/",
    "/i18n/",
    "/yardim/soru/",
    "/destek/",
    "/bulten/ayril/",
    "/hukuki/cerez-tercihleri/",
    "/posta/",
    "/odeme/bildirim/",  # providers tell what became of money that is under way
)
_BROWSER_BACK = re.compile(r"/odeme/[0-9a-f-]{36}/donus/")  # and browsers come back from their pages


def plain(path: str) -> str:
    """Without its language: `/en/magaza/` is `/magaza/`."""
    return _LANGUAGE.sub("", path, count=1) if path.startswith("/") else path


def is_kept_open(path: str) -> bool:
    return plain(path).startswith(ALWAYS_OPEN) or bool(_BROWSER_BACK.match(path))


def closes(path: str, prefixes: Iterable[str]) -> bool:
    """Also `/magaza`, which leads to `/magaza/`."""
    return f"{plain(path).removesuffix('/')}/".startswith(tuple(prefixes))
