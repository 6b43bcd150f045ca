"""What the legal room promises about itself."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.proofs import Result, State, proof

from . import texts
from .models import DocumentPage, Version
from .states import Status

PRIVACY = ("kvkk", "gizlilik")


@proof("legal.versions_unchanged", title=gettext_lazy("Published legal texts are unchanged"))
def versions_unchanged() -> Result:
    """Computes every fingerprint anew from the stored text."""
    versions = Version.objects.prefetch_related("clauses")
    broken = [str(version) for version in versions if not _is_whole(version)]
    if broken:
        public = _("A published legal text differs from its fingerprint.")
        return Result(State.FAILED, public, ", ".join(broken))
    return Result(State.OK, _("The fingerprints of all %d published versions match.") % len(versions))


def _is_whole(version: Version) -> bool:
    rows = list(version.clauses.all())
    clauses = [texts.Text(row.key, row.heading, row.html, row.brief) for row in rows]
    return (
        len(rows) == version.clauses_total
        and [row.sha256 for row in rows] == [clause.sha256 for clause in clauses]
        and version.sha256 == texts.fingerprint(version.title, clauses)
    )


@proof(
    "legal.privacy_pages_open",
    title=gettext_lazy("The KVKK notice and the privacy policy are open and in force"),
)
def privacy_pages_open() -> Result:
    """Both pages are live and public, and show a version in force."""
    missing = [key for key in PRIVACY if not _is_open(key)]
    if missing:
        return Result(
            State.FAILED, _("The KVKK notice or the privacy policy cannot be read."), ", ".join(missing)
        )
    return Result(State.OK, _("The KVKK notice and the privacy policy are open to everyone."))


def _is_open(key: str) -> bool:
    language = settings.LANGUAGE_CODE
    page = DocumentPage.objects.live().public().filter(key=key, locale__language_code=language).first()
    in_force = Version.objects.filter(document=key, locale=language, status=Status.EFFECTIVE)
    return page is not None and bool(page.url) and in_force.exists()
