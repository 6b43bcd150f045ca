"""Review links: one version, one reader, one answer, and nothing else behind the door."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from core import journal
from core.models import Line
from editorial import events, reviews
from editorial.errors import LinkIsOver
from editorial.models import ReviewLink, Verdict
from tests.core.rivals import at_once
from tests.factories import editorial as make
from tests.factories import faq

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture
def page(office):
    return make.draft(office.tree.category, "Gizli taslak", office.author, summary="Henüz yayımda değil.")


@pytest.fixture
def ask(office, page):
    def make_link(**fields):
        fields = {"name": "Av. Selin", "email": "", "days": 7, "now": NOW(), **fields}
        return reviews.ask(page=make.fresh(page), by=office.editor, **fields)

    return make_link


def path(token: str, part: str = "") -> str:
    return f"/onizleme/{token}/{part}"


def post(client, token: str, **data):
    return client.post(path(token), data)


# --- Asking -------------------------------------------------------------------------------


def test_an_editor_makes_a_link_in_the_back_office_and_sees_it_once(office, page, client):
    client.force_login(office.editor)
    address = reverse("editorial_review_links", args=[page.pk])
    assert address in client.get(make.edit_address(page)).content.decode()

    answer = client.post(
        address, {"name": "Av. Selin", "email": "Selin@Hukuk.test", "days": "7"}, follow=True
    )

    link = ReviewLink.objects.get()
    token = re.search(r"/onizleme/([\w-]+)/", answer.content.decode())[1]
    assert reviews.find(token) == link
    assert token not in str(list(ReviewLink.objects.values())) + str(list(Line.objects.values()))
    assert "/onizleme/" not in client.get(address).content.decode()
    assert link.email == "selin@hukuk.test"
    journal.sweep()
    [message] = outbox.outbox
    assert message.to == ["selin@hukuk.test"]
    assert token in message.body
    assert "Gizli taslak" in message.subject


def test_mistakes_in_the_form_stand_next_to_their_field(office, page, client):
    client.force_login(office.editor)
    address = reverse("editorial_review_links", args=[page.pk])
    for data in (
        {"name": "", "email": "", "days": "7"},
        {"name": "a" * 10_000, "email": "", "days": "7"},
        {"name": "Selin", "email": "ılker@ornek.test", "days": "7"},
        {"name": "Selin", "email": "", "days": "900"},
        {"name": "Se\0lin", "email": "", "days": "7"},
    ):
        assert client.post(address, data).status_code == 422
    assert not ReviewLink.objects.exists()


def test_who_may_not_edit_makes_and_revokes_no_link(office, page, client, ask):
    link, _ = ask()
    for person in (office.counsel, office.reviewer):
        client.force_login(person)
        client.post(reverse("editorial_review_links", args=[page.pk]), {"name": "Ben", "days": "7"})
        client.post(reverse("editorial_revoke_link", args=[page.pk, link.pk]))
    assert [found.revoked_at for found in ReviewLink.objects.all()] == [None]


def test_a_link_of_another_page_cannot_be_revoked_through_mine(office, page, client, ask):
    link, _ = ask()
    other = make.draft(office.tree.category, "Başka", office.editor)
    client.force_login(office.editor)
    assert client.post(reverse("editorial_revoke_link", args=[other.pk, link.pk])).status_code == 404


# --- Reading ------------------------------------------------------------------------------


def test_a_stranger_reads_the_draft_as_it_would_be_published(page, ask):
    _, token = ask()
    stranger = Client()

    body = stranger.get(path(token)).content.decode()
    assert "Gizli taslak" in body
    assert path(token, "taslak/") in body
    shown = stranger.get(path(token, "taslak/"))
    assert shown.status_code == 200
    assert "Henüz yayımda değil." in shown.content.decode()
    assert stranger.get("/yardim/genel-bilgiler/gizli-taslak/").status_code == 404


def test_nothing_of_it_is_kept_or_told(page, ask):
    _, token = ask()
    for part in ("", "taslak/"):
        answer = Client().get(path(token, part))
        assert answer["X-Robots-Tag"].startswith("noindex")
        assert answer["Referrer-Policy"] == "same-origin"  # the form has to keep its origin
        assert "no-store" in answer["Cache-Control"]
    wrapper = Client().get(path(token))["Content-Security-Policy"]
    framed = Client().get(path(token, "taslak/"))
    assert "frame-src 'self'" in wrapper
    assert "frame-ancestors 'none'" in wrapper
    policy = framed["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "unsafe-inline" not in policy + wrapper
    nonce = re.search(r"'nonce-([^']+)'", policy)[1]
    assert f'nonce="{nonce}"' in framed.content.decode()
    assert not framed.cookies


def test_the_draft_is_shown_to_a_stranger_even_when_an_editor_opens_it(office, page, ask, client):
    """Otherwise a reader could see the page with an editor's rights, or other drafts of the house."""
    other = make.draft(office.tree.category, "Öteki taslak", office.editor)
    faq.relate(page, other)
    page = make.fresh(page)
    page.save_revision(user=office.editor)
    _, token = ask()
    client.force_login(office.editor)

    body = client.get(path(token, "taslak/")).content.decode()

    assert "Öteki taslak" not in body
    assert office.editor.first_name not in body
    assert 'id="wagtail-userbar' not in body


