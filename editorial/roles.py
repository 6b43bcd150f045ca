"""The roles of the editorial side and what each may do, as one table.

Names of groups are data that editors see and may be looked up by, so they are Turkish and not translated.
Who only takes part in a workflow (the reviewer) needs no page right: the task itself opens the editor.
"""

from __future__ import annotations

from dataclasses import dataclass, field

AUTHOR = "Yazar"
EDITOR = "Editör"
REVIEWER = "Gözden geçiren"
COUNSEL = "Hukuk müşaviri"
TRANSLATOR = "Çevirmen"

CONTENT, LEGAL = "content", "legal"  # kinds of sections

WRITE = ("add",)
EDIT = ("add", "change")
MANAGE = ("add", "change", "publish", "lock", "unlock", "bulk_delete")
KEEP = ("add", "change", "delete")


@dataclass(frozen=True)
class Role:
    """Rights on pages by kind of section, on pictures, documents and snippets, and on the platform."""

    name: str
    pages: dict[str, tuple[str, ...]] = field(default_factory=dict)
    images: tuple[str, ...] = ("choose",)
    documents: tuple[str, ...] = ("choose",)
    snippets: tuple[str, ...] = ()
    platform: tuple[str, ...] = ()


ALL = [
    Role(AUTHOR, {CONTENT: WRITE}, images=("add", "choose"), documents=("add", "choose")),
    Role(
        EDITOR,
        {CONTENT: MANAGE},
        images=("add", "change", "choose"),
        documents=("add", "change", "choose"),
        snippets=KEEP,
        platform=("wagtail_localize.submit_translation", "editorial.name_stand_in"),
    ),
    Role(REVIEWER),
    Role(COUNSEL, {LEGAL: EDIT}, documents=("add", "change", "choose")),
    Role(
        TRANSLATOR,
        {CONTENT: ("change",), LEGAL: ("change",)},
        platform=("wagtail_localize.submit_translation",),
    ),
]
