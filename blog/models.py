"""The blog: an index of posts. A post marked as official becomes an announcement when it is published.

What was announced stays: its row is kept by the database (see the migrations), because page fields
travel with revisions and an old revision could silently undo a retraction.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.api import APIField
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField

from core import text
from core.api_fields import MomentField
from core.audiences import Audience
from core.fields import ChoicesField
from core.pages import ContentPage

from . import api_fields as api
from .forms import PostForm

WORDS_A_MINUTE = 180  # silent reading of Turkish prose, a little on the slow side
COVER_SIZE = "fill-1600x900"
RESERVED_SLUGS = {"etiket", "resmi"}


SHOWN = "blog"  # the tag of kept answers that show posts


class Channel(models.TextChoices):
    """Where an announcement is also meant to go; the rooms that send decide what they do with it."""

    PANEL = "panel", _("Panel")
    NEWSLETTER = "newsletter", _("Newsletter")


@dataclass(frozen=True)
class Picture:
    url: str
    full_url: str
    width: int
    height: int
    alt: str


class Author(TranslatableMixin, models.Model):
    name = models.CharField(_("name"), max_length=80)
    role = models.CharField(_("role"), max_length=120, blank=True, help_text=_("One line under the name."))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account"),
    )

    panels = [FieldPanel("name"), FieldPanel("role"), FieldPanel("user")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class BlogTag(TagBase):
    """One tag for all languages, so its address stays; English readers see its English name."""

    english = models.CharField(_("name in English"), max_length=100, blank=True)

    free_tagging = True
    panels = [FieldPanel("name"), FieldPanel("english")]

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    @property
    def label(self) -> str:
        return self.english if self.english and get_language() == "en" else self.name

    def slugify(self, tag: str, i: int | None = None) -> str:
        plain = text.slug(tag) or "etiket"
        return plain if i is None else f"{plain}-{i}"


class TaggedPost(ItemBase):
    content_object = ParentalKey("blog.PostPage", on_delete=models.CASCADE, related_name="tagged_items")
    tag = models.ForeignKey(BlogTag, models.CASCADE, related_name="tagged_items")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="post_has_a_tag_once"),
        ]


class HoldsAnnouncements:
    """A page on or below which announcements stand cannot be restricted: they are for everyone."""

    @property
    def private_page_options(self) -> list[str]:
        from . import queries

        return [] if queries.is_announced_below(self) else ContentPage.private_page_options


class BlogIndexPage(HoldsAnnouncements, ContentPage):
    cache_tags = (SHOWN,)
    subpage_types = ["blog.PostPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("blog")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from . import queries

        return super().get_context(request, *args, **kwargs) | queries.listing(
            queries.posts(self.locale.language_code), request
        )


class PostPage(HoldsAnnouncements, ContentPage):
    author = models.ForeignKey(
        Author, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("author")
    )
    cover = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cover picture"),
    )
    cover_alt = models.CharField(
        _("text for the cover"),
        max_length=200,
        blank=True,
        help_text=_("What the picture shows, for people who do not see it."),
    )
    tags = ClusterTaggableManager(through=TaggedPost, blank=True, verbose_name=_("tags"))
    reading_minutes = models.PositiveSmallIntegerField(default=1, editable=False)
    official = models.BooleanField(
        _("official announcement"),
        default=False,
        help_text=_("Told to everyone once, at the first publication. It can be retracted, not deleted."),
    )
    audiences = ChoicesField(
        models.CharField(max_length=10, choices=Audience.choices),
        verbose_name=_("for whom"),
        default=list,
        blank=True,
        help_text=_("Nobody chosen means: for everyone."),
    )
    channels = ChoicesField(
        models.CharField(max_length=12, choices=Channel.choices),
        verbose_name=_("channels"),
        default=list,
        blank=True,
        help_text=_("Where the announcement goes beside the blog."),
    )

    cache_tags = (SHOWN,)  # related posts, and whether it still holds
    base_form_class = PostForm
    content_panels = [
        *ContentPage.content_panels,
        MultiFieldPanel([FieldPanel("cover"), FieldPanel("cover_alt")], heading=_("Cover")),
        FieldPanel("author"),
        FieldPanel("tags"),
        InlinePanel("related_links", label=_("Related post"), max_num=3),
        MultiFieldPanel(
            [FieldPanel("official"), FieldPanel("audiences"), FieldPanel("channels")],
            heading=_("Announcement"),
        ),
    ]
    api_fields = [
        *ContentPage.api_fields,
        APIField("author", serializer=api.AuthorField()),
        APIField("tags", serializer=api.TagsField(source="shown_tags")),
        APIField("cover", serializer=api.CoverField(source="picture")),
        APIField("reading_minutes"),
        APIField("official"),
        APIField("audiences"),
        APIField("channels"),
        APIField("retracted"),
        APIField("retraction", serializer=api.RetractionField()),
        APIField("updated_at", serializer=MomentField(source="changed_at")),
    ]
    search_fields = [*ContentPage.search_fields, index.FilterField("official")]
    override_translatable_fields = [
        BaseTranslatableField("tags"),  # its rows are copied as a child relation
        SynchronizedField("tagged_items", overridable=False),
        SynchronizedField("official", overridable=False),
        SynchronizedField("audiences", overridable=False),
        SynchronizedField("channels", overridable=False),
        SynchronizedField("related_links", overridable=False),
    ]
    parent_page_types = ["blog.BlogIndexPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["official"]  # a copy is a new text: whoever wants it announced says so

    class Meta:
        verbose_name = _("post")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.reading_minutes = minutes_for(f"{self.summary} {self.plain_body}")
        self.official = self.official or self.is_announced  # also against an old revision
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("This address belongs to the blog itself.")})
        if self.cover_id and not self.cover_alt:
            raise ValidationError({"cover_alt": _("Say what the picture shows.")})
        if self.official and self.expire_at:
            raise ValidationError({"expire_at": _("An official announcement does not expire; retract it.")})

    @property
    def is_announced(self) -> bool:
        return self.pk is not None and hasattr(self, "announcement")

    @property
    def retraction(self) -> Announcement | None:
        """The announcement, if it has been retracted."""
        return self.announcement if self.is_announced and self.announcement.retracted_at else None

    @property
    def retracted(self) -> bool:
        return self.retraction is not None

    @property
    def changed_at(self) -> datetime | None:
        """The last time that readers were shown something else: a publication or a retraction."""
        if self.retraction is None:
            return self.last_published_at
        return max(self.retraction.retracted_at, self.last_published_at)

    @property
    def is_updated(self) -> bool:
        """Published anew on a later day than the first."""
        first, last = self.first_published_at, self.last_published_at
        return bool(first and last and (last - first).days >= 1)

    @cached_property
    def shown_tags(self) -> list[BlogTag]:
        """Lists that show many posts set this beforehand."""
        return list(BlogTag.objects.filter(tagged_items__content_object=self))

    @cached_property
    def picture(self) -> Picture | None:
        """The cover in the one size that lists, pages and front ends share, with this post's own words."""
        if self.cover is None:
            return None
        shown = get_rendition_or_not_found(self.cover, COVER_SIZE)
        return Picture(shown.url, shown.full_url, shown.width, shown.height, self.cover_alt)

    @cached_property
    def related(self) -> list[PostPage]:
        from . import queries

        return queries.related(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"trail": [self.get_parent()]}


