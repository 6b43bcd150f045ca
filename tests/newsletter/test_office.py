"""The back office: who may what, and that nobody's address stands there."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import Mail
from newsletter import services
from newsletter.models import Issue, IysChange
from tests.factories import newsletter as make

pytestmark = pytest.mark.django_db
URL = "/yonetim/newsletter/"


def signed_in(user, *rights: str) -> Client:
    names = ["wagtailadmin.access_admin", *rights]
    for name in names:
        app, codename = name.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk(author) -> Client:
    return signed_in(author, "newsletter.assemble_issue")


@pytest.fixture
def gate(releaser) -> Client:
    return signed_in(releaser, "newsletter.release_issue")


@pytest.fixture
def draft(post) -> Issue:
    make.sender()
    return make.issue(post)


def texts(issue: Issue, **more) -> dict:
    names = ("subject_tr", "subject_en", "intro_tr", "intro_en")
    places = {f"place-{item.pk}": item.position for item in issue.items.all()}
    return {name: getattr(issue, name) for name in names} | places | more


def do(client: Client, issue: Issue, verb: str, **more) -> str:
    answer = client.post(f"{URL}{issue.pk}/do/", {"do": verb, **more}, follow=True)
    issue.refresh_from_db()
    return answer.content.decode()


def test_from_draft_to_the_mailbox(desk, gate, draft):
    make.readers(3)
    changed = texts(draft, subject_tr="Kasım’da neler oldu?", submit="1")
    page = desk.post(f"{URL}{draft.pk}/", changed, follow=True).content.decode()
    draft.refresh_from_db()
    assert (draft.status, draft.subject_tr) == ("submitted", "Kasım’da neler oldu?")
    assert "Başka biri onaylamalı" in page
    assert "onay bekliyor" in gate.get("/yonetim/").content.decode()
    do(gate, draft, "release", version=draft.version)
    assert draft.status == "sending"
    make.send_all()
    page = gate.get(f"{URL}{draft.pk}/").content.decode()
    assert "<strong>3</strong>" in page
    draft.refresh_from_db()
    assert draft.status == "sent"


def test_who_submitted_does_not_release(author, draft):
    both = signed_in(author, "newsletter.assemble_issue", "newsletter.release_issue")
    both.post(f"{URL}{draft.pk}/", texts(draft, submit="1"))
    draft.refresh_from_db()
    assert "Başka biri onaylamalı" in do(both, draft, "release", version=draft.version)
    assert draft.status == "submitted"


def test_each_right_opens_its_own_verbs(desk, gate, draft):
    services.submit(issue=draft, by=None, now=timezone.now())
    for verb in ("release", "pause", "resume", "again", "counted"):
        assert "Buna yetkin yok" in do(desk, draft, verb, version=1)
    services.send_back(issue=draft, by=None)
    draft.refresh_from_db()
    for verb in ("skip", "reopen"):
        assert "Buna yetkin yok" in do(gate, draft, verb)
    assert "Buna yetkin yok" in do(gate, draft, "bilinmeyen")
    before = draft.subject_tr
    gate.post(f"{URL}{draft.pk}/", texts(draft, subject_tr="Başka"))
    draft.refresh_from_db()
    assert (draft.status, draft.subject_tr) == ("draft", before)


def test_without_a_right_nothing_opens(ayse, draft):
    client = signed_in(ayse)
    for path in ("", "iys/", f"{draft.pk}/", f"{draft.pk}/tr/html/"):
        assert client.get(f"{URL}{path}")["Location"] == "/yonetim/"
    assert client.post(f"{URL}{draft.pk}/do/", {"do": "skip"})["Location"] == "/yonetim/"
    assert "newsletter/" not in client.get("/yonetim/").content.decode()


@pytest.mark.parametrize("subject", ["İki\nsatır", "Konu\r\nBcc: kurban@ornek.test", "Konu\u2028satır"])
def test_a_subject_is_one_line(desk, draft, subject):
    answer = desk.post(f"{URL}{draft.pk}/", texts(draft, subject_tr=subject))
    draft.refresh_from_db()
    assert "\n" not in draft.subject_tr
    assert answer.status_code == 422 or draft.subject_tr == "Mayıs ayında Diji.vet"


def test_what_was_typed_stays_when_it_is_refused(desk, draft):
    card = "Kartım 4242 4242 4242 4242"
    answer = desk.post(f"{URL}{draft.pk}/", texts(draft, intro_tr=card, subject_tr="Yeni konu"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert card in page
    assert "Yeni konu" in page
    draft.refresh_from_db()
    assert draft.intro_tr == ""


def test_preview_and_test(desk, draft, author):
    html = desk.get(f"{URL}{draft.pk}/tr/html/")
    assert html["X-Frame-Options"] == "SAMEORIGIN"
    assert "Takvim açıldı" in html.content.decode()
    assert "plain" in desk.get(f"{URL}{draft.pk}/en/text/")["Content-Type"]
    do(desk, draft, "test_tr")
    assert [mail.to for mail in Mail.objects.all()] == [author.email]


def test_a_retracted_part_is_shown_as_such(desk, draft, post):
    post.unpublish()
    page = desk.get(f"{URL}{draft.pk}/").content.decode()
    assert "gönderilmez" in page


def test_no_address_of_a_reader_stands_there(gate, draft):
    rows = [make.reader(f"gizli{n}@ornek.test", in_iys=False) for n in range(3)]
    issue = make.released(draft, author=None, releaser=make_releaser())
    make.send_all()
    IysChange.objects.filter(subscription=rows[0]).update(status="failed", error="422 bilinmiyor")
    issue.deliveries.filter(subscription=rows[1]).update(status="unknown", claimed_at=timezone.now())
    for path in ("", "iys/", f"{issue.pk}/"):
        assert "gizli" not in gate.get(f"{URL}{path}").content.decode()
    assert str(rows[1].public_id) in gate.get(f"{URL}{issue.pk}/").content.decode()
    waiting = gate.get("/yonetim/").content.decode()
    assert "İYS’de bakılacak 1 konu" in waiting
    assert "belki gönderildi" in waiting


def make_releaser():
    from accounts.models import User

    return User.objects.create_user("baska@ornek.test")


def test_a_failed_change_is_told_again(gate):
    row = make.reader("a@ornek.test", in_iys=False)
    change = row.iys_changes.get()
    IysChange.objects.update(status="failed", error="422")
    gate.post(f"{URL}iys/{change.pk}/")
    change.refresh_from_db()
    assert (change.status, change.tries) == ("pending", 0)


def test_the_groups_of_the_platform_hold_these_rights(db):
    from editorial import setup

    setup.run()
    assert Group.objects.get(name="Bülten hazırlayan").permissions.filter(codename="assemble_issue").exists()
    assert Group.objects.get(name="Bülten onaylayan").permissions.filter(codename="release_issue").exists()


def test_queries_do_not_grow_with_the_troubles_of_an_issue(gate, draft):
    make.readers(20)
    issue = make.released(draft, author=None, releaser=make_releaser())

    def count(troubled: int) -> int:
        keys = list(issue.deliveries.values_list("pk", flat=True)[:troubled])
        issue.deliveries.filter(pk__in=keys).update(status="unknown", claimed_at=timezone.now())
        with CaptureQueriesContext(connection) as asked:
            assert gate.get(f"{URL}{issue.pk}/").status_code == 200
        return len(asked)

    count(1)
    assert count(1) == count(20)
