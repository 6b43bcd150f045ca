"""Parts of the editing form."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel


class ReviewNotesPanel(Panel):
    """Why this answer has to be looked at, above its text. Shown while there is something to look at."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "faq/back_office/review_notes.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and self._notes().exists()

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return super().get_context_data(parent_context) | {"notes": self._notes()}

        def _notes(self) -> Any:
            return self.instance.review_notes.filter(done_at=None)