class RelatedPost(Orderable):
    """Kept in the source language; pages show the translation in their own (see `queries.related`)."""

    page = ParentalKey(PostPage, on_delete=models.CASCADE, related_name="related_links")
    post = models.ForeignKey(PostPage, models.CASCADE, related_name="+", verbose_name=_("post"))

    panels = [PageChooserPanel("post")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "post"], name="post_is_related_once")]


class Announcement(models.Model):
    """That an official post was told, when, and whether it still holds. One row for each post, for ever.

    Triggers refuse to delete a row, to change one and to take a retraction back.
    """

    post = models.OneToOneField(PostPage, models.PROTECT, related_name="announcement", verbose_name=_("post"))
    at = models.DateTimeField(_("announced"))
    origin = models.CharField(_("origin"), max_length=200, blank=True)
    retracted_at = models.DateTimeField(_("retracted"), null=True)
    retracted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("retracted by")
    )
    note = models.TextField(_("public reason"), blank=True)

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        constraints = [
            models.CheckConstraint(
                name="retraction_has_a_reason",
                condition=Q(retracted_at=None, note="") | (Q(retracted_at__isnull=False) & ~Q(note="")),
            ),
            models.CheckConstraint(
                name="retraction_comes_after_the_announcement",
                condition=Q(retracted_at=None) | Q(retracted_at__gte=models.F("at")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.post)


def minutes_for(words: str) -> int:
    """How long an unhurried reader needs, at least a minute."""
    return max(1, math.ceil(len(words.split()) / WORDS_A_MINUTE))
