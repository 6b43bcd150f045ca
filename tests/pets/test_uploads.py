"""T50: what people upload is refused or made safe."""

import io
import re
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core import photos, storage
from pets.services import pets as verbs


def picture(kind="JPEG", size=(800, 600), mode="RGB", **options):
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, kind, **options)
    return buffer.getvalue()


def gps():
    exif = Image.Exif()
    exif[0x010F] = "KANARYA"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (41.0, 2.0, 33.0)
    return exif


def bomb(width, height):
    """A PNG header that promises more than it holds."""
    png = bytearray(picture("PNG", (8, 8)))
    png[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    png[29:33] = zlib.crc32(bytes(png[12:29])).to_bytes(4, "big")
    return bytes(png)


def packed(content):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("foto.jpg", content)
    return buffer.getvalue()


BAD = {
    "svg with a script": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "html": b"<html><script>alert(1)</script>",
    "empty": b"",
    "zip": b"PK\x03\x04" + b"\0" * 200,
    "zip with a name of a picture": packed(bytes(10_000_000)),
    "entities": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
    "gif": picture("GIF"),
    "JPEG above 40 Mpx": picture(size=(8000, 5001), quality=1),
    "cut off": picture()[:200],
    "more than 40 Mpx": bomb(9000, 9000),
    "more than Pillow itself takes": bomb(20000, 20000),
    "larger than 10 MB": picture() + b"\0" * photos.LARGEST_FILE,
}


@pytest.mark.parametrize("name", BAD)
def test_refused(name):
    with pytest.raises(ValidationError):
        photos.checked_image(io.BytesIO(BAD[name]))


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")],
)
def test_every_mode_becomes_a_plain_jpeg(kind, mode):
    made = Image.open(io.BytesIO(photos.checked_image(io.BytesIO(picture(kind, mode=mode)))))
    assert (made.format, made.mode, made.size) == ("JPEG", "RGB", (800, 600))


def test_place_and_camera_are_gone():
    taken = picture(exif=gps())
    assert b"KANARYA" in taken
    made = photos.checked_image(io.BytesIO(taken))
    assert b"KANARYA" not in made
    assert not Image.open(io.BytesIO(made)).getexif()


def test_what_hides_behind_a_picture_is_gone():
    made = photos.checked_image(io.BytesIO(picture() + b"<script>alert('KANARYA')</script>"))
    assert b"KANARYA" not in made


def test_large_pictures_are_drawn_smaller_and_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    made = photos.checked_image(io.BytesIO(picture(size=(3000, 2000), exif=exif)), longest_edge=1200)
    assert Image.open(io.BytesIO(made)).size == (800, 1200)


@pytest.mark.django_db
def test_ten_thousand_files_are_refused(client, ayse, pamuk):
    client.force_login(ayse)
    many = {f"file{number}": SimpleUploadedFile("a.jpg", b"x") for number in range(101)}
    assert client.post(f"/panel/hayvanlarim/{pamuk.public_id}/foto/", many).status_code == 400
    pamuk.refresh_from_db()
    assert not pamuk.has_photo


@pytest.mark.django_db
def test_names_come_from_us_and_old_files_go(ayse, pamuk):
    file = SimpleUploadedFile("../../" + "ö" * 300 + ".jpg", picture())
    verbs.set_photo(pet=pamuk, file=file, by=ayse)
    first = pamuk.photo
    assert re.fullmatch(r"pets/[0-9a-f]{32}", first)
    with pamuk.photo_file("small") as small:
        assert Image.open(small).size == (192, 192)
    verbs.set_photo(pet=pamuk, file=io.BytesIO(picture()), by=ayse)
    assert not storage.private().exists(f"{first}-small.jpg")
    second = pamuk.photo
    verbs.remove_photo(pet=pamuk, by=ayse)
    assert not storage.private().exists(f"{second}-small.jpg")
    assert not storage.private().exists(f"{second}-large.jpg")


def test_a_clear_ground_becomes_white_also_in_bands():
    """Goes red without the mask: what is clear would turn black."""
    made = Image.open(io.BytesIO(photos.checked_image(io.BytesIO(picture("PNG", (5000, 300), "RGBA")))))
    assert made.size == (1600, 96)
    assert made.getpixel((800, 48)) == (255, 255, 255)
    assert made.getpixel((1599, 95)) == (255, 255, 255)
