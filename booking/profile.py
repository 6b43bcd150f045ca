"""What can be booked, on the public page of a business.

The page is a kept answer, so it says names and prices; free times are read behind it (`bookable_at`).
"""

from __future__ import annotations

from typing import Any

from teams import page_parts

from . import search_finding
from .search_asked import Asked

MOST = 50


@page_parts.shown("booking/search/_at_business.html")
def bookable(business: Any) -> dict[str, Any] | None:
    found = search_finding.candidates(Asked(business=business.slug), limit=MOST)
    return {"offerings": found, "business": business} if found else None
