"""Words in two languages. What has no English yet is said in Turkish."""

from __future__ import annotations

from django.utils.translation import get_language


class Bilingual:
    """Mixed into models with pairs of fields such as `title` and `title_en`."""

    def both(self, name: str) -> dict[str, str]:
        """For notices, which are read in the language of whoever reads them."""
        turkish: str = getattr(self, name)
        return {"tr": turkish, "en": getattr(self, f"{name}_en") or turkish}

    def said(self, name: str) -> str:
        """In the language of the page."""
        return self.both(name)["en" if get_language() == "en" else "tr"]
