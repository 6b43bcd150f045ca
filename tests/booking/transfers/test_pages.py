"""An owner's pages: she asks, compares, accepts and follows; nobody else sees it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from booking.models import Booking
from booking.states import Status
from booking.transfers import links, services
from booking.transfers.models import TransferJob, TransferRequest
from booking.transfers.states import Asked, Ride
from tests.factories import pets
from tests.factories import transfers as make

pytestmark = pytest.mark.django_db


def typed(pet, **more) -> dict[str, object]:
    road = make.road()
    names = ("province", "district", "address", "name", "phone")
    facts = {f"{end}_{name}": getattr(road, f"{end}_{name}") for end in ("from", "to") for name in names}
    facts |= {
        "key": "one press",
        "pets": [str(pet.public_id)],
        "day": (timezone.localdate() + timedelta(days=3)).isoformat(),
        "window": "8-11",
        "way": "shared",
        "box": "small",
        "wishes": ["photos"],
        "note": "Radyo sevmez",
    }
    return facts | more


def ask_url(offering) -> str:
    return reverse("offering_quote", args=[offering.public_id])


def test_the_public_page_asks_instead_of_offering_times(client, offering, ayse):
    page = client.get(offering.get_absolute_url()).content.decode()
    assert "slots-days" not in page
    assert "Giriş yap" in page
    client.force_login(ayse)
    assert "Hayvan ekle" in client.get(offering.get_absolute_url()).content.decode()
    pets.pet(ayse, "Mila")
    page = client.get(offering.get_absolute_url()).content.decode()
    assert "Mila" in page
    assert 'name="from_address"' in page


def test_no_time_is_kept_by_the_old_form(client, offering, ayse):
    client.force_login(ayse)
    pet = pets.pet(ayse)
    when = make.road().earliest
    client.post(offering.get_absolute_url(), {"hayvan": pet.public_id, "saat": when.isoformat()})
    assert not Booking.objects.exists()


def test_asking(client, offering, ayse):
    client.force_login(ayse)
    pet = pets.pet(ayse, "Mila")
    answer = client.post(ask_url(offering), typed(pet))
    request = TransferRequest.objects.get()
    assert answer.url == request.url()
    assert (request.from_phone, request.wishes, request.pets.get().name) == (
        "+905321234567",
        ["photos"],
        "Mila",
    )
    assert timezone.localtime(request.earliest).hour == 8
    assert client.post(ask_url(offering), typed(pet)).url == request.url()
    assert TransferRequest.objects.count() == 1
    assert client.get(request.url()).status_code == 200
    again = client.get(offering.get_absolute_url()).content.decode()
    assert "Kıbrıs Şehitleri" in again  # a second carrier is asked with one press


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("pets", []),
        ("from_address", ""),
        ("to_phone", "12"),
        ("from_province", "99"),
        ("day", "2020-01-01"),
        ("window", "1-2"),
        ("note", "Kartım 4242 4242 4242 4242"),
    ],
)
def test_what_is_missing_is_said_and_kept(client, offering, ayse, field, value):
    client.force_login(ayse)
    answer = client.post(ask_url(offering), typed(pets.pet(ayse), **{field: value}))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "error-summary" in page
    if field != "from_address":
        assert "Moda Cad. 12" in page
    assert not TransferRequest.objects.exists()


def test_a_strangers_animal_is_none_to_choose(client, offering, ayse, bora):
    client.force_login(ayse)
    pets.pet(ayse)
    assert client.post(ask_url(offering), typed(pets.pet(bora, "Onun"))).status_code == 422


def test_who_has_not_signed_in_is_led_there_without_her_address(client, offering, ayse):
    answer = client.post(ask_url(offering), typed(pets.pet(ayse)))
    assert "/hesap/giris/" in answer.url
    assert "Moda" not in answer.url
    assert client.get(ask_url(offering)).url == offering.get_absolute_url()


def test_other_kinds_and_closed_offerings_are_not_asked(client, visit_like, offering, ayse):
    client.force_login(ayse)
    pet = pets.pet(ayse)
    assert client.post(ask_url(visit_like), typed(pet)).status_code == 404
    type(offering).objects.filter(pk=offering.pk).update(is_open=False)
    assert client.post(ask_url(offering), typed(pet)).status_code == 404


@pytest.fixture
def visit_like(cem):
    from tests.factories import booking

    return booking.offering(booking.clinic(cem, "Papatya"))


def test_she_reads_compares_and_accepts(client, offering, ayse):
    client.force_login(ayse)
    quote = make.quoted(make.asked(offering, ayse))
    page = client.get(quote.request.url()).content.decode()
    assert "₺2.380,00" in page
    assert "cancel-line" in page
    accept = reverse("my_transfer_accept", args=[quote.request.public_id, quote.public_id])
    answer = client.post(accept)
    booking = Booking.objects.get()
    assert "/odeme" in answer.url or "odeme" in answer.url
    assert client.post(accept).url == answer.url
    assert (booking.status, booking.price) == (Status.HELD, 2380)
    assert client.get(quote.request.url()).status_code == 200
    assert client.get(reverse("my_transfers")).status_code == 200


def test_too_late_is_said_on_the_page(client, offering, ayse):
    client.force_login(ayse)
    quote = make.quoted(make.asked(offering, ayse))
    accept = reverse("my_transfer_accept", args=[quote.request.public_id, quote.public_id])
    services.end_due(now=quote.valid_until)
    answer = client.post(accept, follow=True)
    assert "geçerli değil" in answer.content.decode()
    assert not Booking.objects.exists()


def test_what_the_road_usually_costs(client, offering, ayse):
    """Said from three delivered journeys on, and only for this road."""
    client.force_login(ayse)
    base = make.road().earliest
    for number in range(3):
        job = make.rolling(offering, ayse, when=base + timedelta(days=number))
        done = {"status": Ride.DELIVERED, "ended_at": timezone.now()}
        TransferJob.objects.filter(pk=job.pk).update(**done)
    here = make.asked(offering, ayse)
    elsewhere = make.asked(offering, ayse, to_province="06")
    assert "3 nakil" in client.get(here.url()).content.decode()
    assert "ortanca" not in client.get(elsewhere.url()).content.decode()
    TransferJob.objects.filter(pk=job.pk).update(status=Ride.RETURNED)
    assert "ortanca" not in client.get(here.url()).content.decode()


def test_taking_it_back(client, offering, ayse):
    client.force_login(ayse)
    request = make.asked(offering, ayse)
    client.post(reverse("my_transfer_withdraw", args=[request.public_id]))
    request.refresh_from_db()
    assert request.status == Asked.WITHDRAWN
    assert client.get(request.url()).status_code == 200


def test_following_in_every_state(client, offering, ayse):
    client.force_login(ayse)
    job = make.rolling(offering, ayse)
    now = timezone.now()
    facts = {"handed_over_at": now, "ended_at": now, "confirm_until": now, "why_no_code": "Kapalı"}
    for status in Ride:
        picked = None if status == Ride.ASSIGNED else now
        TransferJob.objects.filter(pk=job.pk).update(status=status, picked_up_at=picked, **facts)
        assert client.get(job.url()).status_code == 200
        assert client.get(reverse("my_transfer_live", args=[job.public_id])).status_code == 200
        assert client.get(reverse("my_transfer_code", args=[job.public_id])).status_code == 200
    assert client.get(job.booking.url()).status_code == 200


def test_the_code_is_hers_alone(client, offering, ayse, bora):
    job = make.rolling(offering, ayse)
    services.share(job=job, by=ayse, now=timezone.now())
    job, code = make.fresh(job), make.code(job)
    client.force_login(ayse)
    assert code in client.get(job.url()).content.decode()
    client.force_login(bora)
    slug = job.booking.business.slug
    shared = links.share_url(job).partition("test")[2] or links.share_url(job)
    seen = [
        reverse("business_transfer", args=[slug, job.public_id]),
        reverse("business_transfer_live", args=[slug, job.public_id]),
        reverse("business_booking", args=[slug, job.booking.public_id]),
        reverse("business_transfer_drive", args=[slug, job.public_id]),
        shared[shared.index("/nakil/") :],
    ]
    for address in seen:
        page = client.get(address).content.decode()
        assert code not in page
        assert f"{code[:3]} {code[3:]}" not in page


def test_nothing_new_is_nothing_sent(client, offering, ayse):
    client.force_login(ayse)
    job = make.rolling(offering, ayse)
    live = reverse("my_transfer_live", args=[job.public_id])
    page = client.get(live).content.decode()
    version = page.partition('data-v="')[2].partition('"')[0]
    assert client.get(live, {"v": version}).status_code == 204
    services.tell(job=job, what="rest", told=make.told("Su"), by=None, now=job.booking.starts_at)
    assert "Su" in client.get(live, {"v": version}).content.decode()


def test_a_new_code_and_what_else_she_presses(client, offering, ayse):
    client.force_login(ayse)
    job = make.rolling(offering, ayse)
    code = make.code(job)
    client.post(reverse("my_transfer_code", args=[job.public_id]))
    assert make.code(job) != code
    assert client.post(reverse("my_transfer_share", args=[job.public_id])).url == job.url()
    assert "/nakil/izle/" in client.get(job.url()).content.decode()
    client.post(reverse("my_transfer_tell", args=[job.public_id]), {"tells": "0"})
    assert not make.fresh(job).tells_events
    services.leave(job=job, told=make.told("Kapalı", photo=True), by=None, now=job.booking.starts_at)
    assert client.post(reverse("my_transfer_dispute", args=[job.public_id]), {"text": ""}).status_code == 422
    client.post(reverse("my_transfer_dispute", args=[job.public_id]), {"text": "Gelmedi"})
    assert make.fresh(job).status == Ride.PROBLEM
    client.post(reverse("my_transfer_confirm", args=[job.public_id]))
    assert make.fresh(job).status == Ride.DELIVERED


def test_photos_are_for_who_may_see_the_journey(client, offering, ayse, bora, deniz):
    job = make.rolling(offering, ayse)
    services.share(job=job, by=ayse, now=timezone.now())
    job, event = make.fresh(job), job.events.get()
    mine = reverse("my_transfer_photo", args=[job.public_id, event.public_id])
    desk = reverse(
        "business_transfer_photo", args=[job.booking.business.slug, job.public_id, event.public_id]
    )
    shared = links.share_url(job)
    shared = f"{shared[shared.index('/nakil/') :]}foto/{event.public_id}/"
    for user, address, status in [
        (ayse, mine, 200),
        (deniz, mine, 404),
        (bora, desk, 200),
        (deniz, desk, 404),
        (None, shared, 200),
        (None, mine, 302),
    ]:
        client.logout()
        if user:
            client.force_login(user)
        answer = client.get(address)
        assert answer.status_code == status, (user, address)
        if status == 200:
            assert answer["Content-Type"] == "image/jpeg"
            assert "no-store" in answer["Cache-Control"]
            assert answer["X-Content-Type-Options"] == "nosniff"


NAMES = ("my_transfer", "_live", "_code", "_share", "_tell", "_confirm", "_dispute")


def test_a_strangers_request_and_journey_are_not_there(client, offering, ayse, deniz):
    job = make.rolling(offering, ayse)
    client.force_login(deniz)
    for name in NAMES:
        address = reverse(name if name == NAMES[0] else f"my_transfer{name}", args=[job.public_id])
        assert client.get(address).status_code in (404, 405)
        assert client.post(address).status_code in (404, 405)
    request, quote = job.request, job.quote
    for address in (
        request.url(),
        reverse("my_transfer_withdraw", args=[request.public_id]),
        reverse("my_transfer_accept", args=[request.public_id, quote.public_id]),
    ):
        assert client.get(address).status_code in (404, 405)
        assert client.post(address).status_code in (404, 405)


def test_a_quote_of_another_request_is_not_accepted_by_the_own_address(client, wide, ayse, deniz):
    theirs = make.quoted(make.asked(wide, deniz))
    mine = make.asked(wide, ayse)
    client.force_login(ayse)
    address = reverse("my_transfer_accept", args=[mine.public_id, theirs.public_id])
    assert client.post(address).status_code == 404
    assert not Booking.objects.exists()


def test_what_is_shared_has_no_address_phone_or_point(client, offering, ayse):
    job = make.rolling(offering, ayse)
    services.tell(
        job=job,
        what="rest",
        told=make.told(place="Susurluk", point=(39, 28)),
        by=None,
        now=job.booking.starts_at,
    )
    services.share(job=job, by=ayse, now=timezone.now())
    path = links.share_url(make.fresh(job))
    path = path[path.index("/nakil/") :]
    page = client.get(path).content.decode()
    assert "Susurluk" in page
    for secret in ("Moda Cad", "Şehitleri", "532", "533", "geo:", "Ayşe", "Leyla"):
        assert secret not in page, secret
    assert client.get(f"{path}canli/").status_code == 200


def test_shared_links_end(client, offering, ayse):
    job = make.rolling(offering, ayse)

    def shared():
        services.share(job=job, by=ayse, now=timezone.now())
        url = links.share_url(make.fresh(job))
        return url[url.index("/nakil/") :]

    first = shared()
    second = shared()
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    assert client.get(f"{second[:-2]}x/").status_code == 404
    services.deliver(job=job, code=make.code(job), told=make.told(), by=None, now=job.booking.starts_at)
    assert client.get(second).status_code == 404


def test_a_token_of_one_kind_is_none_of_another(client, offering, ayse):
    job = make.rolling(offering, ayse)
    services.share(job=job, by=ayse, now=timezone.now())
    job = make.fresh(job)
    share, drive = links.share_url(job), links.driver_url(job)
    token = share[share.index("/izle/") + 6 : -1]
    other = drive[drive.index("/surucu/") + 8 : -1]
    assert client.get(reverse("transfer_driver", args=[token])).status_code == 404
    assert client.get(reverse("transfer_shared", args=[other])).status_code == 404


def test_lists_and_journeys_cost_the_same_for_many(client, wide, ayse):
    client.force_login(ayse)
    job = make.rolling(wide, ayse)
    make.quoted(make.asked(wide, ayse, when=job.booking.starts_at + timedelta(days=20)))
    pages = [reverse("my_transfers"), job.url(), reverse("my_transfer_live", args=[job.public_id])]
    [_cost(client, page) for page in pages]
    few = [_cost(client, page) for page in pages]
    for number in range(3):
        when = job.booking.starts_at + timedelta(days=number + 1)
        make.quoted(make.asked(wide, ayse, when=when + timedelta(days=30)))
        make.fixed(wide, ayse, when=when)
        services.tell(
            job=job, what="rest", told=make.told("Su", photo=True), by=None, now=job.booking.starts_at
        )
    assert [_cost(client, page) for page in pages] == few


def _cost(client, page) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(page).status_code == 200
    return len(seen)


def test_the_module_that_is_off_is_not_there(client, offering, ayse):
    client.force_login(ayse)
    from teams.models import ModuleSwitch

    ModuleSwitch.objects.create(user=ayse, module="transfer", is_on=False)
    assert client.get(reverse("my_transfers")).status_code == 404
    assert client.post(ask_url(offering), typed(pets.pet(ayse))).status_code == 404
