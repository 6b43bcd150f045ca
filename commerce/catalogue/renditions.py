"""Product pictures in two sizes, made once when a picture is saved.

Their names follow from the original's, so a list of products shows them without asking anyone.
The square ground on the page has a fixed size, whatever shape the picture has.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models.fields.files import ImageFieldFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

SMALL, LARGE = 400, 800
SIZES = (SMALL, LARGE)
MAX_PIXELS = 40_000_000


def name(original: str, size: int) -> str:
    return str(PurePosixPath(original).with_suffix(f".{size}.webp"))


def url(original: ImageFieldFile, size: int) -> str:
    return original.storage.url(name(original.name, size))


@dataclass(frozen=True)
class Sizes:
    small: str
    large: str


def sizes(original: str) -> Sizes:
    """Where both sizes of a stored picture are, by its name alone."""
    large = default_storage.url(name(original, LARGE))
    return Sizes(large.replace(f".{LARGE}.webp", f".{SMALL}.webp"), large)


def check(original: ImageFieldFile) -> None:
    """Refuse what cannot become renditions, while the person who uploads can still choose another."""
    if original._committed:
        return  # it was checked when it was uploaded
    try:
        with Image.open(original.file) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise ValidationError(_("The picture is too large: at most 40 megapixels."))
            picture.load()
    except (OSError, Image.DecompressionBombError) as error:
        raise ValidationError(_("This picture cannot be read.")) from error
    finally:
        original.file.seek(0)


def make(original: ImageFieldFile) -> None:
    """Write the sizes that are missing. The copies carry no place or camera data."""
    missing = [size for size in SIZES if not original.storage.exists(name(original.name, size))]
    if not missing:
        return
    with original.storage.open(original.name) as file, Image.open(file) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    for size in missing:
        original.storage.save(name(original.name, size), ContentFile(_webp(upright, size)))


def remove(original: ImageFieldFile) -> None:
    for size in SIZES:
        original.storage.delete(name(original.name, size))


def _webp(picture: Image.Image, size: int) -> bytes:
    data = BytesIO()
    ImageOps.contain(picture, (size, size)).save(data, "WEBP", quality=82, method=4)
    return data.getvalue()
