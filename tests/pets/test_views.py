"""Doors: who gets where, what a list costs, what a form says."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from core.models import Mail
from pets.models import Duty, Grant, LostPage, Note, Pet, Reading, Vaccination
from pets.services import file, sharing
from pets.services import pets as verbs
from teams import rights
from teams.models import Business
from tests.factories import pets, teams

pytestmark = pytest.mark.django_db
TABS = ("file", "vaccinations", "measurements", "notes", "people", "sharing")
PAGES = (*TABS, "edit", "change_photo", "lost", "farewell")


def address(name, pet, *more):
    return reverse(f"pets:{name}", args=[pet.public_id, *more])


@pytest.mark.parametrize("page", PAGES)
def test_a_file_is_for_its_keepers(client, pamuk, ayse, cem, deniz, page):
    pets.co_keeper(pamuk, cem)
    for user, status in ((ayse, 200), (cem, 200), (deniz, 404)):
        client.force_login(user)
        assert client.get(address(page, pamuk)).status_code == status
    client.logout()
    assert client.get(address(page, pamuk)).status_code == 302


ACTIONS = {
    "archive": [],
    "remove_photo": [],
    "found": [],
    "take_back": [],
    "close_page": [],
    "state_duty": ["registration"],
}


@pytest.mark.parametrize("action", ACTIONS)
def test_a_stranger_presses_no_button(client, pamuk, deniz, action):
    client.force_login(deniz)
    assert client.post(address(action, pamuk, *ACTIONS[action])).status_code == 404
    pamuk.refresh_from_db()
    assert pamuk.archived_at is None
    assert not pamuk.statements.exists()


def test_only_the_main_keeper_puts_away_and_anyone_undoes(client, pamuk, ayse, cem):
    pets.co_keeper(pamuk, cem)
    client.force_login(cem)
    assert client.post(address("archive", pamuk)).status_code == 404
    client.force_login(ayse)
    client.post(address("archive", pamuk))
    assert client.get(address("file", pamuk)).status_code == 404
    assert "Geri getir" in client.get("/panel/hayvanlarim/").content.decode()
    client.post(address("restore", pamuk))
    assert client.get(address("file", pamuk)).status_code == 200


def test_two_answers_open_a_file_and_errors_keep_what_was_typed(client, ayse):
    client.force_login(ayse)
    wrong = client.post("/panel/hayvanlarim/ekle/", {"name": "Karamel"}).content.decode()
    assert "Hangi hayvan olduğunu seç." in wrong
    assert 'value="Karamel"' in wrong
    client.post("/panel/hayvanlarim/ekle/", {"name": "Karamel", "species": "dog"})
    assert Pet.objects.kept_by(ayse).get().name == "Karamel"


@pytest.mark.parametrize(
    ("typed", "day", "precision"),
    [
        ("14.03.2023", "2023-03-14", "day"),
        ("2023-03-14", "2023-03-14", "day"),
        ("03.2023", "2023-03-01", "month"),
        ("2023", "2023-01-01", "year"),
    ],
)
def test_a_birthday_is_as_exact_as_it_is_known(client, ayse, pamuk, typed, day, precision):
    client.force_login(ayse)
    client.post(address("edit", pamuk), {"name": "Pamuk", "born": typed})
    pamuk.refresh_from_db()
    assert (str(pamuk.born_on), pamuk.born_precision) == (day, precision)


@pytest.mark.parametrize("typed", ["31.02.2023", "13.2023", "dün", "2123"])
def test_an_impossible_birthday_is_explained(client, ayse, pamuk, typed):
    client.force_login(ayse)
    page = client.post(address("edit", pamuk), {"name": "Pamuk", "born": typed})
    assert page.context["form"].errors["born"]
    assert typed in page.content.decode()


def test_a_chip_is_read_with_spaces_and_its_digits_are_counted(client, ayse, deniz, pamuk):
    client.force_login(ayse)
    short = client.post(address("edit", pamuk), {"name": "Pamuk", "chip": "79200000000001"})
    assert "burada 14 rakam var" in short.content.decode()
    client.post(address("edit", pamuk), {"name": "Pamuk", "chip": "792 0000 0000-0001"})
    pamuk.refresh_from_db()
    assert pamuk.chip == "792000000000001"
    other = pets.pet(deniz, "Boncuk")
    client.force_login(deniz)
    taken = client.post(address("edit", other), {"name": "Boncuk", "chip": pamuk.chip})
    assert taken.context["form"].errors["chip"]


def test_weight_is_written_with_a_comma_and_drawn_as_a_line(client, ayse, pamuk):
    client.force_login(ayse)
    today = timezone.localdate()
    for value, days in (("4,2", 0), ("3,9", 60)):
        day = (today - timedelta(days=days)).isoformat()
        client.post(address("measurements", pamuk), {"kind": "weight", "value": value, "measured_on": day})
    page = client.get(address("measurements", pamuk)).content.decode()
    assert "4,2 kg" in page
    assert '<polyline points="3.0,21.0 117.0,3.0 "' in page
    assert "style=" not in page
    wrong = client.post(
        address("measurements", pamuk), {"kind": "weight", "value": "900", "measured_on": day}
    )
    assert wrong.context["form"].errors["value"]


def test_an_entry_is_taken_out_and_put_back(client, ayse, deniz, pamuk):
    row = file.add_note(pet=pamuk, by=ayse, now=timezone.now(), text="Balık sever")
    client.force_login(deniz)
    assert client.post(address("remove_entry", pamuk, "notes", row.pk)).status_code == 404
    client.force_login(ayse)
    gone = client.post(address("remove_entry", pamuk, "notes", row.pk), follow=True).content.decode()
    assert "Balık sever" not in gone
    assert address("restore_entry", pamuk, "notes", row.pk) in gone
    client.post(address("restore_entry", pamuk, "notes", row.pk))
    assert Note.objects.kept().count() == 1


def test_another_animals_entry_cannot_be_reached_through_ones_own(client, ayse, deniz, pamuk):
    other = pets.pet(deniz, "Boncuk")
    row = file.add_note(pet=other, by=deniz, now=timezone.now(), text="Gizli")
    client.force_login(ayse)
    assert client.post(address("remove_entry", pamuk, "notes", row.pk)).status_code == 404


def jpeg():
    buffer = io.BytesIO()
    Image.new("RGB", (300, 300)).save(buffer, "JPEG")
    return SimpleUploadedFile("kedi.jpg", buffer.getvalue(), "image/jpeg")


def test_a_photo_is_private(client, ayse, deniz, pamuk):
    client.force_login(ayse)
    client.post(address("change_photo", pamuk), {"photo": jpeg()})
    answer = client.get(address("photo", pamuk, "small"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert client.get(address("photo", pamuk, "huge")).status_code == 404
    client.force_login(deniz)
    assert client.get(address("photo", pamuk, "small")).status_code == 404


def test_what_is_no_photo_is_explained_at_its_field(client, ayse, pamuk):
    client.force_login(ayse)
    bad = SimpleUploadedFile("kedi.jpg", b"<svg onload=alert(1)>", "image/jpeg")
    page = client.post(address("change_photo", pamuk), {"photo": bad})
    assert page.context["form"].errors["photo"]


@pytest.mark.parametrize("many", [1, 40])
def test_the_list_costs_the_same_for_one_and_for_forty(client, ayse, django_assert_num_queries, many):
    for number in range(many):
        made = pets.pet(ayse, f"Kedi {number}")
        file.add_measurement(
            pet=made, by=ayse, now=timezone.now(), kind="weight", value=4, measured_on=timezone.localdate()
        )
    client.force_login(ayse)
    client.get("/panel/hayvanlarim/")
    with django_assert_num_queries(14):
        client.get("/panel/hayvanlarim/")


@pytest.mark.parametrize("many", [1, 20])
@pytest.mark.parametrize("tab", TABS)
def test_a_tab_costs_the_same_for_one_and_for_twenty(
    client, ayse, pamuk, clinic, django_assert_max_num_queries, many, tab
):
    now, today = timezone.now(), timezone.localdate()
    for number in range(many):
        day = today - timedelta(days=number)
        file.add_vaccination(pet=pamuk, by=ayse, now=now, vaccine="rabies", given_on=day, next_due=None)
        file.add_measurement(pet=pamuk, by=ayse, now=now, kind="weight", value=4, measured_on=day)
        file.add_note(pet=pamuk, by=ayse, now=now, text="x")
        sharing.grant(
            pet=pamuk, business=clinic, scope="read", until=now + timedelta(days=1), by=ayse, now=now
        )
    client.force_login(ayse)
    with django_assert_max_num_queries(COST[tab]):
        client.get(address(tab, pamuk))


COST = {"file": 16, "vaccinations": 13, "measurements": 13, "notes": 13, "people": 14, "sharing": 16}


def test_invitation_by_mail_is_bound_to_its_address(client, ayse, cem, deniz, pamuk):
    client.force_login(ayse)
    client.post(address("people", pamuk), {"email": cem.email})
    link = re.search(r"/panel/hayvanlarim/davet/[\w-]+/", Mail.objects.latest("pk").text)[0]
    client.force_login(deniz)
    assert client.get(link).status_code == 404
    client.post(link)
    assert not pamuk.keepers.filter(user=deniz).exists()
    client.force_login(cem)
    assert client.get(link).status_code == 200
    client.post(link)
    assert client.get(address("file", pamuk)).status_code == 200
    assert client.get(link).status_code == 404


def test_a_business_whose_permit_ended_is_not_offered(client, ayse, clinic, pamuk):
    clinic.licences.update(valid_until=timezone.localdate() - timedelta(days=1))
    client.force_login(ayse)
    assert not client.get(address("sharing", pamuk) + "?q=ıhlamur").context["found"]


def test_sharing_finds_by_name_and_lists_who_looked(client, ayse, bora, clinic, pamuk):
    teams.business(bora, "Ihlamur Taslak")
    client.force_login(ayse)
    found = client.get(address("sharing", pamuk) + "?q=ıhlamur").context["found"]
    assert list(found) == [clinic]
    url = f"{address('sharing', pamuk)}?business={clinic.slug}"
    client.post(url, {"scope": "read", "days": "7"})
    client.force_login(bora)
    client.get(patient(clinic, pamuk))
    client.force_login(ayse)
    assert "Bora Aksoy, Ihlamur Veteriner" in client.get(address("sharing", pamuk)).content.decode()


def patient(business, pet, name="patient", *more):
    return reverse(f"pets:{name}", args=[business.slug, pet.public_id, *more])


@pytest.fixture
def staff(clinic, person):
    """Cast of a clinic, by role."""
    templates = (rights.VET, rights.TECHNICIAN, rights.RECEPTION, rights.ACCOUNTANT, rights.MANAGER)
    cast = {name: person(name.title(), "Er", email=f"{name}@ornek.test") for name in templates}
    for name, user in cast.items():
        teams.member(clinic, user, name)
    return cast


@pytest.mark.parametrize(
    ("role", "status", "sees_notes", "writes"),
    [
        (rights.VET, 200, True, 302),
        (rights.TECHNICIAN, 200, True, 302),
        (rights.RECEPTION, 200, False, 403),
        (rights.ACCOUNTANT, 403, False, 403),
        (rights.MANAGER, 200, True, 302),
    ],
)
def test_each_role_sees_as_deep_as_its_right(
    client, clinic, staff, ayse, pamuk, role, status, sees_notes, writes
):
    for text, visibility in (("Kanarya ortak", "shared"), ("Kanarya gizli", "keeper")):
        file.add_note(pet=pamuk, by=ayse, now=timezone.now(), text=text, visibility=visibility)
    pets.grant(pamuk, clinic, scope="write")
    client.force_login(staff[role])
    page = client.get(patient(clinic, pamuk))
    assert page.status_code == status
    assert ("<h1>Pamuk</h1>" in page.content.decode()) == (status == 200)
    assert ("Kanarya ortak" in page.content.decode()) == sees_notes
    assert "Kanarya gizli" not in page.content.decode()
    assert client.post(patient(clinic, pamuk, "patient_note"), {"text": "Muayene"}).status_code == writes


def test_reading_is_not_writing(client, clinic, bora, pamuk):
    pets.grant(pamuk, clinic, scope="read")
    client.force_login(bora)
    assert client.get(patient(clinic, pamuk)).status_code == 200
    today = timezone.localdate().isoformat()
    dose = {"vaccine": "rabies", "given_on": today}
    assert client.post(patient(clinic, pamuk, "patient_vaccination"), dose).status_code == 403
    pets.grant(pamuk, clinic, scope="write")
    wrong = client.post(patient(clinic, pamuk, "patient_vaccination"), dose | {"given_on": "2199-01-01"})
    assert wrong.status_code == 422
    assert wrong.context["vaccination_form"].errors["given_on"]
    assert client.post(patient(clinic, pamuk, "patient_vaccination"), dose).status_code == 302
    assert Vaccination.objects.get().business == clinic
    assert Reading.objects.filter(part="wrote").count() == 1


def over(grant, client):
    Grant.objects.filter(pk=grant.pk).update(
        granted_at=timezone.now() - timedelta(days=9), until=timezone.now() - timedelta(seconds=1)
    )


def taken_back(grant, client):
    sharing.revoke(grant=grant, by=None, now=timezone.now())


def suspended(grant, client):
    Business.objects.filter(pk=grant.business_id).update(status="suspended")


def put_away(grant, client):
    verbs.archive(pet=grant.pet, by=None, now=timezone.now())


@pytest.mark.parametrize("end", [over, taken_back, suspended, put_away])
def test_the_next_request_after_the_end_is_404(client, clinic, bora, pamuk, end):
    grant = pets.grant(pamuk, clinic, scope="write")
    client.force_login(bora)
    pages = [patient(clinic, pamuk), reverse("pets:patients", args=[clinic.slug])]
    assert [client.get(page).status_code for page in pages] == [200, 200]
    end(grant, client)
    assert client.get(pages[0]).status_code == 404
    assert client.post(patient(clinic, pamuk, "patient_note"), {"text": "x"}).status_code == 404
    assert client.get(patient(clinic, pamuk, "patient_photo", "small")).status_code == 404
    assert "Pamuk" not in client.get(pages[1]).content.decode()


def test_another_business_and_a_stranger_get_404(client, clinic, deniz, ayse, pamuk):
    other = teams.verified(deniz, "Başka Klinik")
    pets.grant(pamuk, clinic)
    client.force_login(deniz)
    assert client.get(patient(other, pamuk)).status_code == 404
    assert client.get(patient(clinic, pamuk)).status_code == 404
    client.force_login(ayse)
    assert client.get(patient(clinic, pamuk)).status_code == 404


@pytest.mark.parametrize("many", [1, 20])
def test_patients_cost_the_same_for_one_and_for_twenty(
    client, clinic, bora, ayse, django_assert_num_queries, many
):
    for number in range(many):
        pets.grant(pets.pet(ayse, f"Kedi {number}"), clinic)
    client.force_login(bora)
    with django_assert_num_queries(15):
        client.get(reverse("pets:patients", args=[clinic.slug]))


def test_two_looks_in_a_moment_are_one_line(client, clinic, bora, pamuk):
    pets.grant(pamuk, clinic)
    client.force_login(bora)
    for _ in range(3):
        client.get(patient(clinic, pamuk))
    assert Reading.objects.count() == 1


def test_the_public_page_shows_what_was_chosen_until_it_is_closed(client, ayse, pamuk):
    verbs.change_pet(
        pet=pamuk,
        facts={"chip": "792000000000001", "marks": "Sol patisi beyaz"},
        by=ayse,
        now=timezone.now(),
    )
    client.force_login(ayse)
    client.post(address("lost", pamuk), {"on": timezone.localdate().isoformat()})
    client.post(
        address("lost", pamuk), {"message": "Ürkektir", "contact": "0532 000 00 00", "shows_marks": "on"}
    )
    url = LostPage.objects.get().get_absolute_url()
    client.logout()
    answer = client.get(url)
    page = answer.content.decode()
    assert "Ürkektir" in page
    assert "Sol patisi beyaz" in page
    assert "792000000000001" not in page
    assert "Yıldız" not in page
    assert "noindex" in page
    assert "no-store" in answer["Cache-Control"]
    assert client.get(url + "foto.jpg").status_code == 404
    client.force_login(ayse)
    client.post(address("close_page", pamuk))
    client.logout()
    assert client.get(url).status_code == 404


def test_farewell_speaks_gently_and_can_be_corrected(client, ayse, pamuk):
    client.force_login(ayse)
    day = timezone.localdate().isoformat()
    page = client.post(address("farewell", pamuk), {"on": day}, follow=True).content.decode()
    assert "Başın sağ olsun" in page
    assert "Ölüm bildirimi" in page
    assert "Kuduz" not in page
    client.post(address("take_back", pamuk))
    pamuk.refresh_from_db()
    assert (pamuk.status, pamuk.died_on) == ("at_home", None)


def test_a_statement_is_written_down_as_hers(client, ayse, pamuk):
    client.force_login(ayse)
    page = client.post(address("state_duty", pamuk, "registration"), follow=True).content.decode()
    assert "Senin adına kimseye bildirim yapmadık" in page
    assert pamuk.duties.get(kind="registration").state.is_done
    assert client.post(address("state_duty", pamuk, "rabies")).status_code == 404


def test_dashboard_and_search_know_the_pets(client, ayse, deniz, pamuk):
    verbs.change_pet(pet=pamuk, facts={"chip": "792000000000001"}, by=ayse, now=timezone.now())
    client.force_login(ayse)
    assert "Pamuk" in client.get("/panel/").content.decode()
    for query in ("pamuk", "79200"):
        assert address("file", pamuk) in client.get(f"/panel/ara/?q={query}").content.decode()
    client.force_login(deniz)
    assert address("file", pamuk) not in client.get("/panel/ara/?q=pamuk").content.decode()


def test_a_clinic_finds_only_what_is_open(client, clinic, bora, pamuk, ayse):
    pets.pet(ayse, "Pamukşeker")
    pets.grant(pamuk, clinic)
    client.force_login(bora)
    page = client.get(reverse("business_search", args=[clinic.slug]) + "?q=pamuk").content.decode()
    assert patient(clinic, pamuk) in page
    assert "Pamukşeker" not in page


def test_a_clinic_sees_what_comes_near_for_its_patients(client, ayse, bora, clinic, pamuk):
    """Only of animals whose file is open to it at this request, and in its own word for them."""
    client.force_login(bora)
    assert "patients-card" not in client.get(clinic.panel_url).content.decode()
    shared = pets.grant(pamuk, clinic)
    Duty.objects.update_or_create(
        pet=pamuk, kind="rabies", defaults={"due_on": timezone.localdate(), "source": "test"}
    )
    page = client.get(clinic.panel_url).content.decode()
    assert "patients-card" in page
    assert "Pamuk" in page
    assert "Hastalar" in page
    sharing.revoke(grant=shared, by=ayse, now=timezone.now())
    assert "Pamuk" not in client.get(clinic.panel_url).content.decode()


def test_a_hotel_has_no_patients(client, person):
    owner = person("Meral", "Uçar")
    hotel = teams.verified(owner, "Mavi Pati", "hotel")
    client.force_login(owner)
    page = client.get(hotel.panel_url).content.decode()
    assert "Paylaşılan hayvanlar" in page
    assert "Hastalar" not in page
