"""Workflows: the named approver, people who left, stand-ins."""

from __future__ import annotations

import pytest
from django.core import mail as outbox
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import WorkflowState

from core import journal
from core.models import Line, Mail
from editorial import events, reviews, workflow
from editorial.errors import MayNotStandIn, NotWaiting
from editorial.models import NamedApproverTask, StandIn, authors_of
from tests.factories import editorial as make

from .test_flow import act

pytestmark = pytest.mark.django_db


@pytest.fixture
def legal(office):
    return make.legal(office)


def submitted(section, by, title="Taslak"):
    page = make.draft(section, title, by)
    page.get_workflow().start(page, by)
    return make.fresh(page)


def at_approval(office, section, by=None):
    """A draft that waits for the named approver."""
    page = submitted(section, by or office.editor)
    page.current_workflow_task_state.approve(user=office.reviewer)
    return make.fresh(page)


# --- The named approver -------------------------------------------------------------------


def test_only_the_named_person_approves_a_legal_text(office, legal, admin, client):
    page = at_approval(office, legal)
    for person in (office.reviewer, office.editor, office.author, admin):
        act(client, page, person, "approve", comment="")
        assert make.fresh(page).workflow_in_progress, person
    act(client, page, office.counsel, "approve", comment="Uygun.")
    assert make.fresh(page).live


def test_the_named_approver_is_told_by_mail(office, legal):
    at_approval(office, legal)
    [mail] = Mail.objects.filter(template="editorial/task_waiting")
    assert mail.to == office.counsel.email


def test_nobody_approves_a_text_of_their_own_and_the_deputy_can(office, client):
    legal = make.legal(office, deputy=office.editor)
    page = at_approval(office, legal, by=office.counsel)

    act(client, page, office.counsel, "approve", comment="")
    assert make.fresh(page).workflow_in_progress
    client.force_login(office.counsel)
    assert not make.fresh(page).current_workflow_task.get_actions(page, office.counsel)
    assert client.get(make.edit_address(page)).status_code == 200
    act(client, page, office.editor, "approve", comment="")
    assert make.fresh(page).live


def test_who_changes_the_text_while_approving_has_become_its_author(office, legal, client):
    page = at_approval(office, legal)
    client.force_login(office.counsel)
    fields = make.form("Başka metin", slug=page.slug)
    client.post(
        make.edit_address(page), fields | {"action-workflow-action": "1", "workflow-action-name": "approve"}
    )
    page = make.fresh(page)
    assert not page.live
    assert page.workflow_in_progress
    assert office.counsel.pk in authors_of(page)
    with pytest.raises(PermissionDenied):
        page.current_workflow_task.on_action(page.current_workflow_task_state, office.counsel, "approve")


def test_a_deputy_is_another_person(office, legal):
    task = NamedApproverTask.objects.get()
    task.deputy = task.approver
    with pytest.raises(ValidationError):
        task.full_clean()
    with pytest.raises(IntegrityError, match="deputy_is_another_person"), transaction.atomic():
        task.save()


def test_an_administrator_sets_the_people_in_the_back_office(office, legal, client, admin):
    client.force_login(admin)
    task = NamedApproverTask.objects.get()
    address = reverse("wagtailadmin_workflows:edit_task", args=[task.pk])
    assert client.get(address).status_code == 200
    client.post(address, {"name": task.name, "approver": office.counsel.pk, "deputy": office.editor.pk})
    task.refresh_from_db()
    assert task.deputy == office.editor


# --- The approver's link ------------------------------------------------------------------


def test_the_approvers_own_link_decides_the_task_and_is_only_mailed(office, legal):
    page = at_approval(office, legal)
    link, shown = reviews.ask(
        page=page, by=office.editor, name="Hakan", email=office.counsel.email, days=7, now=timezone.now()
    )
    assert shown is None  # else the asker could approve in the approver's name
    assert link.approves_id == page.current_workflow_task_state.pk
    journal.sweep()
    token = outbox.outbox[-1].body.split("/onizleme/")[1].split("/")[0]

    assert Client().post(f"/onizleme/{token}/", {"verdict": "approved"}).status_code == 200

    page = make.fresh(page)
    assert page.live
    state = WorkflowState.objects.for_instance(page).get()
    assert state.current_task_state.finished_by == office.counsel


def test_a_link_to_anybody_else_leaves_the_task_alone(office, legal):
    page = at_approval(office, legal)
    link, token = reviews.ask(
        page=page, by=office.editor, name="Selin", email="selin@hukuk.test", days=7, now=timezone.now()
    )
    assert token
    assert link.approves is None
    Client().post(f"/onizleme/{token}/", {"verdict": "approved"})
    assert make.fresh(page).workflow_in_progress
    assert not make.fresh(page).live


