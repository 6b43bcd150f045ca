"""The demo blog in Turkish and English. Ordinary posts are some weeks old; announcements are of today."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Locale, Page

from accounts.models import User
from blog.models import Author, BlogIndexPage, BlogTag, PostPage, RelatedPost
from home.models import HomePage

from . import covers, translations
from .articles import AUTHORS, INDEX, POSTS, TAGS, Post
from .pages import publish, stream


def load(by: User) -> bool:
    """True when the blog was not there before. A blog that is there stays as its editors left it."""
    home = HomePage.objects.filter(locale=Locale.get_default()).first()
    if home is None or BlogIndexPage.objects.exists():
        return False
    authors, tags = _authors(), _tags()
    pages: dict[str, Page] = {"blog": publish(home, BlogIndexPage(**INDEX["tr"]), by)}
    for post in POSTS:
        pages[post.key] = pages["blog"].add_child(instance=_post(post, authors[post.author], tags, by))
    for post in sorted(POSTS, key=lambda post: -post.days):
        _relate_and_publish(post, pages, by)
    _translate(pages, by)
    return True


def fields_of(post: Post, language: str) -> dict[str, Any]:
    words = getattr(post, language)
    return {
        "title": words.title,
        "slug": words.slug,
        "summary": words.summary,
        "body": stream(f"blog/{post.key}", words.body),
        "cover_alt": post.alt[language],
    }


def _authors() -> dict[str, Author]:
    """In both languages, so that a translated post finds its author."""
    made = {}
    english, _ = Locale.objects.get_or_create(language_code="en")
    for key, words in AUTHORS.items():
        made[key] = Author.objects.create(**words["tr"], locale=Locale.get_default())
        twin = made[key].copy_for_translation(english)
        twin.name, twin.role = words["en"]["name"], words["en"]["role"]
        twin.save()
    return made


def _tags() -> dict[str, BlogTag]:
    return {
        name: BlogTag.objects.get_or_create(name=name, defaults={"english": english})[0]
        for name, english in TAGS.items()
    }


def _post(post: Post, author: Author, tags: dict[str, BlogTag], by: User) -> PostPage:
    page = PostPage(
        **fields_of(post, "tr"),
        owner=by,
        author=author,
        cover=_cover(post),
        official=post.official,
        channels=["panel", "newsletter"] if post.official else [],
        first_published_at=timezone.now() - timedelta(days=post.days) if post.days else None,
    )
    page.tags.add(*(tags[name] for name in post.tags))
    return page


def _cover(post: Post) -> Any:
    file = ImageFile(BytesIO(covers.png(post.scene, post.colour)), name=f"{post.tr.slug}.png")
    return get_image_model().objects.create(title=post.tr.title, file=file)


def _relate_and_publish(post: Post, pages: dict[str, Page], by: User) -> None:
    """Through a revision that knows tags and relations, so the editor's next one keeps them."""
    page = pages[post.key]
    for place, key in enumerate(post.related):
        page.related_links.add(RelatedPost(post=pages[key], sort_order=place))
    page.save_revision(user=by).publish(user=by)


def _translate(pages: dict[str, Page], by: User) -> None:
    english, _ = Locale.objects.get_or_create(language_code="en")
    translations.translate(pages["blog"], INDEX["en"], english, by)
    for post in POSTS:
        translations.translate(pages[post.key], fields_of(post, "en"), english, by)
    _keep_dates()


def _keep_dates() -> None:
    """A translation is as old as its source."""
    for page in PostPage.objects.filter(locale=Locale.get_default()):
        twins = PostPage.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
        twins.update(first_published_at=page.first_published_at)
