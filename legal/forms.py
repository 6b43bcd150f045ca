"""What an editor is told before a text is published.

These rules stand in the form and not in `clean`: Wagtail cleans a page also when it is copied or when an
approval comes days later, where nobody could answer. There `services.publish` decides.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.pages import ContentPageForm


class DocumentForm(ContentPageForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            self._check_key(cleaned)
            self._check_day(cleaned)
        return cleaned

    def _check_key(self, cleaned: dict[str, Any]) -> None:
        page, key = self.instance, cleaned.get("key", "")
        if page.key_is_taken(key):
            self.add_error("key", _("Another document has this key."))
        elif page.key_is_fixed(key):
            self.add_error("key", _("Versions are published under the key; it cannot change any more."))

    def _check_day(self, cleaned: dict[str, Any]) -> None:
        begins = cleaned.get("effective_from")
        if begins and begins < timezone.localdate() and self._is_new_text(cleaned):
            self.add_error(
                "effective_from", _("This day has passed. A new text can begin today at the earliest.")
            )

    def _is_new_text(self, cleaned: dict[str, Any]) -> bool:
        page = self.instance
        if not page.locale_id:
            page.locale = self.parent_page.locale
        return page.is_new_text(title=cleaned.get("title", ""), clauses=cleaned.get("clauses") or [])
