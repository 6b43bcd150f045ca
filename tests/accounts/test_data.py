"""Hesap > Verilerim: numbers, the clock, the copy, and what is left after an erasure."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import mail as outbox
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation
from wagtail.models import ModelLogEntry

from accounts import copies, purposes, services
from accounts.errors import AlreadyAsked
from accounts.models import DataRequest, Export, TextMessage, User
from accounts.states import RequestStatus, Status
from core import journal, personal_data, storage
from core.models import Line
from core.states import MoveRefused
from faq import services as faq
from legal import services as legal
from legal.models import Version
from tests.conftest import PASSWORD

from .conftest import sign_in
from .test_addresses import FACTS

DATA, CLOSE, RETURN = "/panel/verilerim/", "/panel/verilerim/kapat/", "/panel/donus/"


@pytest.fixture(autouse=True)
def _private_files(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path / "private"


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as travelled:
        yield travelled


def waiting() -> list[tuple[int, str]]:
    lines = Line.objects.filter(name="accounts.data_waiting").order_by("pk")
    return [(line.data["days"], line.data["number"]) for line in lines]


def test_a_wish_gets_a_number_and_a_day(client, ayse):
    client.force_login(ayse)
    answer = client.post(DATA, {"kind": "correct", "text": "Soyadım yanlış."}, follow=True)
    request = DataRequest.objects.get()
    assert request.number == f"KV-{timezone.localdate():%Y}-{request.pk:06}"
    assert request.due_at - request.asked_at == timedelta(days=30)
    assert request.number in answer.content.decode()
    again = client.post(DATA, {"kind": "correct", "text": "Bir daha"})
    assert "Bunu zaten istedin" in again.content.decode()
    assert "Bir daha" in again.content.decode(), "what was typed is kept"


@pytest.mark.parametrize(
    "typed",
    [
        {"kind": "erase"},
        {"kind": ""},
        {"kind": "correct", "text": ""},
        {"kind": "object", "text": "Kartım 4111 1111 1111 1111"},
        {"kind": "export", "text": "x" * 3000},
    ],
)
def test_mistakes_are_told(client, ayse, typed):
    client.force_login(ayse)
    answer = client.post(DATA, typed)
    assert answer.status_code == 422
    assert "<title>Hata: " in answer.content.decode()
    assert not DataRequest.objects.exists()


def test_the_clock_strikes_on_day_20_and_27_to_the_minute(ayse, clock):
    request = services.ask_for_data(user=ayse, kind="object", text="Hayır", now=timezone.now())
    for day in (20, 27):
        clock.shift(timedelta(days=day) - (timezone.now() - request.asked_at) - timedelta(minutes=1))
        journal.sweep()
        assert (day, request.number) not in waiting()
        clock.shift(timedelta(minutes=1))
        journal.sweep()
        assert (day, request.number) in waiting()
        journal.sweep()
    assert len(waiting()) == 2
    at = Line.objects.filter(name="accounts.data_waiting").order_by("at").values_list("at", flat=True)
    assert [moment - request.asked_at for moment in at] == [timedelta(days=20), timedelta(days=27)]


def test_an_answered_request_is_silent(ayse, admin, clock):
    request = services.ask_for_data(user=ayse, kind="object", text="Hayır", now=timezone.now())
    services.answer_request(request=request, text="Kabul.", by=admin, now=timezone.now())
    clock.shift(timedelta(days=28))
    journal.sweep()
    assert waiting() == []
    with pytest.raises(MoveRefused):
        services.answer_request(request=request, text="Yine", by=admin, now=timezone.now())


def test_staff_see_the_clock_and_answer(client, ayse, admin, clock):
    request = services.ask_for_data(user=ayse, kind="correct", text="Adım Ayşegül", now=timezone.now())
    clock.shift(timedelta(days=21))
    client.force_login(admin)
    body = client.get("/yonetim/reports/data-requests/").content.decode()
    assert request.number in body
    assert "21 · gecikiyor" in body
    page = f"/yonetim/reports/data-requests/{request.pk}/"
    assert "Adım Ayşegül" in client.get(page).content.decode()
    client.post(page, {"text": "Düzelttik."})
    request.refresh_from_db()
    assert (request.status, request.answer) == (RequestStatus.ANSWERED, "Düzelttik.")
    journal.sweep()
    assert (outbox.outbox[-1].to, outbox.outbox[-1].subject) == ([ayse.email], "İsteğin yanıtlandı")
    assert "Saklama planı" in client.get("/yonetim/reports/retention/").content.decode()


def test_staff_without_the_right_see_nothing(client, ayse, deniz):
    request = services.ask_for_data(user=ayse, kind="correct", text="Adım Ayşegül", now=timezone.now())
    deniz.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(deniz)
    for page in ("data-requests/", f"data-requests/{request.pk}/", "retention/"):
        body = client.get(f"/yonetim/reports/{page}", follow=True).content.decode()
        assert request.number not in body
        assert "accounts.Address" not in body


# --- The copy -------------------------------------------------------------------------------


@pytest.fixture
def export(ayse, bora) -> Export:
    services.add_address(user=ayse, facts={**FACTS, "street": "Şair Nefi #kedi [b]* Sk."})
    services.add_address(user=bora, facts={**FACTS, "street": "Baska Sk."})
    services.ask_for_data(user=ayse, kind="export", now=timezone.now())
    journal.sweep()
    return Export.objects.get()


def test_the_copy_holds_everything_of_hers_and_nothing_of_others(client, ayse, export):
    client.force_login(ayse)
    page = client.get(DATA).content.decode()
    address = f"{DATA}{export.request.public_id}/"
    assert f'href="{address}pdf/"' in page
    answer = client.get(f"{address}json/")
    found = json.loads(b"".join(answer.streaming_content))
    text = json.dumps(found, ensure_ascii=False)
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    for word in (ayse.email, "Şair Nefi #kedi [b]* Sk.", "Yıldız"):
        assert word in text
    for word in ("bora@", "Baska"):
        assert word not in text
    assert {"title", "purpose", "ground", "period", "rows"} == set(found["holdings"][0])


def test_the_pdf_is_tagged_and_has_our_letters(client, ayse, export):
    client.force_login(ayse)
    answer = client.get(f"{DATA}{export.request.public_id}/pdf/")
    body = b"".join(answer.streaming_content)
    assert body.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in body
    assert b"/Lang (tr" in body or b"/Lang(tr" in body
    assert b"RedditSans" in body


def test_the_files_have_no_address_of_their_own_and_end_after_a_week(client, ayse, deniz, export, clock):
    folder = storage.private()
    assert folder.exists(export.pdf.name)
    with pytest.raises(ValueError, match="URL"):
        folder.url(export.pdf.name)
    address = f"{DATA}{export.request.public_id}/pdf/"
    assert client.get(address).url.startswith("/hesap/giris/")
    client.force_login(deniz)
    assert client.get(address).status_code == 404
    client.force_login(ayse)
    assert client.get(f"{DATA}{export.request.public_id}/exe/").status_code == 404
    clock.shift(timedelta(days=7, seconds=1))
    client.force_login(ayse)
    assert client.get(address).status_code == 404
    assert services.delete_old_exports(now=timezone.now()) == 1
    assert not folder.exists(export.pdf.name)
    assert not folder.exists(export.json.name)
    assert not Export.objects.exists()


def test_a_file_that_a_crash_left_is_swept(ayse, clock):
    from django.core.files.base import ContentFile

    storage.private().save("exports/left.pdf", ContentFile(b"x"))
    assert services.delete_old_exports(now=timezone.now()) == 0
    assert services.delete_old_exports(now=timezone.now() + timedelta(days=8)) == 1


def test_the_copy_is_made_once(ayse, export):
    assert services.make_export(request=export.request, now=timezone.now()) is None
    assert Export.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "x"},
        {"status": "x"},
        {"status": "answered"},
        {"closed_at": timezone.now()},
        {"due_at": timezone.now() + timedelta(days=31)},
    ],
)
def test_database_refuses_wrong_requests(ayse, wrong):
    request = services.ask_for_data(user=ayse, kind="object", text="x", now=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        DataRequest.objects.filter(pk=request.pk).update(**wrong)


# --- Closing and erasure --------------------------------------------------------------------


def close(client, **more):
    return client.post(CLOSE, {"password": PASSWORD, "understood": "on", **more})


def test_closing_asks_for_the_password_and_gives_thirty_days(client, ayse, clock):
    sign_in(client, ayse.email, PASSWORD)
    for wrong in ({"password": "yanlis"}, {"understood": ""}):
        assert "<title>Hata: " in close(client, **wrong).content.decode()
    assert close(client).url == RETURN
    ayse.refresh_from_db()
    assert (ayse.status, ayse.closes_at - timezone.now()) == (Status.CLOSING, timedelta(days=30))
    assert client.get("/panel/").url == RETURN
    assert client.get(DATA).status_code == 200, "the copy stays within reach"
    clock.shift(timedelta(days=29))
    assert services.erase_due(now=timezone.now()) == 0
    journal.sweep()
    assert outbox.outbox[-1].subject == "Hesabın kapanıyor"


def test_closing_can_be_taken_back(client, ayse):
    sign_in(client, ayse.email, PASSWORD)
    close(client)
    client.post(RETURN)
    ayse.refresh_from_db()
    assert (ayse.status, ayse.closes_at) == (Status.ACTIVE, None)
    assert DataRequest.objects.get().status == RequestStatus.WITHDRAWN
    assert services.erase_due(now=timezone.now() + timedelta(days=31)) == 0
    assert close(client).url == RETURN, "and begun again"


def test_one_closing_at_a_time(ayse):
    services.begin_closing(user=ayse, by=ayse, now=timezone.now())
    with pytest.raises(AlreadyAsked):
        services.begin_closing(user=ayse, by=ayse, now=timezone.now())


CANARY = "kanarya"


def version() -> Version:
    Version.objects.create(
        document="kullanim",
        translation_key=uuid.uuid4(),
        locale="tr",
        number=1,
        title="Kullanım koşulları",
        kind="contract",
        mode="explicit",
        effective_from=timezone.localdate(),
        published_at=timezone.now(),
        clauses_total=0,
        sha256="x" * 64,
    )
    legal.bring_into_force(today=timezone.localdate())
    return Version.objects.get()


@pytest.fixture
def full_life(client, person, monkeypatch, clock) -> User:
    """A person who has left a trace wherever one can, each with the canary's name in it."""
    user = person(f"{CANARY}ad", f"{CANARY}soyad", email=f"{CANARY}@ornek.test")
    sign_in(client, user.email, PASSWORD)
    change = services.ask_change(user=user, channel="phone", value="+905559998877", now=timezone.now())
    services.confirm_change(change=change, code=TextMessage.objects.get().text.split()[1], now=timezone.now())
    services.ask_change(user=user, channel="email", value=f"{CANARY}2@ornek.test", now=timezone.now())
    services.add_address(user=user, facts={**FACTS, "name": CANARY, "street": CANARY})
    services.ask_for_data(user=user, kind="object", text=CANARY, now=timezone.now())
    services.ask_for_data(user=user, kind="export", now=timezone.now())
    services.suspend_account(user=user, until=None, by=None, reason=CANARY)
    services.return_account(user=user, by=user)
    monkeypatch.setattr(purposes, "_purposes", {})
    purpose = purposes.purpose("newsletter.email", title="Bülten", text="Ayda bir")
    services.give_consent(user=user, purpose=purpose, now=timezone.now(), evidence={"ip": "203.0.113.77"})
    legal.accept(user=user, version=version(), context="sign-up", now=timezone.now(), ip="203.0.113.77")
    faq.suggest(words=f"{CANARY} nasıl?", email=user.email, locale="tr", asker=user, now=timezone.now())
    Authenticator.objects.create(user=user, type="totp", data={"secret": CANARY})
    kind = ContentType.objects.get_for_model(User)
    ModelLogEntry.objects.create(
        content_type=kind,
        object_id=str(user.pk),
        label=str(user),
        action="wagtail.edit",
        timestamp=timezone.now(),
    )
    journal.sweep()
    user.refresh_from_db()
    return user


