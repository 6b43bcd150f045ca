"""The building blocks of every page body. Each has its own template in `templates/blocks/`."""

from __future__ import annotations

from copy import copy
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from . import clauses, live, renditions, response_cache

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


class PreloadedChooser(ImageChooserBlock):
    """Takes pictures that were read for the whole list; without them, does as Wagtail does."""

    def bulk_to_python(self, values: Any) -> list[Any]:
        values = list(values)
        found = renditions.known(value for value in values if value)
        if not found:
            return super().bulk_to_python(values)
        return [copy(found.get(value)) for value in values]  # each block writes its own words on its picture


class OurImageBlock(ImageBlock):
    def __init__(self, required: bool = True, **kwargs: Any) -> None:
        super().__init__(required=required, **kwargs)
        chooser = PreloadedChooser(required=required)
        chooser.set_name("image")
        self.child_blocks["image"] = chooser


class PictureBlock(blocks.StructBlock):
    image = OurImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(required=False, label=_("Caption"))

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any]:
        """All sizes with the words for those who do not see it; no words for what only decorates."""
        image = value["image"]
        words = {
            "alt": (image and image.contextual_alt_text) or "",
            "decorative": bool(image and image.decorative),
            "caption": value["caption"] or "",
        }
        return {**(renditions.picture(image) if image else {}), **words}

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
        """The data, and the same as HTML for a front end that does not know this code."""
        entry = live.get(value)
        if entry is None:
            return {"code": value, "title": "", "data": None, "html": ""}
        response_cache.forget_after(LIVE_FOR)
        data = entry.read()
        html = render_to_string(entry.template, {"live": entry, "data": data})
        return {"code": value, "title": str(entry.title), "data": data, "html": html.strip()}

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
