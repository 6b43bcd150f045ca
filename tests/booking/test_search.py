"""Looking for a free time: sentence and fields, what is shown, and at what price in statements."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from booking import permits, search_asked, search_finding, services, slots
from booking.models import Offering
from booking.search_reading import Place
from core.models import Line
from teams.models import Business, Location, ModuleSwitch
from tests.factories import booking as make
from tests.factories import pets, teams, transfers

pytestmark = pytest.mark.django_db
NOW = timezone.now


def clinic(owner, name="Ihlamur Veteriner", kind="clinic", *, district="Beşiktaş", province="34", **more):
    made = make.clinic(owner, name, kind, **more)
    Location.objects.filter(business=made).update(province=province, district=district)
    made.licences.update(address=made.locations.get().address)
    return made


@pytest.fixture
def besiktas(bora):
    return clinic(bora)


@pytest.fixture
def visit(besiktas):
    return make.offering(besiktas)


def find(now=None, **given):
    asked = QueryDict(mutable=True)
    asked.update({key: str(value) for key, value in given.items()})
    return search_finding.find(search_asked.read(asked), now=now or NOW())


def names(found) -> list[str]:
    return [hit.offering.name for hit in found.hits]


# --- The sentence ----------------------------------------------------------------------------------


def said(client, sentence, **more) -> dict[str, str]:
    answer = client.get(reverse("booking_search"), {"q": sentence} | more)
    assert answer.status_code == 302
    return {key: value[0] for key, value in parse_qs(urlsplit(answer.url).query).items()}


def test_a_sentence_becomes_an_address(client, visit):
    tomorrow = timezone.localdate() + timedelta(days=1)
    found = said(client, "yarın Kadıköy'de kedi aşısı")
    assert found == {"yer": "34-kadikoy", "hizmet": "asi", "tur": "cat", "gun": tomorrow.isoformat()}


def test_what_is_said_counts_more_than_the_fields_and_the_rest_stays(client, visit):
    found = said(client, "köpek", tur="cat", yer="34-besiktas", sirala="fiyat", sonra="500-1")
    assert found == {"tur": "dog", "yer": "34-besiktas", "sirala": "fiyat"}


def test_words_that_nobody_understands_are_said(client, visit):
    found = said(client, "muayene fotosentez <b>")
    assert found["kalan"] == "fotosentez b"
    page = client.get(reverse("booking_search"), found).content.decode()
    assert "“fotosentez b”" in page
    assert "<b>”" not in page


def test_words_of_a_name_look_for_it(client, visit):
    make.offering(visit.business, name="Bambaşka bir şey")
    found = said(client, "ıhlamur muayene bambaşka")
    assert found == {"hizmet": "muayene", "ad": "ıhlamur bambaşka"}
    assert names(find(ad="IHLAMUR genel")) == ["Genel muayene"]


def test_names_of_what_cannot_be_booked_are_not_known(client, visit):
    make.offering(visit.business, name="Bambaşka", is_open=False)
    assert said(client, "bambaşka") == {"kalan": "bambaşka"}


def test_chips_leave_one_wish_out(client, visit):
    asked = search_asked.read(QueryDict("yer=34-besiktas&tur=cat&gun=2026-12-12&sonra=5-5"))
    assert [str(chip.label) for chip in asked.chips] == ["Kedi", "Beşiktaş, İstanbul", "12 Aralık Cumartesi"]
    assert asked.chips[0].query == "yer=34-besiktas&gun=2026-12-12"
    alone = search_asked.read(QueryDict("tur=cat"))
    assert alone.chips[0].query == "yer="  # not the empty address, where hers would be filled in again


@pytest.mark.parametrize(
    "query",
    [
        "yer=99&hizmet=nein&tur=unicorn&gun=2026-99-99&bitis=x&vakit=z&gece=-1&sirala=z&sonra=z",
        "gun=9999-12-31&bitis=9999-12-31",
        "gun=0001-01-01",
        "gece=999&hizmet=otel",
        "yer=%00&ad=%25_%5C&isletme=%27",
        "sirala=fiyat&sonra=NaN-1",
        "sirala=fiyat&sonra=1e999999-1",
        "sirala=fiyat&sonra=1-²",
        "sonra=²-²",
        "sonra=99999999999999999999-99999999999999999",
        "yer=34-&ad=" + "a" * 500,
    ],
)
def test_nonsense_in_the_address_breaks_nothing(client, visit, query):
    assert client.get(f"{reverse('booking_search')}?{query}").status_code in (200, 400)


# --- What is shown ----------------------------------------------------------------------------------


def test_three_free_times_lead_to_the_chosen_time(client, visit, ayse):
    day = make.monday()
    make.held(visit, ayse, make.at(day, 9))
    page = client.get(reverse("booking_search"), {"gun": str(day)}).content.decode()
    (hit,) = find(gun=day).hits
    assert [one.starts for one in hit.times] == [make.at(day, 9, 30), make.at(day, 10), make.at(day, 10, 30)]
    way = hit.ways[0][1]
    assert way.replace("&", "&amp;") in page
    shown = client.get(way).content.decode()
    assert (
        "checked"
        in shown.split(
            f'value="{hit.times[0].starts.astimezone(timezone.get_default_timezone()).isoformat()}"'
        )[1][:20]
    )


def test_only_what_fits(bora, visit):
    owner, day = bora, make.monday()
    groomer = clinic(owner, "Köpük", "groomer", district="Kadıköy")
    table = make.resource(groomer, kind="table")
    make.offering(groomer, table, kind="grooming", name="Tam bakım", species=["dog"])
    make.offering(groomer, table, kind="grooming", name="Tırnak kesimi")
    assert set(names(find(gun=day))) == {"Genel muayene", "Tam bakım", "Tırnak kesimi"}
    assert names(find(gun=day, hizmet="tiras")) == ["Tam bakım"]
    assert set(names(find(gun=day, hizmet="kuafor"))) == {"Tam bakım", "Tırnak kesimi"}
    assert names(find(gun=day, hizmet="kuafor", tur="cat")) == ["Tırnak kesimi"]
    assert names(find(gun=day, yer="34-besiktas")) == ["Genel muayene"]
    assert len(names(find(gun=day, yer="34"))) == 3
    assert names(find(gun=day, yer="06")) == []
    assert names(find(gun=day, hizmet="asi")) == []
    assert names(find(gun=day, isletme=visit.business.slug)) == ["Genel muayene"]


def test_a_place_is_found_however_it_is_spelled(bora):
    make.offering(clinic(bora, district="KADIKÖY"))
    assert find(yer="34-kadikoy").hits
    assert search_finding.places() == [Place("34", "KADIKÖY")]


def test_part_of_the_day_and_several_days(visit):
    day = make.monday()
    (hit,) = find(gun=day, vakit="aksam").hits
    assert hit.times[0].starts == make.at(day, 17)
    (hit,) = find(gun=day + timedelta(days=5), bitis=day + timedelta(days=8), vakit="ogleden-sonra").hits
    assert hit.times[0].starts == make.at(day + timedelta(days=5), 12)
    assert not find(gun=day + timedelta(days=6)).hits  # a Sunday
    (hit,) = find(gun=day + timedelta(days=6), bitis=day + timedelta(days=7)).hits
    assert hit.times[0].starts == make.at(day + timedelta(days=7), 9)


def test_stays_by_their_nights(bora, ayse):
    hotel = clinic(bora, "Patipark", "hotel", week=range(7))
    kennel, day = make.resource(hotel, kind="kennel"), make.monday()
    stay = make.offering(hotel, kennel, kind="stay", name="Oda", most_nights=5)
    make.held(stay, ayse, make.at(day + timedelta(days=2), 14), nights=1)
    (hit,) = find(gun=day, hizmet="otel", gece=2).hits
    assert (hit.nights, hit.price) == (2, 1000)
    assert "gece=2" in hit.way(hit.times[0])
    assert not find(gun=day, hizmet="otel", gece=3).hits
    assert not find(gun=day, hizmet="otel", gece=9).looked_at


def test_several_animals_in_one_visit(visit, ayse, client):
    day = make.monday()
    make.held(visit, ayse, make.at(day, 10))
    fits = {"most_pets": 2, "more_minutes": 30, "more_price": 100}
    assert not find(gun=day, adet=2).looked_at
    Offering.objects.filter(pk=visit.pk).update(**fits)
    (hit,) = find(gun=day, adet=2).hits
    assert [one.starts for one in hit.times][:2] == [make.at(day, 9), make.at(day, 10, 30)]  # an hour fits
    assert hit.price == visit.price + 100
    pets.pet(ayse, "Köpük")  # with the one that came at ten she has two
    client.force_login(ayse)
    (shown,) = client.get(reverse("booking_search"), {"gun": str(day), "adet": "2"}).context["found"].hits
    page = client.get(shown.way(shown.times[0]))
    assert [len(shown.pets), len(page.context["choice"].chosen)] == [2, 2]
    assert page.context["choice"].slot == shown.times[0]
    assert not find(gun=day, adet=3).looked_at


@pytest.mark.parametrize("case", ["closed", "module", "status", "licence", "pause", "later"])
def test_what_cannot_be_booked_is_not_shown(visit, case, bora):
    """The same that a hold refuses."""
    day, business = make.monday(), visit.business
    if case == "closed":
        services.close_offering(offering=visit, by=bora)
    elif case == "module":
        ModuleSwitch.objects.create(business=business, module="appointment", is_on=False)
    elif case == "status":
        Business.objects.update(status="suspended")
    elif case == "licence":
        business.licences.update(valid_until=timezone.localdate() - timedelta(days=1))
    elif case == "pause":
        type(bora).objects.filter(pk=bora.pk).update(status="suspended")
    else:
        business.licences.update(valid_until=day - timedelta(days=1))
    found = find(gun=day)
    assert not found.hits
    assert found.unpermitted == (case == "later")


def test_a_module_that_is_switched_on_later_counts(bora):
    """A shop does not begin with appointments."""
    shop = clinic(bora, "Dükkân", "shop")
    make.offering(shop, make.resource(shop, kind="table"), kind="grooming", name="Banyo")
    assert (find().hits, search_finding.places()) == ([], [])
    ModuleSwitch.objects.create(business=shop, module="appointment", is_on=True)
    assert find().hits
    assert search_finding.places() == [Place("34", "Beşiktaş")]


def test_the_permit_names_the_animals(bora, client):
    hotel = clinic(bora, "Patipark", "hotel", week=range(7))
    make.offering(hotel, make.resource(hotel, kind="kennel"), kind="stay", name="Oda")
    day = make.monday()
    assert find(gun=day, tur="dog").hits
    found = find(gun=day, tur="rabbit")
    assert (found.hits, found.unpermitted) == ([], 1)
    page = client.get(reverse("booking_search"), {"gun": str(day), "tur": "rabbit"}).content.decode()
    assert "1 hizmet gösterilmedi" in page
    hotel.licences.update(address="Başka yer")
    assert not find(gun=day, tur="dog").hits


def test_days_of_permits_mean_the_same_in_both_ways(bora):
    """`permits.read` asks in Python what `listed` and `valid_on` ask the database."""
    place = clinic(bora)
    offering, today = make.offering(place), timezone.localdate()
    teams.licence(place, "practice", status="waiting", number="2")
    teams.licence(place, "practice", status="expired", number="3")
    place.licences.filter(number="34-1234").update(valid_from=today, valid_until=today + timedelta(days=3))
    for away in range(-2, 6):
        day = today + timedelta(days=away)
        listed = Business.objects.listed(day).filter(pk=place.pk).exists()
        assert permits.read([offering]).allow(offering, ["cat"], day) == listed


# --- Nothing there -------------------------------------------------------------------------------------


def page_of(client, **given) -> str:
    return client.get(reverse("booking_search"), given).content.decode()


def test_nothing_free_that_day_shows_the_nearest_days(client, visit, ayse):
    sunday = make.monday() + timedelta(days=6)
    found = find(gun=sunday)
    assert found.nearest == [
        sunday - timedelta(days=2),
        sunday - timedelta(days=1),
        sunday + timedelta(days=1),
    ]
    assert f"gun={found.nearest[0]}" in page_of(client, gun=str(sunday))


def test_what_is_carried_is_asked_for(client, bora):
    """A road has no times to choose from: the carrier stands below, with the way to its question."""
    road = transfers.carrier(bora)
    found = find(hizmet="nakil")
    assert (names(found), found.by_quote) == ([], [road])
    page = client.get(reverse("booking_search"), {"hizmet": "nakil"}).content.decode()
    assert "Teklif iste" in page
    assert road.get_absolute_url() in page
    assert find(hizmet="nakil", tur="fish").by_quote == [], "its permit does not name them"


def test_nobody_offers_it(client, visit):
    page = page_of(client, yer="06-cankaya", gun=str(make.monday()))
    assert "Çankaya, Ankara" in page
    assert "hit" not in page.split("find__results")[1]


def test_a_day_that_is_over_and_one_too_far_ahead(client, visit):
    yesterday, far = timezone.localdate() - timedelta(days=1), timezone.localdate() + timedelta(days=200)
    assert find(gun=yesterday).looked_at == 0
    assert "Bu gün geçti" in page_of(client, gun=str(yesterday))
    assert find(gun=far).farthest == timezone.localdate() + timedelta(days=60)
    assert "Bu kadar ilerisi" in page_of(client, gun=str(far))


# --- Pages -------------------------------------------------------------------------------------------


def every_page(**given) -> list[str]:
    shown, after = [], ""
    for _turn in range(10):
        found = find(**given, sonra=after)
        shown += names(found)
        after = found.after
        if not after:
            return shown
    raise AssertionError("it never ends")


@pytest.mark.parametrize("order", ["", "fiyat"])
def test_pages_follow_each_other_without_a_gap(besiktas, order, monkeypatch):
    monkeypatch.setattr(search_finding, "PER_PAGE", 3)
    monkeypatch.setattr(search_finding, "LOOKED_AT", 8 if order else 100)
    for number in range(10):
        stand = make.resource(besiktas)
        make.offering(
            besiktas, stand, name=f"{9 - number}", price=100 + 10 * (number // 2), step=5 + 5 * number
        )
    closed = make.resource(besiktas)
    closed.shifts.create(weekday=6, starts=600, ends=700)
    make.offering(besiktas, closed, name="never", price=105)
    shown = every_page(gun=make.monday(), sirala=order)
    assert sorted(shown) == [str(number) for number in range(10)]
    if order:
        assert shown == [str(9 - number) for number in range(10)]


def test_the_earliest_comes_first(besiktas):
    late, day = make.resource(besiktas), make.monday()
    late.shifts.create(weekday=0, starts=14 * 60, ends=18 * 60)
    make.offering(besiktas, late, name="late")
    make.offering(besiktas, name="early")
    assert names(find(gun=day)) == ["early", "late"]


def test_more_than_is_looked_at_is_said(client, besiktas, monkeypatch):
    monkeypatch.setattr(search_finding, "LOOKED_AT", 2)
    stand = make.resource(besiktas)
    for number in range(3):
        make.offering(besiktas, stand, name=f"{number}")
    assert find().is_cut
    assert not find(hizmet="muayene", ad="1").is_cut


def counted(**given) -> int:
    with CaptureQueriesContext(connection) as seen:
        find(**given)
    return len(seen)


@pytest.mark.parametrize("given", [{"gun": "monday"}, {}, {"gun": "monday", "sirala": "fiyat", "yer": "34"}])
def test_five_statements_for_one_and_for_twenty(bora, person, given):
    """One for the candidates, four for all their times."""
    given = {key: make.monday() if value == "monday" else value for key, value in given.items()}
    make.offering(clinic(bora))
    assert counted(**given) == 5
    for number in range(19):
        owner = person("Deniz", f"No{number}", email=f"d{number}@ornek.test")
        firm = clinic(owner, f"Klinik {number}", "clinic" if number % 2 else "hotel", week=range(7))
        stand = make.resource(firm, kind="person" if number % 2 else "kennel")
        make.offering(firm, stand, kind="visit" if number % 2 else "stay", name=f"Hizmet {number}")
    assert len(find(**given).hits) == 20
    assert counted(**given) == 5


def test_nearest_days_cost_two_more(besiktas):
    sunday = make.monday() + timedelta(days=6)
    for number in range(5):
        make.offering(besiktas, name=f"{number}")
    assert counted(gun=sunday) == 7


def test_many_are_read_as_one_is(bora, ayse):
    """The reader of many counts the same times as that of one."""
    firms = [clinic(bora, f"Klinik {number}") for number in range(3)]
    offerings = [make.offering(firm, step=15 + 15 * at, buffer_after=5 * at) for at, firm in enumerate(firms)]
    firms[1].locations.get().special_days.create(on=make.monday(), starts=600, ends=720)
    make.held(offerings[2], ayse, make.at(make.monday(), 9, 45))
    first, now = make.monday(), NOW()
    plans = slots.plans(offerings)
    read = slots.Reading(plans.values(), first, first + timedelta(days=6), now=now)
    for one in offerings:
        alone = slots.free(slots.plan(one), first, first + timedelta(days=6), pets=1, now=now)
        assert {day: list(read.times(plans[one.pk], day, pets=1)) for day in alone} == alone


# --- Hers ------------------------------------------------------------------------------------------


def test_her_animal_and_her_place_are_filled_in_once(client, visit, ayse, deniz):
    pet = pets.pet(ayse)
    ayse.postal_addresses.create(
        kind="delivery", name="Ayşe", province="34", district="Beşiktaş", neighbourhood="a", street="b",
        building="1", postcode="34353", is_default=True,
    )  # fmt: skip
    client.force_login(ayse)
    page = page_of(client)
    assert "Beşiktaş, İstanbul" in page.split("find__chips")[1].split("</ul>")[0]
    assert 'value="cat" selected' in page
    assert str(pet.public_id) in page
    assert "find__chips" not in page_of(client, yer="")
    assert 'value="cat" selected' not in page_of(client, yer="")
    pets.pet(ayse, "Zeytin", "dog")
    assert 'value="cat" selected' not in page_of(client)
    client.force_login(deniz)
    assert "find__chips" not in page_of(client), "another person's"


def test_animals_of_others_and_those_that_died_are_not_chosen(client, visit, ayse, deniz):
    pet = pets.pet(ayse)
    client.force_login(deniz)
    assert "hayvan=" not in page_of(client, yer="")
    client.force_login(ayse)
    assert f"hayvan={pet.public_id}" in page_of(client, yer="")
    type(pet).objects.update(status="passed_away", died_on=timezone.localdate())
    assert "hayvan=" not in page_of(client, yer="")


# --- Around it ------------------------------------------------------------------------------------


def test_only_the_bare_page_is_for_search_engines(client, visit):
    bare, asked = page_of(client), page_of(client, yer="34")
    assert 'content="index,follow"' in bare
    assert 'content="noindex,follow"' in asked
    assert 'content="noindex,follow"' in page_of(client, sonra="1-1", yer="")
    for page in (bare, asked):
        assert f'<link rel="canonical" href="http://testserver{reverse("booking_search")}">' in page


def test_what_is_free_is_never_kept(client, visit):
    for address in (reverse("booking_search"), reverse("bookable_at", args=[visit.business.slug])):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_the_page_of_a_business_lists_it(client, visit):
    profile = client.get(visit.business.get_absolute_url()).content.decode()
    assert visit.name in profile
    assert "₺500,00" in profile
    assert reverse("bookable_at", args=[visit.business.slug]) in profile
    address = reverse("bookable_at", args=[visit.business.slug])
    assert "find-time" in client.get(address).content.decode()
    Business.objects.update(status="suspended")
    assert client.get(address).status_code == 404


def test_the_page_of_a_business_follows_at_once(client, visit, bora):
    address = visit.business.get_absolute_url()
    assert visit.name in client.get(address).content.decode()
    services.close_offering(offering=visit, by=bora)
    assert visit.name not in client.get(address).content.decode()
    services.open_offering(offering=visit, by=bora)
    assert visit.name in client.get(address).content.decode()


def test_the_site_map_names_what_can_be_booked(client, visit, bora):
    listed = client.get("/sitemap.xml").content.decode()
    assert visit.get_absolute_url() in listed
    assert reverse("booking_search") in listed
    services.close_offering(offering=visit, by=bora)
    assert visit.get_absolute_url() not in client.get("/sitemap.xml").content.decode()


def test_looking_writes_nothing(client, visit):
    lines = Line.objects.count()
    page_of(client, q="yarın muayene")
    assert Line.objects.count() == lines


def test_a_day_has_no_time_before_now(visit):
    now = make.at(make.monday(), 17, 45)
    (hit,) = find(now=now, gun=timezone.localdate(now)).hits
    assert hit.times[0].starts == make.at(timezone.localdate(now), 18)
