"""The base of our page types: address in plain letters, folded text for search, summary, body.

Abstract on purpose: Wagtail's swappable base page is not supported by wagtail-localize and could
not be changed later (docs/decisions/0003).
"""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from . import preview, response_cache, text
from .blocks import BodyBlock
from .response_cache import pages


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

    cache_tags: tuple[str, ...] = ()  # what the page shows besides pages
    lists_below = False  # whether it shows the pages below it

    class Meta:
        abstract = True

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [*super().preview_modes, *preview.modes()]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        if mode_name == preview.HEADLESS:
            return preview.frame(request, self)
        return super().serve_preview(request, mode_name)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self._spell_slug()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        """What Wagtail asks of a draft."""
        self._spell_slug()
        super().minimal_clean()

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> Any:
        """What it refers to is indexed once, when its children stand. Wagtail does it for the page and then
        anew for each child: eight statements for every related question."""
        from wagtail import signal_handlers as wagtail  # asks for models that are not loaded before this one

        if getattr(wagtail.reference_index_auto_update_disabled, "value", False):
            return super().save(*args, **kwargs)  # whoever switched it off indexes all at its end
        with wagtail.disable_reference_index_auto_update():
            saved = super().save(*args, **kwargs)
        wagtail.update_reference_index_on_save(self)
        return saved

    def _spell_slug(self) -> None:
        """Wagtail's own slug drops Turkish letters (`kedi-aslar`); ours spells them out."""
        if not self.slug:
            self.slug = text.slug(self.title)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response_cache.depends_on(*self.cache_tags)
        pages.shows(self, with_below=self.lists_below)
        return super().serve(request, *args, **kwargs)

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