def test_the_difference_to_the_published_text_is_shown(office, ask, page):
    page.get_latest_revision().publish()
    page = make.fresh(page)
    page.summary = "Artık yayımda <b>değil</b>."
    page.save_revision(user=office.editor)
    _, token = ask()

    body = Client().get(path(token)).content.decode()

    assert "<ins>Artık</ins>" in body
    assert "<del>Henüz</del>" in body
    assert "<b>değil" not in body


def test_a_link_speaks_the_language_of_its_draft(office):
    page = make.draft(office.english.category, "English draft", office.editor)
    _, token = reviews.ask(page=page, by=office.editor, name="Jane", days=7, now=NOW())
    assert '<html lang="en"' in Client().get(path(token)).content.decode()


# --- Answering ----------------------------------------------------------------------------


def test_an_approval_is_evidence_and_publishes_nothing(office, page, ask, client):
    link, token = ask(email="selin@hukuk.test")

    answer = post(Client(), token, verdict="approved", note="")

    assert answer.status_code == 200
    link.refresh_from_db()
    assert (link.verdict, link.note) == ("approved", "")
    assert not make.fresh(page).live
    assert Line.objects.filter(name=events.REVIEW_ANSWERED).count() == 1
    assert PageLogEntry.objects.filter(page=page, action=events.REVIEW_ANSWERED).count() == 1
    client.force_login(office.editor)
    assert "Av. Selin (selin@hukuk.test)" in client.get(make.edit_address(page)).content.decode()
    history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "Av. Selin (selin@hukuk.test)" in history
    journal.sweep()
    assert outbox.outbox[-1].to == [office.editor.email]


def test_returning_needs_a_note_and_keeps_what_was_typed(page, ask):
    link, token = ask()
    assert post(Client(), token, verdict="returned", note="  ").status_code == 422
    assert post(Client(), token, verdict="maybe", note="Yazdıklarım dursun").status_code == 422
    body = post(Client(), token, note="Yazdıklarım dursun").content.decode()
    assert "Yazdıklarım dursun" in body
    link.refresh_from_db()
    assert not link.answered_at
    assert post(Client(), token, verdict="returned", note="İkinci cümle yanlış.").status_code == 200
    link.refresh_from_db()
    assert (link.verdict, link.note) == ("returned", "İkinci cümle yanlış.")


@pytest.mark.parametrize("note", ["a" * 10_000, "a\0b"])
def test_impossible_notes_are_refused(page, ask, note):
    _, token = ask()
    assert post(Client(), token, verdict="approved", note=note).status_code == 422


def test_forged_forms_are_refused(page, ask):
    _, token = ask()
    assert Client(enforce_csrf_checks=True).post(path(token), {"verdict": "approved"}).status_code == 403


