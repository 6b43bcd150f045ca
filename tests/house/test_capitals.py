"""`capfirst` knows no Turkish: it writes “içerik” as “Içerik”. So names come with their capital."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model
from django.utils import translation
from django.utils.text import capfirst

# What editors see in lists and forms; names of Django's own tables (content types, …) stand nowhere.
SHOWN = {
    "core",
    "accounts",
    "teams",
    "pets",
    "notifications",
    "newsletter",
    "blog",
    "editorial",
    "faq",
    "legal",
    "home",
    "api",
}
SHOWN |= {
    "wagtailcore",
    "wagtailimages",
    "wagtaildocs",
    "wagtailusers",
    "wagtailredirects",
    "wagtail_localize",
}


def names(model: type[Model]) -> Iterator[str]:
    yield model._meta.verbose_name
    yield model._meta.verbose_name_plural
    for field in model._meta.get_fields():
        yield getattr(field, "verbose_name", "")


def spoilt(models) -> set[str]:
    """Turkish names that begin with a small i. What is English in both languages becomes “Image” rightly."""
    found = set()
    for name in [name for model in models for name in names(model)]:
        with translation.override("en"):
            english = str(name)
        with translation.override("tr"):
            if str(name).startswith("i") and str(name) != english:
                found.add(str(name))
    return found


def test_no_name_of_the_back_office_is_spoilt_by_capfirst():
    assert spoilt(model for model in apps.get_models() if model._meta.app_label in SHOWN) == set()


def test_a_spoilt_name_would_be_seen():
    assert capfirst("içerik") == "Içerik"
    assert "izinler" in spoilt([apps.get_model("auth", "Permission")])
