"""Pictures and documents of a few bytes."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image as Pixels
from wagtail.documents import get_document_model
from wagtail.images import get_image_model


def image(title: str = "Pamuk", size: tuple[int, int] = (1600, 900), **fields: Any) -> Any:
    file = BytesIO()
    Pixels.new("RGB", size, "#d4e97d").save(file, "PNG")
    return get_image_model().objects.create(
        title=title, file=ContentFile(file.getvalue(), name="pamuk.png"), **fields
    )


def document(title: str = "Aşı takvimi", **fields: Any) -> Any:
    file = ContentFile(b"%PDF-1.4", name="takvim.pdf")
    return get_document_model().objects.create(title=title, file=file, **fields)


def picture(made: Any, alt: str = "Beyaz bir kedi", caption: str = "") -> dict[str, Any]:
    """A picture block as Wagtail stores it."""
    stored = {"image": made.pk, "alt_text": alt, "decorative": not alt}
    return {"type": "picture", "value": {"image": stored, "caption": caption}}


def body(*blocks: dict[str, Any]) -> str:
    return json.dumps(list(blocks))


def link_to(made: Any) -> dict[str, Any]:
    return {"type": "text", "value": f'<p><a linktype="document" id="{made.pk}">belge</a></p>'}