def test_each_link_that_is_over_says_why(office, page, ask):
    def shown(token: str) -> tuple[int, str]:
        answer = Client().get(path(token))
        assert Client().get(path(token, "taslak/")).status_code == answer.status_code
        assert post(Client(), token, verdict="approved").status_code == answer.status_code
        return answer.status_code, re.search(r"<h1>(.*?)</h1>", answer.content.decode())[1]

    pages = {}
    link, token = ask()
    reviews.answer(link=link, verdict=Verdict.APPROVED, note="", now=NOW())
    pages["answered"] = shown(token)
    link, token = ask()
    reviews.revoke(link=link, by=office.editor, now=NOW())
    pages["revoked"] = shown(token)
    _, token = ask(now=NOW() - timedelta(days=8))
    pages["expired"] = shown(token)
    _, token = ask()
    make.fresh(page).save_revision(user=office.author)
    pages["superseded"] = shown(token)
    pages["wrong"] = shown("a" * 43)

    assert {name: status for name, (status, _) in pages.items()} == {
        "answered": 410,
        "revoked": 410,
        "expired": 410,
        "superseded": 410,
        "wrong": 404,
    }
    assert len({words for _, words in pages.values()}) == 5


def test_an_automatic_save_into_the_same_revision_ends_the_link(office, page, ask):
    """Wagtail overwrites the newest revision while its author types; the reader has not read that."""
    _, token = ask()
    page = make.fresh(page)
    page.summary = "Gizlice değişti."
    page.save_revision(user=office.author, overwrite_revision=page.get_latest_revision())
    assert page.latest_revision_id == ReviewLink.objects.get().revision_id
    assert Client().get(path(token)).status_code == 410


def test_guesses_are_counted_and_right_links_are_not(page, ask):
    _, token = ask()
    for _number in range(25):
        assert Client().get(path(token)).status_code == 200
    for _number in range(20):
        assert Client().get(path("b" * 43)).status_code == 404
    answer = Client().get(path("b" * 43))
    assert answer.status_code == 429
    assert answer["Retry-After"]
    assert Client().get(path(token)).status_code == 429


@pytest.mark.parametrize("token", ["x", "a" * 300, "%00", "ğüş", "<script>", "' OR 1=1 --"])
def test_nonsense_is_a_404_or_400(page, token):
    assert Client().get(path(token)).status_code in (400, 404)


# --- The database -------------------------------------------------------------------------


def test_the_database_keeps_a_verdict_as_it_was_given(page, ask):
    link, _ = ask()
    reviews.answer(link=link, verdict=Verdict.APPROVED, note="", now=NOW())
    for change in ({"verdict": "returned", "note": "x"}, {"note": "sonradan"}, {"email": "baska@ornek.test"}):
        with pytest.raises(IntegrityError, match="written_once"), transaction.atomic():
            ReviewLink.objects.filter(pk=link.pk).update(**change)
    page_owner_leaves = ReviewLink.objects.filter(pk=link.pk).update(created_by=None)
    assert page_owner_leaves == 1


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "approved"},
        {"note": "yanıtsız"},
        {"verdict": "returned", "answered_at": NOW()},
        {"verdict": "approved", "answered_at": NOW(), "revoked_at": NOW()},
        {"expires_at": NOW() - timedelta(days=9)},
    ],
)
def test_the_database_refuses_half_answers(page, ask, change):
    link, _ = ask()
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewLink.objects.filter(pk=link.pk).update(**change)


@pytest.mark.django_db(transaction=True)
def test_of_many_answers_at_once_one_is_written():
    office = make.office()
    page = make.draft(office.tree.category, "Taslak", office.author)
    link, _ = reviews.ask(page=page, by=office.editor, name="Selin", days=7, now=NOW())

    def answer(number: int):
        return reviews.answer(link=link, verdict=Verdict.RETURNED, note=f"{number}", now=NOW())

    results = at_once(answer, 6)

    assert sum(isinstance(result, ReviewLink) for result in results) == 1
    assert sum(isinstance(result, LinkIsOver) for result in results) == 5
    assert Line.objects.filter(name=events.REVIEW_ANSWERED).count() == 1


def test_the_list_of_links_costs_the_same_for_one_and_twenty(office, page, ask, client):
    client.force_login(office.editor)
    address = reverse("editorial_review_links", args=[page.pk])

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    ask()
    cost()
    few = cost()
    for _number in range(19):
        ask()
    assert cost() == few
