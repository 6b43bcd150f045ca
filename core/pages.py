"""The base of our page types: address in plain letters, folded text for search, summary, body.

Abstract on purpose: Wagtail's swappable base page is not supported by wagtail-localize and could
not be changed later (docs/decisions/0003).
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from . import text
from .blocks import BodyBlock


class ContentPageForm(WagtailAdminPageForm):
    """Page types with a form of their own extend this one."""

    def clean(self) -> dict[str, Any]:
        """A moment that was still to come when typed, but passed while the draft waited, is let through."""
        cleaned = super().clean()
        start = cleaned.get("go_live_at")
        this_minute = timezone.now().replace(second=0, microsecond=0)
        if start and "go_live_at" in self.changed_data and start < this_minute:
            self.add_error("go_live_at", _("This moment has passed. Choose a later one, or leave it empty."))
        return cleaned


class ContentPage(Page):
    base_form_class = ContentPageForm

    summary = models.TextField(
        _("summary"),
        blank=True,
        max_length=300,
        help_text=_("One or two sentences for lists and search engines."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("content"))

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    api_fields = [APIField("summary"), APIField("body")]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.AutocompleteField("folded_title", boost=2),
        index.AutocompleteField("folded_text"),
    ]

    class Meta:
        abstract = True

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Wagtail's own slug drops Turkish letters (`kedi-aslar`); ours spells them out."""
        if not self.slug:
            self.slug = text.slug(self.title)
        super().full_clean(*args, **kwargs)

    def folded_title(self) -> str:
        return text.fold(self.title)

    def folded_text(self) -> str:
        """Everything a reader sees, as people without a Turkish keyboard type it."""
        return text.fold(" ".join([self.summary, *self.extra_search_text(), self.plain_body]))

    def extra_search_text(self) -> list[str]:
        """More words to be found by, such as synonyms."""
        return []

    @property
    def plain_body(self) -> str:
        return strip_tags(" ".join(self.body.stream_block.get_searchable_content(self.body)))
