"""Nothing goes out in doubt without a reason, or at least without a line."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.models import PageLogEntry, WorkflowState
from wagtail.workflows import publish_workflow_state
from wagtail_localize.models import Translation, TranslationSource

from core.models import Line, Mail
from core.proofs import State
from editorial import doors, events, publishing
from editorial.errors import NotWaiting
from editorial.models import PublishedDespite
from faq.models import QuestionPage
from tests.factories import editorial as make

from .test_flow import act

pytestmark = pytest.mark.django_db
PUBLISH = {"action-publish": "1"}


@pytest.fixture
def failing(monkeypatch) -> str:
    return make.claim(monkeypatch, State.FAILED)


def release_address(page) -> str:
    return reverse("editorial_release", args=[page.pk])


def held_page(office, claim: str, **fields) -> QuestionPage:
    return make.draft(office.tree.category, "İddialı yanıt", office.author, claims=[claim], **fields)


def send(client, page, claim, **fields):
    form = make.form(page.title, claims=(claim,), slug=page.slug, **fields)
    return client.post(make.edit_address(page), form)


# --- The page editor ----------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.FAILED, State.UNKNOWN])
def test_an_editor_is_asked_for_a_reason(office, client, monkeypatch, state):
    claim = make.claim(monkeypatch, state)
    page = held_page(office, claim)
    client.force_login(office.editor)

    answer = send(client, page, claim, **PUBLISH)
    assert answer.headers["Location"] == release_address(page)
    assert not make.fresh(page).live
    assert claim in client.get(release_address(page)).content.decode()
    assert client.post(release_address(page), {"reason": " "}).status_code == 422
    assert client.post(release_address(page), {"reason": "a" * 10_000}).status_code == 422
    assert client.post(release_address(page), {"reason": "Kanıt sunucusu bakımda."}).status_code == 302

    page = make.fresh(page)
    assert page.live
    row = PublishedDespite.objects.get()
    assert (row.codes, row.reason, row.by) == ([claim], "Kanıt sunucusu bakımda.", office.editor)
    assert row.revision_id == page.live_revision_id
    assert row.published_at
    assert Line.objects.filter(name=events.PUBLISHED_DESPITE).count() == 1
    assert PageLogEntry.objects.filter(page=page, action=events.PUBLISHED_DESPITE).count() == 1
    report = client.get(reverse("editorial_despite_report")).content.decode()
    assert "Kanıt sunucusu bakımda." in report


@pytest.mark.parametrize("state", [State.OK, State.DEGRADED])
def test_an_answer_that_holds_goes_out_unasked(office, client, monkeypatch, state):
    claim = make.claim(monkeypatch, state)
    page = held_page(office, claim)
    client.force_login(office.editor)
    send(client, page, claim, **PUBLISH)
    assert make.fresh(page).live
    assert not PublishedDespite.objects.exists()


def test_a_new_page_published_in_one_step_is_held_as_a_draft(office, client, failing):
    client.force_login(office.editor)
    form = make.form("Yepyeni", claims=(failing,), **PUBLISH)
    answer = client.post(make.add_address(office.tree.category), form)
    page = QuestionPage.objects.get()
    assert answer.headers["Location"] == release_address(page)
    assert not page.live
    client.post(release_address(page), {"reason": "Gerek."})
    assert make.fresh(page).live


def test_a_live_page_keeps_its_old_text_until_the_reason_is_given(office, client, failing):
    page = held_page(office, failing, summary="Eski özet")
    with publishing.unwatched():
        page.get_latest_revision().publish()
    client.force_login(office.editor)
    send(client, page, failing, summary="Yeni özet", **PUBLISH)
    assert make.fresh(page).summary == "Eski özet"
    client.post(release_address(page), {"reason": "Gerek."})
    assert make.fresh(page).summary == "Yeni özet"


def test_when_the_proof_holds_again_no_reason_is_needed(office, client, monkeypatch, failing):
    page = held_page(office, failing)
    client.force_login(office.editor)
    send(client, page, failing, **PUBLISH)
    make.claim(monkeypatch, State.OK)
    assert client.post(release_address(page)).status_code == 302
    assert make.fresh(page).live
    assert not PublishedDespite.objects.exists()


def test_a_second_click_publishes_once(office, client, failing):
    page = held_page(office, failing)
    client.force_login(office.editor)
    send(client, page, failing, **PUBLISH)
    held = PublishedDespite.objects.get()
    publishing.publish_despite(held=held, reason="Gerek.", by=office.editor)
    with pytest.raises(NotWaiting):
        publishing.publish_despite(held=held, reason="Bir daha.", by=office.editor)
    assert client.post(release_address(page), {"reason": "Bir daha."}).status_code == 302
    assert PublishedDespite.objects.get().reason == "Gerek."


def test_a_draft_that_went_on_is_not_published_by_the_old_question(office, client, failing):
    page = held_page(office, failing)
    client.force_login(office.editor)
    send(client, page, failing, **PUBLISH)
    make.fresh(page).save_revision(user=office.author)
    client.post(release_address(page), {"reason": "Gerek."})
    assert not make.fresh(page).live


def test_who_may_not_publish_gives_no_reasons(office, client, failing):
    page = held_page(office, failing)
    client.force_login(office.editor)
    send(client, page, failing, **PUBLISH)
    for person in (office.author, office.translator, office.reviewer, office.counsel):
        client.force_login(person)
        client.post(release_address(page), {"reason": "Ben istiyorum."})
        assert not make.fresh(page).live


def test_many_pages_at_once_are_refused_when_one_is_in_doubt(office, client, failing):
    page, other = held_page(office, failing), make.draft(office.tree.category, "Öteki", office.author)
    client.force_login(office.editor)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{address}?id={page.pk}&id={other.pk}&next=/yonetim/", {"include_descendants": ""})
    assert not make.fresh(page).live
    assert not make.fresh(other).live
    client.post(f"{address}?id={other.pk}&next=/yonetim/", {"include_descendants": ""})
    assert make.fresh(other).live


# --- The end of a workflow ----------------------------------------------------------------


def approve_all(office, client, page):
    page.get_workflow().start(page, office.author)
    act(client, page, office.reviewer, "approve", comment="")
    return act(client, page, office.editor, "approve", comment="")


def test_an_approval_is_held_until_the_reason_is_given(office, client, failing):
    page = held_page(office, failing)
    approve_all(office, client, page)

    assert not make.fresh(page).live
    assert WorkflowState.objects.for_instance(page).get().status == WorkflowState.STATUS_APPROVED
    assert release_address(page) in client.get(make.edit_address(page)).content.decode()
    client.post(release_address(page), {"reason": "Gerek."})
    assert make.fresh(page).live


def test_an_approval_from_the_form_leads_to_the_question(office, client, failing):
    page = held_page(office, failing)
    page.get_workflow().start(page, office.author)
    act(client, page, office.reviewer, "approve", comment="")
    client.force_login(office.editor)
    answer = send(client, page, failing, **{"action-workflow-action": "1", "workflow-action-name": "approve"})
    assert answer.headers["Location"] == release_address(page)


def test_the_named_approver_may_give_the_reason_for_what_she_approved(office, client, failing):
    legal = make.legal(office)
    page = make.draft(legal, "Metin", office.editor, claims=[failing])
    page.get_workflow().start(page, office.editor)
    act(client, page, office.reviewer, "approve", comment="")
    act(client, page, office.counsel, "approve", comment="")
    client.force_login(office.author)
    client.post(release_address(page), {"reason": "Ben."})
    assert not make.fresh(page).live
    client.force_login(office.counsel)
    client.post(release_address(page), {"reason": "Süre doluyor."})
    assert make.fresh(page).live


# --- Translations -------------------------------------------------------------------------


@pytest.fixture
def translation(office, failing, django_capture_on_commit_callbacks):
    page = held_page(office, failing)
    with publishing.unwatched():
        page.get_latest_revision().publish()
    source, _ = TranslationSource.update_or_create_from_instance(make.fresh(page))
    made = Translation.objects.create(source=source, target_locale=office.english.category.locale)
    made.save_target(user=office.translator, publish=False)
    return made


def test_a_translation_in_doubt_asks_too(office, client, translation, django_capture_on_commit_callbacks):
    page = translation.get_target_instance()
    client.force_login(office.editor)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(make.edit_address(page), {"action": "publish"})
    assert answer.headers["Location"] == release_address(page)
    assert not make.fresh(page).live
    assert client.post(release_address(page), {"reason": ""}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        client.post(release_address(page), {"reason": "Gerek."})
    assert make.fresh(page).live
    assert PublishedDespite.objects.get().page_id == page.pk


def test_updating_translations_does_not_publish_in_doubt(
    office, client, translation, django_capture_on_commit_callbacks
):
    client.force_login(office.editor)
    address = reverse("wagtail_localize:update_translations", args=[translation.source_id])
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, {"publish_translations": "on"}).status_code == 302
    assert not make.fresh(translation.get_target_instance()).live


# --- Without a person ---------------------------------------------------------------------


def test_a_schedule_goes_through_but_leaves_a_line_and_a_mail(office, client, failing):
    page = held_page(office, failing)
    client.force_login(office.editor)
    later = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    answer = send(client, page, failing, go_live_at=later, **PUBLISH)
    assert release_address(page) not in answer.headers["Location"]
    assert make.fresh(page).approved_schedule
    assert not PublishedDespite.objects.exists()
    passed = timezone.now() - timedelta(minutes=1)
    revision = make.fresh(page).get_latest_revision()
    revision.approved_go_live_at, revision.content["go_live_at"] = passed, passed.isoformat()
    revision.save()

    call_command("publish_scheduled")

    assert make.fresh(page).live
    row = PublishedDespite.objects.get()
    assert (row.was_asked, row.reason, row.by) == (False, "", None)
    assert Line.objects.filter(name=events.PUBLISHED_DESPITE).count() == 1
    recipients = set(Mail.objects.filter(template="editorial/published_unasked").values_list("to", flat=True))
    assert recipients == {office.editor.email, office.author.email}


def test_a_retired_proof_and_a_page_without_claims_are_no_doubt(office):
    assert publishing.doubts(office.tree.category) == []
    assert publishing.doubts(QuestionPage(claims=["long.gone"])) == []


# --- The database -------------------------------------------------------------------------


def test_the_database_wants_a_reason_and_keeps_it(office, failing):
    page = held_page(office, failing)
    held = publishing.hold(
        page=page, revision=page.get_latest_revision(), found=publishing.doubts(page), by=office.editor
    )
    rows = PublishedDespite.objects.filter(pk=held.pk)
    with pytest.raises(IntegrityError, match="has_a_reason"), transaction.atomic():
        rows.update(published_at=timezone.now())
    with pytest.raises(IntegrityError, match="waits_for_one_reason"), transaction.atomic():
        PublishedDespite.objects.create(page_id=page.pk, codes=[])
    publishing.publish_despite(held=held, reason="Gerek.", by=office.editor)
    with pytest.raises(IntegrityError, match="written_once"), transaction.atomic():
        rows.update(reason="Sonradan.")


# --- Negative controls: with a door taken away, the tests above must turn red --------------


def test_without_the_hook_the_page_editor_would_publish_in_doubt(office, client, failing, monkeypatch):
    monkeypatch.setitem(hooks._hooks, "before_publish_page", [])
    page = held_page(office, failing)
    client.force_login(office.editor)
    send(client, page, failing, **PUBLISH)
    assert make.fresh(page).live
    assert PublishedDespite.objects.get().was_asked is False  # and even then it is written down


def test_without_our_end_a_workflow_would_publish_in_doubt(office, client, failing, monkeypatch):
    monkeypatch.setattr(WorkflowState, "on_finish", publish_workflow_state)
    page = held_page(office, failing)
    approve_all(office, client, page)
    assert make.fresh(page).live


def test_without_the_door_a_translation_would_be_published_in_doubt(
    office, client, translation, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(doors, "before_translation_publish", lambda request, page: None)
    page = translation.get_target_instance()
    client.force_login(office.editor)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(make.edit_address(page), {"action": "publish"})
    assert make.fresh(page).live