def test_an_approver_who_returns_by_link_sends_the_draft_back(office, legal):
    page = at_approval(office, legal)
    link, _ = reviews.ask(
        page=page, by=office.editor, name="Hakan", email=office.counsel.email, days=7, now=timezone.now()
    )
    reviews.answer(link=link, verdict="returned", note="Madde 3 eksik.", now=timezone.now())
    state = WorkflowState.objects.for_instance(page).get()
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert state.current_task_state.comment == "Madde 3 eksik."


def test_an_approver_who_was_replaced_decides_nothing_any_more(office, legal):
    page = at_approval(office, legal)
    link, _ = reviews.ask(
        page=page, by=office.editor, name="Hakan", email=office.counsel.email, days=7, now=timezone.now()
    )
    NamedApproverTask.objects.update(approver=None)
    reviews.answer(link=link, verdict="approved", note="", now=timezone.now())
    assert make.fresh(page).workflow_in_progress


# --- People who left ----------------------------------------------------------------------


def test_a_workflow_whose_reviewer_left_says_so_and_goes_on_with_a_stand_in(office, client):
    page = submitted(office.tree.category, office.author)
    client.force_login(office.editor)
    assert office.reviewer.get_full_name() in client.get(reverse("editorial_waiting_report")).content.decode()
    office.reviewer.is_active = False
    office.reviewer.save()

    body = client.get(reverse("editorial_waiting_report")).content.decode()
    state = make.fresh(page).current_workflow_state
    address = reverse("editorial_stand_in", args=[state.pk])
    assert address in body
    assert address in client.get(make.edit_address(page)).content.decode()
    assert client.post(address, {"person": office.counsel.pk, "reason": ""}).status_code == 422
    assert client.post(address, {"person": office.author.pk, "reason": "x"}).status_code == 422
    assert client.post(address, {"person": office.counsel.pk, "reason": "Gözde ayrıldı"}).status_code == 302

    assert Line.objects.filter(name=events.STAND_IN_NAMED).count() == 1
    assert not workflow.waiting_of(make.fresh(page)).is_stuck
    act(client, page, office.counsel, "approve", comment="")
    assert make.fresh(page).current_workflow_task.name == "Yayın onayı"


def test_the_author_is_told_to_ask_an_editor_but_cannot_name_anybody(office, client):
    page = submitted(office.tree.category, office.author)
    office.reviewer.groups.clear()
    client.force_login(office.author)
    state = make.fresh(page).current_workflow_state
    address = reverse("editorial_stand_in", args=[state.pk])

    body = client.get(make.edit_address(page)).content.decode()

    assert gettext("Tell an editor.") in body
    assert address not in body
    client.post(address, {"person": office.counsel.pk, "reason": "x"})
    assert not StandIn.objects.exists()


def test_a_deleted_approver_leaves_a_stuck_workflow_not_an_error(office, legal, client):
    page = at_approval(office, legal)
    office.counsel.delete()
    assert workflow.waiting_of(make.fresh(page)).is_stuck
    client.force_login(office.editor)
    assert client.get(make.edit_address(page)).status_code in (200, 302)
    assert client.get(reverse("editorial_waiting_report")).status_code == 200


def test_an_approver_who_wrote_the_text_alone_is_stuck_too(office, legal):
    page = at_approval(office, legal, by=office.counsel)
    assert workflow.waiting_of(page).is_stuck
    with pytest.raises(MayNotStandIn):
        workflow.name_stand_in(
            state=page.current_workflow_state, person=office.counsel, by=office.editor, reason="x"
        )


def test_a_stand_in_for_what_no_longer_waits_is_refused(office):
    page = submitted(office.tree.category, office.author)
    state = page.current_workflow_state
    state.cancel(user=office.author)
    with pytest.raises(NotWaiting):
        workflow.name_stand_in(state=state, person=office.counsel, by=office.editor, reason="x")


def test_the_waiting_list_costs_the_same_for_one_and_twenty(office, client):
    client.force_login(office.editor)
    legal = make.legal(office)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("editorial_waiting_report")).status_code == 200
        return len(captured)

    submitted(office.tree.category, office.author)
    at_approval(office, legal)
    cost()
    few = cost()
    for number in range(10):
        submitted(office.tree.category, office.author, f"Taslak {number}")
        page = submitted(legal, office.editor, f"Metin {number}")
        page.current_workflow_task_state.approve(user=office.reviewer)
    assert cost() == few
