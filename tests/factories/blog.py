"""A blog with posts, published without the editor's workflow unless a test wants the real thing."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image as Pixels
from wagtail.images import get_image_model

from blog.models import Announcement, Author, BlogIndexPage, BlogTag, PostPage
from home.models import HomePage
from tests.factories.faq import published


def index(home: HomePage, **fields: Any) -> BlogIndexPage:
    values = {"title": "Blog", "slug": "blog", "locale": home.locale, **fields}
    home.refresh_from_db()
    return home.add_child(instance=BlogIndexPage(**published(**values)))


def post(
    blog: BlogIndexPage, title: str, *, tags: tuple[str, ...] = (), days: float = 0, **fields: Any
) -> PostPage:
    """A live post, `days` old."""
    at = timezone.now() - timedelta(days=days)
    values = {"first_published_at": at, "last_published_at": at, "slug": "", "locale": blog.locale, **fields}
    blog.refresh_from_db()
    page = blog.add_child(instance=PostPage(**{**published(title=title), **values}))
    if tags:
        page.tags.add(*tags)
        page.save()
    return page


def draft(blog: BlogIndexPage, title: str, **fields: Any) -> PostPage:
    """As the editor saves it: not live, never published."""
    never = {"live": False, "first_published_at": None, "last_published_at": None}
    page = post(blog, title, **{**never, **fields})
    page.save_revision()
    return page


def publish(page: PostPage, by: Any = None) -> PostPage:
    """The editor's own way, with Wagtail's signal."""
    page.save_revision(user=by).publish(user=by)
    return PostPage.objects.get(pk=page.pk)


def announced(blog: BlogIndexPage, title: str = "Duyuru", **fields: Any) -> PostPage:
    """An official post that was told, through the real way of publishing."""
    return publish(draft(blog, title, official=True, **fields))


def bare_announcement(page: PostPage, **fields: Any) -> Announcement:
    return Announcement.objects.create(post=page, **{"at": timezone.now(), **fields})


def author(locale: Any, name: str = "Yayın ekibi", **fields: Any) -> Author:
    return Author.objects.create(name=name, role="Metinleri yazar", locale=locale, **fields)


def tag(name: str, **fields: Any) -> BlogTag:
    return BlogTag.objects.create(name=name, **fields)


def image(title: str = "Kapak") -> Any:
    buffer = io.BytesIO()
    Pixels.new("RGB", (320, 180), "#d4e97d").save(buffer, "PNG")
    buffer.seek(0)
    return get_image_model().objects.create(title=title, file=ImageFile(buffer, name="kapak.png"))


def rich(*paragraphs: str) -> str:
    return json.dumps([{"type": "text", "value": "".join(f"<p>{words}</p>" for words in paragraphs)}])
