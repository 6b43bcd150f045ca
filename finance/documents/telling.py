"""The notice about a file of many documents."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from notifications import services as notifications

from .. import notices
from ..models import Bundle, BundleStatus


def tell(*, bundle: Bundle, now: datetime) -> None:
    is_ready = bundle.status == BundleStatus.READY
    notifications.notify(
        notices.BUNDLE_READY if is_ready else notices.BUNDLE_FAILED,
        to=bundle.asked_by,
        key=str(bundle.public_id),
        data={"count": bundle.total},
        url=address(bundle),
        now=now,
    )


def address(bundle: Bundle) -> dict[str, str]:
    """The page where it is downloaded, in each language."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = _page(bundle)
    return found


def _page(bundle: Bundle) -> str:
    if bundle.business:
        return reverse("business_documents", args=[bundle.business.slug])
    return reverse("my_documents")
