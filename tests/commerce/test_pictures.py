"""Product pictures: two sizes, upright, without traces of where they were taken."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from oscar.core.loading import get_model
from PIL import Image

from commerce.catalogue import renditions
from tests.factories import commerce as make

ProductImage = get_model("catalogue", "ProductImage")
pytestmark = pytest.mark.django_db


def picture(size=(1000, 500), format="PNG", **options):
    data = BytesIO()
    Image.new("RGB", size, "#D4E97D").save(data, format, **options)
    return data.getvalue()


def saved(data, name="resim.png"):
    image = ProductImage(product=make.product(), original=ContentFile(data, name))
    image.full_clean()
    image.save()
    return image


def opened(image, size):
    with image.original.storage.open(renditions.name(image.original.name, size)) as file:
        return Image.open(BytesIO(file.read()))


def test_two_sizes_keep_the_shape():
    image = saved(picture())

    assert opened(image, 400).size == (400, 200)
    assert opened(image, 800).size == (800, 400)
    assert image.small.endswith(".400.webp")


def test_camera_data_is_gone_and_the_picture_is_upright():
    exif = Image.Exif()
    exif[274] = 6  # lying on its side
    exif[34853] = {1: "N", 2: (41.0, 0.0, 0.0)}  # where it was taken
    small = opened(saved(picture(format="JPEG", exif=exif), "resim.jpg"), 400)

    assert small.size == (200, 400)
    assert not small.getexif()


def test_saving_again_makes_nothing_new():
    image = saved(picture())
    before = image.original.storage.get_modified_time(renditions.name(image.original.name, 400))
    image.caption = "Torba"
    image.save()
    assert image.original.storage.get_modified_time(renditions.name(image.original.name, 400)) == before


def test_deleting_takes_all_sizes_along():
    image = saved(picture())
    storage, name = image.original.storage, image.original.name
    image.delete()
    assert not any(storage.exists(renditions.name(name, size)) for size in renditions.SIZES)


@pytest.mark.parametrize(
    "data",
    [b"", b"<svg onload=alert(1)>", b"not a picture", picture()[:60]],
    ids=["empty", "svg", "text", "cut"],
)
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(ValidationError):
        saved(data)
    assert ProductImage.objects.count() == 0


def test_too_many_pixels_are_refused(monkeypatch):
    monkeypatch.setattr(renditions, "MAX_PIXELS", 1000 * 500 - 1)
    with pytest.raises(ValidationError):
        saved(picture())
