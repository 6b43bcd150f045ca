"""Translations whose source is gone."""

from __future__ import annotations

from wagtail.models import Locale, Page
from wagtail_localize.models import Translation


def enabled_translation(page: Page) -> Translation | None:
    """The record by which wagtail-localize edits this page as a translation."""
    translations = Translation.objects.select_related("source", "target_locale")
    return translations.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    ).first()


def is_orphan(page: Page) -> bool:
    """In another language than the source one, made by translation, without its source."""
    if page.locale_id == Locale.get_default().pk:
        return False
    made = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id
    ).select_related("source")
    return any(not _source_exists(translation) for translation in made)


def release_orphan(page: Page) -> None:
    """Let the page be edited by itself: the translation view needs a source and would break without it."""
    translation = enabled_translation(page)
    if translation and not _source_exists(translation):
        translation.enabled = False
        translation.save(update_fields=["enabled"])


def _source_exists(translation: Translation) -> bool:
    key, locale = translation.source.object_id, translation.source.locale_id
    return Page.objects.filter(translation_key=key, locale_id=locale).exists()
