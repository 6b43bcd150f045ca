"""Small page trees without the editor's workflow: published, indexed for search, quick to make."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from modelsearch.backends import get_search_backend
from wagtail.models import Locale, Page, Site

from faq.models import CategoryPage, FaqIndexPage, QuestionPage, RelatedQuestion
from home.demo import pages as demo
from home.demo.answers import CATEGORIES
from home.models import HomePage


@dataclass
class Tree:
    home: HomePage
    index: FaqIndexPage
    category: CategoryPage


def published(**fields: Any) -> dict[str, Any]:
    now = timezone.now()
    return {"live": True, "first_published_at": now, "last_published_at": now, **fields}


def tree(language: str = "tr", of: Tree | None = None) -> Tree:
    """Home > help > one category. `of` makes it the translation of another tree."""
    locale, _ = Locale.objects.get_or_create(language_code=language)
    suffix = "" if language == "tr" else f"-{language}"
    keys = (
        [{"translation_key": page.translation_key} for page in (of.home, of.index, of.category)]
        if of
        else [{}] * 3
    )
    home = HomePage(
        title="Diji.vet", slug=f"diji-vet{suffix}", hero_title="Merhaba", locale=locale, **keys[0]
    )
    home = Page.get_first_root_node().add_child(instance=_live(home))
    if language == "tr":
        site = Site.objects.get(is_default_site=True)
        site.root_page = home
        site.save()
    index = FaqIndexPage(title="Yardım", slug=f"yardim{suffix}", locale=locale, **keys[1])
    index = home.add_child(instance=_live(index))
    category = CategoryPage(title="Genel bilgiler", slug=f"genel-bilgiler{suffix}", locale=locale, **keys[2])
    return Tree(home, index, index.add_child(instance=_live(category)))


def category(index: FaqIndexPage, title: str, **fields: Any) -> CategoryPage:
    page = CategoryPage(**published(title=title, slug=fields.pop("slug", ""), locale=index.locale, **fields))
    return index.add_child(instance=page)


def question(category: CategoryPage, title: str, **fields: Any) -> QuestionPage:
    page = QuestionPage(
        **published(title=title, slug=fields.pop("slug", ""), locale=category.locale, **fields)
    )
    return category.add_child(instance=page)


def relate(page: QuestionPage, *questions: QuestionPage) -> None:
    for place, other in enumerate(questions):
        RelatedQuestion.objects.create(page=page, question=other, sort_order=place)


def rich(*paragraphs: str) -> str:
    """A body with one text block."""
    return json.dumps([{"type": "text", "value": "".join(f"<p>{words}</p>" for words in paragraphs)}])


def make_questions(category: CategoryPage, count: int, *, body: str = "[]") -> list[QuestionPage]:
    """Many questions in a second: rows are written directly, as the tree's own way takes 30 ms each."""
    category.refresh_from_db()
    first, kind = category.numchild, ContentType.objects.get_for_model(QuestionPage)
    pages = [
        QuestionPage(
            **published(
                title=f"Soru {number}: mama, aşı ve bakım",
                slug=f"soru-{number}",
                summary=f"{number}. sorunun kısa yanıtı.",
                body=body,
                url_path=f"{category.url_path}soru-{number}/",
                path=QuestionPage._get_path(category.path, category.depth + 1, number),
                depth=category.depth + 1,
                locale=category.locale,
                content_type=kind,
                owner=None,
            )
        )
        for number in range(first + 1, first + count + 1)
    ]
    for page, row in zip(pages, Page.objects.bulk_create([_page_row(page) for page in pages]), strict=True):
        page.pk = page.page_ptr_id = row.pk
        page.save_base(raw=True, force_insert=True)
    Page.objects.filter(pk=category.pk).update(numchild=first + count)
    get_search_backend().get_index_for_model(QuestionPage).add_items(QuestionPage, pages)
    return pages


def demo_questions(language: str = "tr", of: Tree | None = None) -> Tree:
    """The sixteen demo answers, without revisions and translations."""
    found = tree(language, of)
    for data in CATEGORIES:
        fields = demo.fields_of(data.key, getattr(data, language))
        shelf = category(
            found.index, **{**fields, "slug": f"{fields['slug']}-c", "tone": data.tone, "icon": data.icon}
        )
        for answer in data.answers:
            question(
                shelf, **demo.fields_of(answer.key, getattr(answer, language)), audiences=answer.audiences
            )
    return found


def _live(page: Any) -> Any:
    for name, value in published().items():
        setattr(page, name, value)
    return page


def _page_row(page: QuestionPage) -> Page:
    """The part of a question that every page has."""
    names = [field.attname for field in Page._meta.concrete_fields if field.attname != "id"]
    return Page(**{name: getattr(page, name) for name in names})
