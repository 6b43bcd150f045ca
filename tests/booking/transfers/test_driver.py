"""The driver's phone: by account or by link, over a bad line, one step at a time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from booking import services as bookings
from booking.transfers import links, rules, services
from booking.transfers.models import TrackingEvent, TransferJob
from booking.transfers.states import Ride
from tests.factories import teams
from tests.factories import transfers as make

pytestmark = pytest.mark.django_db
FETCH = {"headers": {"X-Requested-With": "fetch"}}


@pytest.fixture
def job(offering, ayse):
    return make.fixed(offering, ayse, when=timezone.now() + timedelta(minutes=45))


@pytest.fixture
def ride(offering, ayse):
    job = make.fixed(offering, ayse, when=timezone.now() + timedelta(minutes=45))
    told = make.told("Sakin", photo=True)
    services.pick_up(job=job, told=told, by=None, now=timezone.now())
    return make.fresh(job)


def path(job) -> str:
    url = links.driver_url(make.fresh(job))
    return url[url.index("/nakil/") :]


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("IMG.jpg", make.picture(), "image/jpeg")


def press(key: str = "a-key-of-the-phone", **more) -> dict[str, object]:
    return {"key": key} | more


@pytest.fixture(params=["account", "link"])
def drive(request, client, job, bora):
    """The address of the page, for a driver with and without an account."""
    if request.param == "account":
        client.force_login(bora)
        return reverse("business_transfer_drive", args=[job.booking.business.slug, job.public_id])
    return path(job)


def test_from_pick_up_to_the_door(client, drive, job, bora):
    page = client.get(drive).content.decode()
    assert "Moda Cad. 12" in page
    assert 'href="tel:+905321234567"' in page
    assert "geo:0,0?q=Moda" in page
    assert "Şehitleri" not in page  # one step at a time
    answer = client.post(f"{drive}al/", press(text="Sakin", photo=photo()))
    assert answer.url == drive
    assert make.fresh(job).status == Ride.PICKED_UP
    assert "Şehitleri" in client.get(drive).content.decode()
    client.post(f"{drive}yola/", press("second-press"))
    assert make.fresh(job).status == Ride.IN_TRANSIT
    facts = {"what": "rest", "latitude": "39.9138412", "longitude": "28.15", "place": "Susurluk"}
    client.post(f"{drive}haber/", press("third-press", **facts))
    event = TrackingEvent.objects.get(what="rest")
    assert (str(event.latitude), event.place) == ("39.91384", "Susurluk")
    client.post(f"{drive}teslim/", press("fourth-press", code=make.code(job)))
    row = make.fresh(job)
    assert (row.status, row.booking.status) == (Ride.DELIVERED, "completed")
    over = client.get(drive)
    assert over.status_code == 410
    for secret in ("Moda", "Şehitleri", "532"):
        assert secret not in over.content.decode()


def test_sent_twice_over_a_bad_line(client, ride):
    drive = path(ride)
    told = press("one-press-only", what="rest", at=(timezone.now() - timedelta(minutes=3)).isoformat())
    for _n in range(3):
        assert client.post(f"{drive}haber/", told, **FETCH).json() == {"done": True}
    assert TrackingEvent.objects.filter(what="rest").count() == 1
    done = press("the-last-press", code=make.code(ride))
    for _n in range(2):  # also after the journey is over, and the page with it
        assert client.post(f"{drive}teslim/", done, **FETCH).json() == {"done": True}
    assert client.post(f"{drive}haber/", press("another-press", what="rest"), **FETCH).status_code == 404


def test_what_is_refused_is_said(client, ride):
    drive = path(ride)
    wrong = press("a-wrong-code", code=make.wrong(ride))
    answer = client.post(f"{drive}teslim/", wrong, **FETCH)
    assert answer.status_code == 422
    assert "teslim kodu değil" in answer.json()["refused"]
    page = client.post(f"{drive}teslim/", wrong)
    assert page.status_code == 422
    assert "error-summary" in page.content.decode()
    assert make.fresh(ride).code_tries == 1


@pytest.mark.parametrize(
    ("step", "facts"),
    [
        ("haber", {"what": "delivered"}),
        ("haber", {"what": "note"}),
        ("haber", {"what": "rest", "latitude": "91", "longitude": "0"}),
        ("kodsuz", {"text": "Kapalı"}),
        ("geri", {"text": ""}),
        ("sorun", {"text": ""}),
        ("teslim", {"code": ""}),
        ("al", {"text": "Sakin"}),
    ],
)
def test_what_is_missing(client, ride, step, facts):
    drive = path(ride)
    before = TrackingEvent.objects.count()
    assert client.post(f"{drive}{step}/", press("press-press", **facts), **FETCH).status_code == 422
    assert client.post(f"{drive}{step}/", facts, **FETCH).status_code == 422  # without a key
    assert TrackingEvent.objects.count() == before


def test_a_photo_that_is_none(client, ride):
    fake = SimpleUploadedFile("x.jpg", b"<script>", "image/jpeg")
    answer = client.post(f"{path(ride)}haber/", press("press-press", what="note", photo=fake), **FETCH)
    assert answer.status_code == 422


def test_photos_are_drawn_anew(client, ride):
    spoiled = SimpleUploadedFile("x.jpg", make.picture((3000, 2000)) + b"KANARYA", "image/jpeg")
    client.post(f"{path(ride)}haber/", press("press-press", what="note", photo=spoiled))
    with TrackingEvent.objects.get(what="note").photo_file() as file:
        content = file.read()
    assert b"KANARYA" not in content
    import io

    from PIL import Image

    assert max(Image.open(io.BytesIO(content)).size) == 1280


def test_trouble_turning_back_and_leaving_without_code(client, ride):
    drive = path(ride)
    client.post(f"{drive}sorun/", press("press-one", text="Lastik patladı"))
    assert make.fresh(ride).status == Ride.PROBLEM
    assert client.get(drive).status_code == 200
    client.post(f"{drive}duzeldi/", press("press-two"))
    assert make.fresh(ride).status == Ride.IN_TRANSIT
    client.post(f"{drive}kodsuz/", press("press-three", text="Telefonu kapalı", photo=photo()))
    assert make.fresh(ride).status == Ride.UNCONFIRMED
    assert client.get(drive).status_code == 410


def test_brought_back(client, ride):
    drive = path(ride)
    client.post(f"{drive}geri/", press("press-one", text="Yol kapalı", photo=photo()))
    assert make.fresh(ride).status == Ride.RETURNED
    assert client.get(drive).status_code == 410


def test_links_end_with_another_driver_a_new_link_and_the_journey(client, wide, ayse, bora):
    job = make.fixed(wide, ayse)
    first = path(job)
    assert client.get(first).status_code == 200
    on = list(make.stands(wide, 1))
    bookings.rearrange(
        booking=job.booking, starts_at=job.booking.starts_at, by=bora, now=timezone.now(), on=on
    )
    assert client.get(first).status_code == 404
    assert client.post(f"{first}al/", press()).status_code == 404
    second = path(job)
    facts = {"phone": "", "email": "s@ornek.test", "by": bora, "now": timezone.now()}
    services.send_driver_link(job=make.fresh(job), **facts)
    assert client.get(second).status_code == 404
    third = path(job)
    assert client.get(third).status_code == 200
    assert client.get(f"{third[:-2]}x/").status_code == 404
    job.booking.refresh_from_db()
    bookings.cancel(booking=job.booking, role="provider", by=bora, now=timezone.now())
    assert client.get(third).status_code == 410


def test_links_do_not_live_for_ever(job):
    end = job.booking.ends_at + rules.DRIVER_LINK_AFTER
    assert links.is_live_for_driver(job, end - timedelta(seconds=1))
    assert not links.is_live_for_driver(job, end)


def test_the_link_of_one_journey_opens_no_other(client, wide, ayse, deniz):
    mine, theirs = make.rolling(wide, ayse), make.rolling(wide, deniz, number=1)
    client.post(f"{path(mine)}teslim/", press(code=make.code(theirs)))
    assert set(TransferJob.objects.values_list("status", flat=True)) == {Ride.PICKED_UP}


def test_only_who_drives(client, offering, job, ayse, bora, cem, deniz):
    """A colleague with every right of the desk is not the driver."""
    teams.member(offering.business, cem, "manager")
    drive = reverse("business_transfer_drive", args=[offering.business.slug, job.public_id])
    for user, status in ((bora, 200), (cem, 404), (deniz, 404), (ayse, 404)):
        client.force_login(user)
        assert client.get(drive).status_code == status
        if status == 404:
            assert client.post(f"{drive}al/", press(text="x", photo=photo())).status_code == 404
    client.logout()
    assert "/hesap/giris/" in client.get(drive).url


def test_a_step_that_does_not_exist(client, job):
    assert client.post(f"{path(job)}uc/", press()).status_code == 404
    assert client.get(f"{path(job)}al/").status_code == 405


def test_who_drove_before_a_late_payment_and_a_change_is_out(client, wide, ayse, bora):
    """Of the time before the money came her claim is left; it opens nothing."""
    booking = services.accept(quote=make.quoted(make.asked(wide, ayse)), by=ayse, now=timezone.now())
    bookings.end_due(now=booking.until)
    booking.refresh_from_db()
    assert bookings.take_money(booking=booking, amount=booking.due, now=timezone.now())
    job = services.make_job(booking=booking, now=timezone.now())
    drive = reverse("business_transfer_drive", args=[wide.business.slug, job.public_id])
    client.force_login(bora)
    assert client.get(drive).status_code == 200
    on = list(make.stands(wide, 1))
    bookings.rearrange(booking=booking, starts_at=booking.starts_at, by=bora, now=timezone.now(), on=on)
    assert client.get(drive).status_code == 404
