"""What wagtail-localize knows of a page. When a source is deleted it lets its translations go by itself."""

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
    """In another language than the main one, with no page there behind it."""
    main = Locale.get_default()
    if page.locale_id == main.pk:
        return False
    return not Page.objects.filter(translation_key=page.translation_key, locale=main).exists()
