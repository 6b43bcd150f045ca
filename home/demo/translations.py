"""English made through wagtail-localize, so editors go on from there: each string has its translation."""

from __future__ import annotations

import copy
from typing import Any

from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from accounts.models import User

from . import pages
from .answers import CATEGORIES


def load(turkish: dict[str, Page], by: User) -> None:
    locale, _ = Locale.objects.get_or_create(language_code="en")
    for key, fields in _english().items():
        translate(turkish[key], fields, locale, by)


def _english() -> dict[str, dict[str, Any]]:
    """Fields by page key, parents first."""
    words: dict[str, dict[str, Any]] = {"home": pages.HOME["en"], "help": pages.HELP["en"]}
    for category in CATEGORIES:
        words[category.key] = pages.fields_of(category.key, category.en)
        words |= {answer.key: pages.fields_of(answer.key, answer.en) for answer in category.answers}
    return words


def translate(page: Page, fields: dict[str, Any], locale: Locale, by: User) -> None:
    page = page.specific_class.objects.get(pk=page.pk)
    source, _ = TranslationSource.update_or_create_from_instance(page)
    translation, _ = Translation.objects.get_or_create(source=source, target_locale=locale)
    rows = [
        StringTranslation(
            translation_of=segment.string,
            context=segment.context,
            locale=locale,
            data=words,
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            last_translated_by=by,
        )
        for segment, words in _pairs(page, source, fields)
    ]
    StringTranslation.objects.bulk_create(rows, ignore_conflicts=True)  # a later version repeats sentences
    translation.save_target(user=by, publish=True)


def _pairs(page: Page, source: TranslationSource, fields: dict[str, Any]) -> list[tuple[StringSegment, str]]:
    """Each Turkish segment with the English words at the same place of a twin page."""
    twin = copy.copy(page)
    for name, value in fields.items():
        setattr(twin, name, value)
    turkish, english = _strings(page), _strings(twin)
    if [path for path, _ in turkish] != [path for path, _ in english]:
        raise ValueError(f"the two languages of {page} are built differently")
    segments = {
        (segment.context.path, segment.string.data): segment
        for segment in source.stringsegment_set.select_related("context", "string")
    }
    words = {mine: words for mine, (_, words) in zip(turkish, english, strict=True)}
    return [(segments[place], words) for place, words in words.items()]


def _strings(page: Any) -> list[tuple[str, str]]:
    found = [segment for segment in extract_segments(page) if isinstance(segment, StringSegmentValue)]
    return [(segment.path, segment.string.data) for segment in found]
