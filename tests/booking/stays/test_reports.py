"""A report a day: while the animal is there, until midnight; told once; pictures only for who may look."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from booking.models import Booking
from booking.stays import queries
from booking.stays import services as stays
from booking.stays.errors import NotHere, TooManyPhotos
from booking.stays.models import Report, ReportPhoto
from core import journal, personal_data, storage
from core.models import Line
from notifications import kinds
from notifications.categories import Channel, Mode
from notifications.models import Notice
from tests.booking.stays.test_leaving import arrived
from tests.factories import booking as make
from tests.factories import pets, teams

pytestmark = pytest.mark.django_db


def jpeg(colour="green", size=(900, 600)) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", size, colour)
    exif = image.getexif()
    exif[0x010F] = "Gizli Kamera"
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
def here(booked):
    return arrived(booked)


def write(booking, text="Mamasını bitirdi.", now=None, **more):
    return stays.write_report(booking=booking, text=text, by=booking.business.memberships.get().user,
                              now=now or timezone.now(), **more)  # fmt: skip


def picture(alt="Güneşte uyuyor"):
    return stays.Picture(jpeg(), alt)


def test_one_a_day_changed_until_midnight(here):
    evening = make.at(timezone.localdate(), 23, 59)
    first = write(here, now=evening)
    again = write(here, "Şimdi uyuyor.", now=evening + timedelta(seconds=59))
    assert (again.pk, again.text, again.edited_at is not None) == (first.pk, "Şimdi uyuyor.", True)
    next_day = write(here, "Günaydın.", now=evening + timedelta(minutes=1))
    assert next_day.pk != first.pk
    assert Report.objects.get(pk=first.pk).text == "Şimdi uyuyor."
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(booking=here, day=first.day, text="İkinci", written_at=evening)


@pytest.mark.parametrize("status", ["confirmed", "completed"])
def test_only_while_it_is_there(booked, status):
    Booking.objects.filter(pk=booked.pk).update(status=status)
    with pytest.raises(NotHere):
        write(booked)


def test_six_pictures_with_words(here):
    report = write(here, pictures=[picture(), picture("")])
    assert report.photos.first().alt == "Güneşte uyuyor"
    assert "Duman" in report.photos.last().alt
    first = report.photos.first()
    write(here, pictures=[picture()] * 5, drop=[first.pk], alts={report.photos.last().pk: "Yeni"})
    assert report.photos.count() == 6
    assert report.photos.filter(alt="Yeni").exists()
    with pytest.raises(TooManyPhotos):
        write(here, pictures=[picture()])
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportPhoto.objects.filter(pk=report.photos.last().pk).update(position=6)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportPhoto.objects.filter(pk=report.photos.last().pk).update(alt="")


def test_the_customer_is_told_once(here, ayse):
    write(here, "Mamasını bitirdi, bahçede gezdi.")
    write(here, "Bir de uyudu.")
    journal.sweep(now=timezone.now() + timedelta(hours=1))
    notice = Notice.objects.get(kind="stays.report", recipient=ayse)
    assert "Bir de uyudu" in str(notice.data)
    assert notice.url == here.url()
    assert kinds.declared("stays.report").mode(Channel.EMAIL) == Mode.NOW
    assert Line.objects.filter(name="stays.report_edited").count() == 1


def test_what_is_still_to_write(here, stay, bora):
    rows, now = Booking.objects.all(), timezone.now()
    assert list(queries.reports_due(rows, now=now)) == [here]
    write(here, now=now)
    assert not queries.reports_due(rows, now=now).exists()
    assert queries.reports_due(rows, now=now + timedelta(days=1)).exists()


# --- Pages ----------------------------------------------------------------------------------


def at_desk(name, booking, **more):
    kwargs = {"business": booking.business.slug, "public_id": booking.public_id} | more
    return reverse(f"business_{name}", kwargs=kwargs)


def test_written_at_the_desk(client, here, bora, ayse):
    client.force_login(bora)
    address = at_desk("stay_report", here)
    assert client.get(address).status_code == 200
    upload = SimpleUploadedFile("a.jpg", jpeg(size=(2000, 1500)), "image/jpeg")
    given = {"text": "Oyun oynadı.", "photo_1": upload, "new_alt_1": "Topla oynuyor"}
    assert client.post(address, given).status_code == 302
    photo = ReportPhoto.objects.get()
    for size, edge in (("large", 1600), ("small", 480)):
        answer = client.get(at_desk("stay_photo", here, pk=photo.pk, size=size))
        assert "no-store" in answer["Cache-Control"]
        shown = Image.open(io.BytesIO(answer.content))
        assert max(shown.size) == edge
        assert not shown.getexif()
    page = client.get(address).content.decode()
    assert "Topla oynuyor" in page
    changed = {"text": "Oyun.", f"alt_{photo.pk}": "Top", f"drop_{photo.pk}": "on"}
    assert client.post(address, changed).status_code == 302
    assert not ReportPhoto.objects.exists()


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"text": ""}, "text"),
        ({"text": "x", "photo_1": SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")}, "photo_1"),
        ({"text": "Kart 4111 1111 1111 1111"}, "text"),
    ],
)
def test_what_is_refused_comes_back_with_what_was_typed(client, here, bora, given, word):
    client.force_login(bora)
    answer = client.post(at_desk("stay_report", here), given)
    assert answer.status_code == 422
    assert f"id_{word}_error" in answer.content.decode()
    assert not Report.objects.exists()


def test_the_customer_reads_newest_first_also_afterwards(client, here, ayse):
    now = timezone.now()
    write(here, "İlk gün.", now=now - timedelta(days=1), pictures=[picture()])
    write(here, "İkinci gün.", now=now)
    Booking.objects.filter(pk=here.pk).update(status="completed")
    client.force_login(ayse)
    page = client.get(here.url()).content.decode()
    assert page.index("İkinci gün.") < page.index("İlk gün.")
    photo = ReportPhoto.objects.get()
    for size in ("small", "large"):
        address = reverse("my_stay_photo", args=[here.public_id, photo.pk, size])
        assert client.get(address)["Content-Type"] == "image/jpeg"
    assert client.get(reverse("my_stay_photo", args=[here.public_id, photo.pk, "huge"])).status_code == 404


def test_pictures_are_nobody_elses(client, here, stay, ayse, bora, cem, deniz):
    write(here, pictures=[picture()])
    photo = ReportPhoto.objects.get()
    mine = reverse("my_stay_photo", args=[here.public_id, photo.pk, "large"])
    desk = at_desk("stay_photo", here, pk=photo.pk, size="large")
    assert client.get(mine).status_code == 302
    client.force_login(deniz)
    assert (client.get(mine).status_code, client.get(desk).status_code) == (404, 404)
    teams.member(here.business, cem, "accountant")
    client.force_login(cem)
    assert client.get(desk).status_code == 403
    client.force_login(ayse)
    other = make.held(stay, ayse, make.at(make.monday(3), 14), animals=[pets.pet(ayse, "Zeytin")])
    strange = reverse("my_stay_photo", args=[other.public_id, photo.pk, "large"])
    assert client.get(strange).status_code == 404


def test_the_list_of_the_day(client, here, bora, django_assert_max_num_queries):
    client.force_login(bora)
    address = reverse("business_reports", args=[here.business.slug])
    assert "Duman" in client.get(address).content.decode()
    write(here)
    assert "Duman" not in client.get(address).content.decode()


def test_an_account_that_goes_takes_words_and_files_with_it(here, ayse, django_capture_on_commit_callbacks):
    write(here, pictures=[picture()])
    names = [name for photo in ReportPhoto.objects.all() for name in (photo.large.name, photo.small.name)]
    assert all(storage.private().exists(name) for name in names)
    assert any(str(one["title"]) and one["rows"] for one in personal_data.collect(ayse))
    with django_capture_on_commit_callbacks(execute=True):
        personal_data.erase(ayse)
    assert not Report.objects.exists()
    assert not any(storage.private().exists(name) for name in names)
