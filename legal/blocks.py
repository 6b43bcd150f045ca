"""The clause: the building block of a legal document."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

KEY = r"^[a-z0-9]+(-[a-z0-9]+)*\Z"


class ClauseBlock(blocks.StructBlock):
    """`key` is the clause's address for ever. A RegexBlock, so translators never meet it."""

    key = blocks.RegexBlock(
        regex=KEY,
        max_length=40,
        label=_("Address"),
        help_text=_(
            "Small letters, digits and hyphens, such as iade-2. Never changes, also when the clause moves."
        ),
        error_messages={"invalid": _("Only small letters a–z, digits and single hyphens.")},
    )
    heading = blocks.CharBlock(max_length=120, label=_("Heading"))
    text = blocks.RichTextBlock(features=["bold", "italic", "link", "ol", "ul"], label=_("Official text"))
    brief = blocks.CharBlock(
        required=False,
        max_length=240,
        label=_("In short"),
        help_text=_("One plain sentence. It does not bind."),
    )

    class Meta:
        icon = "list-ol"
        label = _("Clause")
        form_layout = ["heading", "key", "text", "brief"]


class ClausesBlock(blocks.StreamBlock):
    clause = ClauseBlock()

    def clean(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        """Two clauses cannot live at one address."""
        cleaned = super().clean(value, *args, **kwargs)
        seen: set[str] = set()
        doubled = {}
        for place, block in enumerate(cleaned):
            if (key := block.value["key"]) in seen:
                doubled[place] = blocks.StructBlockValidationError(
                    block_errors={"key": ValidationError(_("Another clause has this address already."))}
                )
            seen.add(key)
        if doubled:
            raise blocks.StreamBlockValidationError(block_errors=doubled)
        return cleaned
