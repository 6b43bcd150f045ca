"""Documents with versions, published as editors publish them."""

from __future__ import annotations

import datetime
import json
import uuid
from typing import Any

from django.utils import timezone

from legal import services, texts
from legal.models import DocumentPage, LegalIndexPage, Mode, Version
from tests.factories import faq

CLAUSES = [
    ("iade-1", "Kapsam", "Bu metin mağazadaki ve modüllerdeki iadeyi düzenler.", "Ne için geçerli olduğu."),
    ("iade-2", "Aynı gün iade", "İptal edilen işlemin bedeli aynı gün iade edilir.", "Aynı gün göndeririz."),
    ("iade-3", "Başvuru", "Sorular destek sayfasından iletilir.", ""),
]


def section(tree: faq.Tree, **fields: Any) -> LegalIndexPage:
    """The legal section under a home page."""
    suffix = "" if tree.home.locale.language_code == "tr" else "-en"
    fields = {"title": "Hukuki dokümanlar", "slug": f"hukuki{suffix}", **fields}
    page = LegalIndexPage(**faq.published(locale=tree.home.locale, **fields))
    return tree.home.add_child(instance=page)


def clauses(rows: list[tuple[str, str, str, str]] = CLAUSES, **changed: str) -> str:
    """Blocks as Wagtail stores them; `iade_2="…"` replaces the text of that clause."""
    texts = {key.replace("_", "-"): text for key, text in changed.items()}
    blocks = [
        {
            "type": "clause",
            "id": f"00000000-0000-4000-8000-{place:012}",
            "value": {
                "key": key,
                "heading": heading,
                "text": f"<p>{texts.get(key, text)}</p>",
                "brief": brief,
            },
        }
        for place, (key, heading, text, brief) in enumerate(rows)
    ]
    return json.dumps(blocks)


def document(section: LegalIndexPage, key: str = "iade", **fields: Any) -> DocumentPage:
    fields = {
        "title": "İptal ve iade koşulları",
        "slug": key,
        "clauses": clauses(),
        "mode": Mode.NOTIFY,
        "kind": "contract",
        **fields,
    }
    page = DocumentPage(**faq.published(key=key, locale=section.locale, **fields))
    return section.add_child(instance=page)


def publish(page: DocumentPage, *, now: datetime.datetime | None = None, **changes: Any) -> Version | None:
    """Change the page and publish it."""
    page = DocumentPage.objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save()
    return services.publish(page=page, now=now or timezone.now())


def papers(tree: faq.Tree) -> tuple[Version, Version]:
    """What a sign-up shows: the notice, and the terms that have to be accepted."""
    below = section(tree)
    notice = publish(document(below, key="kvkk", title="KVKK aydınlatma metni", kind="notice"))
    terms = publish(document(below, key="kosullar", title="Kullanım koşulları", mode=Mode.EXPLICIT))
    return notice, terms


def index(tree: faq.Tree) -> LegalIndexPage:
    return LegalIndexPage.objects.get(locale=tree.home.locale)


def page_of(version: Version) -> DocumentPage:
    return DocumentPage.objects.get(key=version.document, locale__language_code=version.locale)


def in_force(key: str, title: str, rows: list[tuple[str, str]], kind: str = "contract") -> Version:
    """A version in force without its page, for rooms that only quote it; the one there is, if any."""
    if known := Version.objects.filter(document=key, locale="tr", status="effective").first():
        return known
    now = timezone.now()
    texts_ = [texts.Text(f"{key}-{place}", *row, "") for place, row in enumerate(rows, 1)]
    version = Version.objects.create(
        document=key,
        translation_key=uuid.uuid4(),
        locale="tr",
        number=1,
        title=title,
        kind=kind,
        mode=Mode.PUBLISH,
        effective_from=timezone.localdate(now),
        published_at=now,
        clauses_total=len(texts_),
        sha256=texts.fingerprint(title, texts_),
    )
    for order, text in enumerate(texts_):
        facts = {"heading": text.heading, "html": text.html, "sha256": text.sha256}
        version.clauses.create(key=text.key, order=order, **facts)
    Version.objects.filter(pk=version.pk).update(status="effective")
    return version