def tables_with(*words: str) -> set[str]:
    """Every table in which one of the words stands in some text, JSON or address column."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type IN ('text', 'character varying', 'jsonb', 'json', 'inet', 'tsvector', 'ARRAY')"
        )
        for table, column in cursor.fetchall():
            for word in words:
                cursor.execute(
                    f'SELECT 1 FROM "{table}" WHERE "{column}"::text ILIKE %s LIMIT 1', [f"%{word}%"]
                )
                if cursor.fetchone():
                    found.add(f"{table}.{column}")
    return found


def test_after_the_erasure_no_canary_sings_outside_the_hold_list(full_life, clock):
    """T59 in small."""
    user, words = full_life, (CANARY, "5559998877", "203.0.113.77")
    assert len(tables_with(*words)) >= 12, "the canary was everywhere before"
    files = storage.private().listdir("exports")[1]
    services.begin_closing(user=user, by=user, now=timezone.now())
    clock.shift(timedelta(days=30))
    assert services.erase_due(now=timezone.now()) == 1
    assert services.erase_due(now=timezone.now()) == 0
    journal.sweep()

    assert tables_with(*words) == {"accounts_consent.evidence", "legal_acceptance.ip"}
    assert len(files) == 2
    assert storage.private().listdir("exports")[1] == []
    assert not Session.objects.exists()
    user.refresh_from_db()
    assert (user.status, user.is_active, user.has_usable_password()) == (Status.ERASED, False, False)

    goodbye = outbox.outbox[-1]
    assert (goodbye.to, goodbye.subject) == ([f"{CANARY}@ornek.test"], "Hesabın silindi")
    assert "Kabul ettiğin sözleşmeler: bir hakkın ispatı" in goodbye.body
    assert "Rızaların" in goodbye.body
    answered = DataRequest.objects.get(kind="erase")
    assert (answered.status, answered.user) == (RequestStatus.ANSWERED, user)
    assert answered.answer in goodbye.body
    kept = Line.objects.get(name="accounts.data_erased").data["kept"]
    assert kept == ["accounts.Consent", "legal.Acceptance"]


def test_the_search_for_canaries_would_find_one(full_life, clock, monkeypatch):
    """Negative control: a holding that forgets to delete is found."""
    silent = [item for item in personal_data._holdings if item.model != "accounts.Address"]
    monkeypatch.setattr(personal_data, "_holdings", silent)
    services.begin_closing(user=full_life, by=full_life, now=timezone.now())
    services.erase_due(now=timezone.now() + timedelta(days=30))
    journal.sweep()
    assert "accounts_address.street" in tables_with(CANARY)


def test_an_erased_person_cannot_sign_in_and_the_address_is_free(client, person, ayse):
    services.begin_closing(user=ayse, by=ayse, now=timezone.now())
    services.erase_due(now=timezone.now() + timedelta(days=30))
    sign_in(client, "ayse@ornek.test", PASSWORD)
    assert "_auth_user_id" not in client.session
    assert person("Ayşe", "Yeni").email == "ayse@ornek.test"


def test_copy_and_erasure_read_every_model():
    """The list names models that exist and fields that can be read."""
    for item in personal_data.every():
        model = apps.get_model(item.model)
        assert item.owner or item.where, item.model
        assert not item.blank or item.on_erase == personal_data.OnErase.ANONYMISE
        known = {field.name for field in model._meta.get_fields()}
        assert set(item.blank) <= known, item.model
        first = {name.partition("__")[0] for name in item.fields}
        assert all(name in known or hasattr(model, name) for name in first), item.model
        assert not any(callable(getattr(model, name, None)) for name in first), item.model  # would be no text


def test_every_field_of_the_copy_has_a_name_in_both_languages():
    fields = [(item.model_class, name) for item in personal_data.every() for name in item.fields]
    said = {language: [_label(language, *field) for field in fields] for language in ("tr", "en")}
    alike = {name for name, other in zip(said["tr"], said["en"], strict=True) if name == other}
    assert alike == set()


def _label(language: str, model, name: str) -> str:
    with translation.override(language):
        return personal_data.label_of(model, name)


def test_moments_of_the_copy_are_written_as_people_write_them():
    with translation.override("tr"):
        assert copies._words(datetime(2026, 11, 25, 8, 35, 49, tzinfo=UTC)) == "25 Kasım 2026, 11:35"
        assert copies._words(date(2026, 11, 5)) == "5 Kasım 2026"
        assert copies._words("2026-99-99") == "2026-99-99"  # what somebody typed stays as it is
        assert copies._words(True) == "evet"
