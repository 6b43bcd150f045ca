"""Registering a business: step by step, left and resumed, sent only when nothing is missing."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core.models import Line
from teams import events, onboarding
from teams.licences import MOST_FILES
from teams.models import Business, Evidence, Verification
from teams.states import Status
from tests.factories import teams

pytestmark = pytest.mark.django_db

IDENTITY = {"legal_name": "Ihlamur Ltd. Şti.", "tax_number": "1234567890", "tax_office": "Beşiktaş"}
PLACE = {**teams.ADDRESS, "phone": "0212 123 45 67", "email": "bilgi@ornek.test"}
WEEK = {"d0_1_from": "09:00", "d0_1_to": "19:00"}
BANK = {"iban": "TR33 0006 1005 1978 6457 8413 26", "iban_holder": "Ihlamur Ltd. Şti."}
PRACTICE = {
    "number": "34-1",
    "valid_from": "2020-01-01",
    "holder": "Bora Aksoy",
    "diploma_number": "D-7",
    "chamber_number": "O-8",
}


def photo() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "white").save(out, "JPEG")
    return SimpleUploadedFile("ruhsat.jpg", out.getvalue(), content_type="image/jpeg")


@pytest.fixture
def draft(bora):
    return teams.business(bora)


@pytest.fixture
def owner(client, bora):
    client.force_login(bora)
    return client


def step(business: Business, key: str) -> str:
    return f"/isletme-kaydi/{business.slug}/{key}/"


def test_the_whole_way(owner, bora):
    answer = owner.post("/isletme-kaydi/", {"kind": "clinic", "name": "Ihlamur Veteriner"})
    business = Business.objects.get()
    assert answer.url == step(business, "kimlik")
    place = business.locations.get()
    licence = {**PRACTICE, "location": place.pk, "file": photo()}
    for key, data, after in (
        ("kimlik", IDENTITY, "yer"),
        ("yer", PLACE, "saatler"),
        ("saatler", WEEK, "muayenehane-ruhsati"),
        ("muayenehane-ruhsati", licence, "banka"),
        ("banka", BANK, "ozet"),
    ):
        shown = owner.get(step(business, key))
        assert f"<h1>{shown.context['step'].label}</h1>" in shown.content.decode()
        assert owner.post(step(business, key), data).url == step(business, after)
    assert owner.get(step(business, "ozet")).status_code == 200
    owner.post(step(business, "ozet"))

    business.refresh_from_db()
    assert business.status == Status.SUBMITTED
    assert (business.iban, business.phone) == (teams.IBAN, "+902121234567")
    sent = Verification.objects.get()
    assert (sent.topic, sent.after["legal_name"]) == ("onboarding", "Ihlamur Ltd. Şti.")
    assert Line.objects.filter(name=events.SUBMITTED).exists()


def test_steps_differ_by_kind():
    def pages(kind: str) -> list[str]:
        return [one.key for one in onboarding.steps(Business(kind=kind))][4:-2]

    assert pages("clinic") == ["muayenehane-ruhsati"]
    assert pages("hotel") == pages("trainer") == ["calisma-izni"]
    assert pages("carrier") == ["arac-izni", "surucu-belgesi"]
    assert pages("shelter") == ["barinak-izni"]
    assert pages("shop") == pages("groomer") == ["isyeri-ruhsati"]


def test_sending_with_holes_leads_to_the_first_one(owner, draft):
    Business.objects.filter(pk=draft.pk).update(**IDENTITY)
    assert owner.post(step(draft, "ozet")).url == step(draft, "yer")
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_a_draft_can_be_left_and_is_offered_again(owner, draft):
    assert step(draft, "kimlik") in owner.get("/isletme-kaydi/").content.decode()
    assert "/isletme-kaydi/" in owner.get("/panel/").content.decode()


@pytest.mark.parametrize(
    ("key", "data", "field"),
    [
        ("kimlik", IDENTITY | {"tax_number": "1234567891"}, "tax_number"),
        ("kimlik", IDENTITY | {"tax_number": "10000000147"}, "tax_number"),
        ("banka", BANK | {"iban": "TR330006100519786457841327"}, "iban"),
        ("banka", BANK | {"iban": "DE89370400440532013000"}, "iban"),
        ("yer", PLACE | {"postcode": "06100"}, "postcode"),
        ("yer", PLACE | {"phone": "12"}, "phone"),
        ("saatler", {"d0_1_from": "09:00"}, "d0_1_to"),
        ("saatler", WEEK | {"d0_2_from": "18:00", "d0_2_to": "20:00"}, "d0_2_from"),
        ("saatler", {}, "d0_1_from"),
        ("muayenehane-ruhsati", PRACTICE, "file"),
    ],
)
def test_an_error_stands_at_its_field_and_what_was_typed_is_kept(owner, draft, key, data, field):
    answer = owner.post(step(draft, key), data)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    html = answer.content.decode()
    assert all(f'value="{value}"' in html for value in data.values() if str(value)[0].isdigit())
    assert f'id="id_{field}_error"' in html


def test_identity_number_of_a_person_is_taken_too(owner, draft):
    owner.post(step(draft, "kimlik"), IDENTITY | {"tax_number": "10000000146"})
    draft.refresh_from_db()
    assert draft.tax_number == "10000000146"


def test_permit_for_another_activity_is_refused(owner, bora):
    hotel = teams.business(bora, "Otel", "hotel")
    place = hotel.locations.get().pk
    data = {"location": place, "number": "1", "valid_from": "2020-01-01", "valid_until": "2099-01-01"}
    data |= {"species": ["cat"], "file": photo(), "activity": "training"}
    answer = owner.post(step(hotel, "calisma-izni"), data)
    assert set(answer.context["form"].errors) == {"activity"}
    data["file"] = photo()
    assert owner.post(step(hotel, "calisma-izni"), data | {"activity": "boarding"}).status_code == 302


@pytest.mark.parametrize(
    ("name", "content"),
    [("logo.svg", b"<svg><script/></svg>"), ("foto.jpg", b"<html>"), ("bos.pdf", b"")],
)
def test_hostile_evidence_is_refused_at_its_field(owner, draft, name, content):
    file = SimpleUploadedFile(name, content, content_type="image/jpeg")
    data = PRACTICE | {"location": draft.locations.get().pk, "file": file}
    answer = owner.post(step(draft, "muayenehane-ruhsati"), data)
    assert "file" in answer.context["form"].errors
    assert not Evidence.objects.exists()


def test_a_refusal_keeps_what_was_typed(owner, draft):
    licence = teams.licence(draft)
    for shade in range(MOST_FILES):
        teams.evidenced(licence, f"rgb({shade * 25}, 0, 0)")
    data = PRACTICE | {"location": draft.locations.get().pk, "number": "34-TEK", "file": photo()}
    answer = owner.post(step(draft, "muayenehane-ruhsati"), data)
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()
    assert 'value="34-TEK"' in answer.content.decode()


def test_ten_thousand_files_are_refused(owner, draft):
    many = {f"file{number}": SimpleUploadedFile("a.jpg", b"x") for number in range(101)}
    assert owner.post(step(draft, "muayenehane-ruhsati"), many).status_code == 400


def test_evidence_is_an_attachment_for_those_with_the_right(client, draft, bora, cem, deniz):
    evidence = teams.evidenced(teams.licence(draft)).evidence.get()
    teams.member(draft, cem)
    url = f"/isletme/{draft.slug}/profil/belge/{evidence.pk}/"
    for person, status in ((bora, 200), (cem, 403), (deniz, 404)):
        client.force_login(person)
        answer = client.get(url)
        assert answer.status_code == status
        b"".join(answer)  # read to its end, a file is closed
    client.force_login(bora)
    answer = client.get(url)
    assert answer["Content-Disposition"] == 'attachment; filename="ruhsat.jpg"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")
    client.post(url, {"next": "https://kotu.test/"})
    assert not Evidence.objects.exists()


def test_draft_belongs_to_its_people_and_their_rights(client, draft, cem, deniz):
    teams.member(draft, cem)
    for person, status in ((cem, 403), (deniz, 404)):
        client.force_login(person)
        assert client.get(step(draft, "kimlik")).status_code == status
        assert client.post(step(draft, "banka"), BANK).status_code == status
    client.logout()
    assert client.get(step(draft, "kimlik")).status_code == 302


def test_what_was_sent_cannot_be_edited_and_back_is_safe(owner, bora):
    business = teams.ready(bora)
    owner.post(step(business, "ozet"))
    answer = owner.post(step(business, "kimlik"), IDENTITY | {"legal_name": "Başka"})
    assert answer.url == f"/isletme/{business.slug}/profil/"
    owner.post(step(business, "ozet"))
    business.refresh_from_db()
    assert business.legal_name != "Başka"
    assert Verification.objects.count() == 1


def test_another_kind_takes_its_roles_and_drops_foreign_permits(owner, draft):
    teams.licence(draft)
    owner.post(step(draft, "tur"), {"kind": "carrier", "name": "Yoldaş"})
    draft.refresh_from_db()
    assert draft.roles.filter(template="driver").exists()
    assert not draft.roles.filter(template="vet").exists()
    assert draft.licences.get().status == "withdrawn"


def test_unknown_step_and_step_of_another_kind_are_not_there(owner, draft):
    assert owner.get(step(draft, "yok")).status_code == 404
    assert owner.get(step(draft, "calisma-izni")).status_code == 404
