"""Live blocks of the newsletter."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import live, response_cache

from .models import Issue
from .models.issues import SHOWN

LATEST = 3


@live.block("newsletter.issues", title=_("Latest newsletters"), template="newsletter/live/issues.html")
def issues() -> dict[str, Any]:
    """The latest three that were sent, and where to subscribe."""
    response_cache.depends_on(SHOWN)
    language = get_language() or "tr"
    return {
        "issues": [
            {
                "title": row.subject(language),
                "url": row.get_absolute_url(),
                "sent_on": timezone.localdate(row.finished_at),
            }
            for row in Issue.objects.public()[:LATEST]
        ],
        "sign_up": reverse("newsletter:index"),
    }
