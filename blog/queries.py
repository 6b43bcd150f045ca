"""Reads of the blog. Everything readers get starts from `visible`: published and open to everyone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.images import get_image_model
from wagtail.models import Page

from .models import COVER_SIZE, Announcement, BlogIndexPage, BlogTag, PostPage, RelatedPost, TaggedPost

PAGE_SIZE = 10
MOST_RELATED = 3
NEWS_LASTS = timedelta(days=30)
PUBLISHING = timedelta(minutes=1)  # a publication still under way tells for itself


def visible(language: str) -> QuerySet[PostPage]:
    return PostPage.objects.live().public().filter(locale__language_code=language)


def listed(posts: QuerySet[PostPage]) -> QuerySet[PostPage]:
    """With what a list shows, without the long texts, newest first."""
    return with_relations(posts).defer_streamfields()


def with_relations(posts: QuerySet[PostPage]) -> QuerySet[PostPage]:
    images = get_image_model().objects.prefetch_renditions(COVER_SIZE)
    found = posts.select_related("locale", "author", "announcement")
    return found.prefetch_related(Prefetch("cover", images)).order_by("-first_published_at", "-pk")


def posts(language: str) -> QuerySet[PostPage]:
    return listed(visible(language))


def tagged(language: str, tag: BlogTag) -> QuerySet[PostPage]:
    return posts(language).filter(tagged_items__tag=tag)


def announcements(language: str) -> QuerySet[PostPage]:
    """Official posts that were told, the newest told first, retracted ones among them."""
    return posts(language).exclude(announcement=None).order_by("-announcement__at", "-pk")


def news(language: str, now: datetime) -> PostPage | None:
    """The announcement worth a line on the home page: the newest, if it still holds and is recent."""
    latest = announcements(language).prefetch_related(None).first()
    fresh = latest and not latest.retracted and now - latest.announcement.at < NEWS_LASTS
    return latest if fresh else None


def tags(language: str) -> QuerySet[BlogTag]:
    """Tags that lead somewhere in this language, the most used first."""
    used = BlogTag.objects.filter(tagged_items__content_object__in=visible(language))
    return used.annotate(times=Count("tagged_items")).order_by("-times", "name")


def listing(found: QuerySet[PostPage], request: HttpRequest) -> dict[str, Any]:
    """One page of a list, as its template wants it."""
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return {"page_obj": page, "posts": attach_tags(page), "tags": tags(get_language() or "")}


def attach_tags(pages: Iterable[PostPage]) -> list[PostPage]:
    """Set `shown_tags` of many posts at once."""
    pages = list(pages)
    found = defaultdict(list)
    rows = TaggedPost.objects.filter(content_object__in=pages).select_related("tag").order_by("tag__name")
    for row in rows:
        found[row.content_object_id].append(row.tag)
    for page in pages:
        page.shown_tags = found[page.pk]
    return pages


def attach_relations(pages: Iterable[PostPage]) -> list[PostPage]:
    """What the content API shows of many posts, read for all of them at once."""
    pages = attach_tags(pages)
    by_pk = {page.pk: page for page in with_relations(PostPage.objects.filter(pk__in=[p.pk for p in pages]))}
    for page in pages:
        twin = by_pk[page.pk]
        page.author, page.cover = twin.author, twin.cover
        page._state.fields_cache["announcement"] = twin._state.fields_cache.get("announcement")
    return pages


def related(page: PostPage) -> list[PostPage]:
    """The editor's choice in the language of the page; without one, posts that share most tags."""
    language = page.locale.language_code
    links = RelatedPost.objects.filter(page=page).order_by("sort_order")
    keys = list(links.values_list("post__translation_key", flat=True))
    if keys:
        chosen = posts(language).filter(translation_key__in=keys)
        return sorted(chosen, key=lambda post: keys.index(post.translation_key))
    others = posts(language).exclude(pk=page.pk).filter(tagged_items__tag__in=page.shown_tags)
    shared = others.annotate(shared=Count("tagged_items")).order_by("-shared", "-first_published_at")
    return list(shared[:MOST_RELATED])


def blog(language: str) -> BlogIndexPage | None:
    """The blog in this language, if it is open."""
    index = BlogIndexPage.objects.live().filter(locale__language_code=language)
    return index.select_related("locale").order_by("path").first()


def languages_of(page: PostPage) -> list[tuple[str, Any]]:
    """The languages in which this announcement was told, the source language first."""
    told = PostPage.objects.filter(translation_key=page.translation_key).exclude(announcement=None)
    codes = set(told.values_list("locale__language_code", flat=True))
    return [(code, name) for code, name in settings.LANGUAGES if code in codes]


def announced_among(pages: Iterable[Page]) -> list[Announcement]:
    """Announcements on these pages, below them, and on their translations, which Wagtail takes along."""
    keys = [page.translation_key for page in pages]
    paths = Page.objects.filter(translation_key__in=keys).values_list("path", flat=True)
    inside = reduce(or_, (Q(post__path__startswith=path) for path in paths), Q(pk=None))
    return list(Announcement.objects.filter(inside).select_related("post").order_by("pk"))


def is_announced_below(page: Page) -> bool:
    """Whether an announcement stands here or anywhere below."""
    return Announcement.objects.filter(post__path__startswith=page.path).exists()


def untold(now: datetime) -> QuerySet[PostPage]:
    """Official posts that everybody can read and that were never told, published a while ago."""
    found = PostPage.objects.live().public().filter(official=True, announcement=None)
    return found.filter(last_published_at__lt=now - PUBLISHING).select_related("locale").order_by("pk")
