"""The shelves: all public categories with their addresses, in one small query.

Oscar asks the database or the cache for each ancestor of each category; pages here show the whole
tree, so its rows are kept as facts, and the tree that was grown from the very same rows is used again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.urls import reverse
from django.utils.translation import get_language
from oscar.core.loading import get_model

from core.response_cache import facts

from . import shown

Category = get_model("catalogue", "Category")


@dataclass(eq=False)
class Shelf:
    pk: int
    name: str
    meta_title: str
    code: str
    description: str
    path: str
    slug: str
    parent: Shelf | None = None
    children: list[Shelf] = field(default_factory=list)

    @cached_property
    def url(self) -> str:
        return reverse("catalogue:category", kwargs={"category_slug": self.slug, "pk": self.pk})

    @property
    def title(self) -> str:
        """Menus say "Mama" under "Kedi"; the page itself says "Kedi maması"."""
        return self.meta_title or self.name

    @property
    def trail(self) -> list[Shelf]:
        """From the top shelf down to this one."""
        return [*(self.parent.trail if self.parent else []), self]

    @property
    def top(self) -> Shelf:
        return self.trail[0]


@dataclass
class Tree:
    tops: list[Shelf]
    by_pk: dict[int, Shelf]
    by_path: dict[str, Shelf]

    def trail_of(self, pks: Iterable[int]) -> list[Shelf]:
        """The way to the deepest of these shelves that visitors can see."""
        shelves = [self.by_pk[pk] for pk in pks if pk in self.by_pk]
        return max((shelf.trail for shelf in shelves), key=len, default=[])


def read() -> Tree:
    """To look at: others look at the same one."""
    return _grown(facts.written("shelves", {shown.GOODS}, _rows), get_language() or "")


def _rows() -> list[list[str | int]]:
    fields = ("pk", "name", "meta_title", "code", "description", "path", "slug")
    shelves = Category.objects.browsable().filter(exclude_from_menu=False).order_by("path")
    return [["" if value is None else value for value in row] for row in shelves.values_list(*fields)]


@lru_cache(maxsize=8)
def _grown(rows: str, language: str) -> Tree:
    """Addresses, once asked for, are those of one language."""
    tree = Tree([], {}, {})
    for row in json.loads(rows):
        _put(tree, Shelf(*row))
    return tree


def _put(tree: Tree, shelf: Shelf) -> None:
    shelf.parent = tree.by_path.get(shelf.path[: -Category.steplen])
    if shelf.parent:
        shelf.slug = f"{shelf.parent.slug}/{shelf.slug}"
        shelf.parent.children.append(shelf)
    elif len(shelf.path) == Category.steplen:
        tree.tops.append(shelf)
    else:
        return  # a shelf whose parent is out of the menu is out of it too
    tree.by_pk[shelf.pk] = tree.by_path[shelf.path] = shelf
