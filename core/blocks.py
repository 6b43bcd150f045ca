"""The building blocks of every page body. Each has its own template in `templates/blocks/`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from . import clauses, live, response_cache

LIVE_FOR = timedelta(minutes=1)


class Tone(TextChoices):
    INFO = "info", _("Note")
    OK = "ok", _("Good to know")
    WARN = "warn", _("Take care")


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "h2"
        label = _("Heading")
        template = "blocks/heading.html"


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/text.html"


class NoticeBlock(blocks.StructBlock):
    tone = blocks.ChoiceBlock(choices=Tone.choices, default=Tone.INFO, label=_("Tone"))
    text = blocks.RichTextBlock(features=["bold", "italic", "link"], label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Notice")
        template = "blocks/notice.html"


class PictureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(required=False, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/picture.html"


class StepsBlock(blocks.ListBlock):
    """Numbered steps, for answers that say how something is done."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(blocks.RichTextBlock(features=["bold", "link"], label=_("Step")), **kwargs)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "blocks/steps.html"


class LiveBlock(blocks.ChoiceBlock):
    """“Canlı veri”: the editor picks what is shown, the system fills it in at each reading."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "choices": live.choices})

    def get_context(self, value: str, parent_context: dict | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        if entry := live.get(value):
            response_cache.forget_after(LIVE_FOR)
            context |= {"live": entry, "data": entry.read()}
        return context

    def get_api_representation(self, value: str, context: Any = None) -> dict[str, Any]:
        entry = live.get(value)
        response_cache.forget_after(LIVE_FOR)
        return {"code": value, "data": entry.read() if entry else None}

    class Meta:
        icon = "history"
        label = _("Live data")
        template = "blocks/live.html"


class ClauseBlock(blocks.FieldBlock):
    """“Madde alıntısı”: a clause of a legal document, in the version of the day it was chosen.

    Not a ChoiceBlock: that would read all clauses each time a page is shown.
    """

    def __init__(self, **kwargs: Any) -> None:
        self.field = forms.ChoiceField(choices=self._choices)
        super().__init__(**kwargs)

    def _choices(self) -> list[Any]:
        return [("", "---------"), *clauses.choices()]

    def get_context(self, value: str, parent_context: dict | None = None) -> dict[str, Any]:
        return super().get_context(value, parent_context=parent_context) | {"quote": clauses.quote(value)}

    def get_api_representation(self, value: str, context: Any = None) -> dict[str, Any] | None:
        quote = clauses.quote(value)
        return asdict(quote) if quote else None

    class Meta:
        icon = "openquote"
        label = _("Clause quote")
        template = "blocks/clause.html"


class BodyBlock(blocks.StreamBlock):
    heading = HeadingBlock()
    text = TextBlock(features=["bold", "italic", "link", "ol", "ul", "document-link"])
    steps = StepsBlock()
    notice = NoticeBlock()
    picture = PictureBlock()
    live = LiveBlock()
    clause = ClauseBlock()
