"""Who can act on what waits, and naming somebody when nobody can."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.models import Page, TaskState, WorkflowState

from core import journal, mail

from . import events, history
from .errors import MayNotStandIn, NotWaiting
from .models import STAFF, GroupTask, NamedApproverTask, StandIn, WaitingTask


@dataclass(frozen=True)
class Waiting:
    """A page at a step of its workflow, with the people who can move it on. Nobody: it is stuck."""

    state: WorkflowState
    page: Page
    people: list[Any]

    @property
    def is_stuck(self) -> bool:
        return not self.people

    @property
    def names(self) -> str:
        return ", ".join(person.get_full_name() or person.email for person in self.people)


def waiting(states: Iterable[WorkflowState]) -> list[Waiting]:
    """The same number of queries for one state and for fifty. Needs `current_task_state` selected."""
    states = [state for state in states if state.current_task_state]
    pages = _pages(states)
    authors = _authors(states, pages)
    acting = _acting(states)
    return [
        Waiting(state, pages[state.object_id], _allowed(state, acting, authors))
        for state in states
        if state.object_id in pages
    ]


def waiting_of(page: Page) -> Waiting | None:
    state = page.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_IN_PROGRESS:
        return None
    found = waiting([state])
    return found[0] if found else None


def candidates(state: WorkflowState) -> Any:
    """Staff who may be named: active, with access to the back office, and not the text's author."""
    page = state.content_object
    latest = page.get_latest_revision()
    people = get_user_model().objects.filter(STAFF).exclude(pk=state.requested_by_id)
    return (
        people.exclude(pk=latest.user_id if latest else None).distinct().order_by("first_name", "last_name")
    )


@transaction.atomic
def name_stand_in(*, state: WorkflowState, person: Any, by: Any, reason: str) -> StandIn:
    """Raises NotWaiting when the page has moved on, MayNotStandIn for a person who must not act."""
    locked = WorkflowState.objects.select_for_update(of=("self",)).select_related("current_task_state")
    state = locked.get(pk=state.pk)
    if state.status != WorkflowState.STATUS_IN_PROGRESS or not state.current_task_state:
        raise NotWaiting
    if not candidates(state).filter(pk=person.pk).exists():
        raise MayNotStandIn
    task = state.current_task_state.task
    stand_in, is_new = StandIn.objects.get_or_create(
        workflow_state=state, task=task, person=person, defaults={"named_by": by, "reason": reason}
    )
    if is_new:
        _tell_stand_in(stand_in, state)
    return stand_in


def _tell_stand_in(stand_in: StandIn, state: WorkflowState) -> None:
    page, by = state.content_object.specific, stand_in.named_by
    data = {"task": str(stand_in.task), "person": str(stand_in.person), "reason": stand_in.reason}
    journal.write(events.STAND_IN_NAMED, actor=by, subject=page, data=data)
    history.note(page, events.STAND_IN_NAMED, by=by, data=data)
    tell_task(page, stand_in.task, [stand_in.person])


def tell_task(page: Page, task: Any, people: Iterable[Any]) -> None:
    """Wagtail mails groups; the named approver and stand-ins get this mail from us."""
    for person in people:
        context = {"page": page, "task": str(task), "name": person.first_name}
        mail.send("editorial/task_waiting", to=person.email, context=context, locale=person.locale)


def can_name_stand_ins(user: Any) -> bool:
    return user.has_perm("editorial.name_stand_in") and user_has_any_page_permission(user)


def _pages(states: list[WorkflowState]) -> dict[str, Page]:
    ids = {int(state.object_id) for state in states if state.object_id.isdigit()}
    found = Page.objects.filter(pk__in=ids).select_related("latest_revision", "locale")
    return {str(page.pk): page for page in found.defer("latest_revision__content")}


def _authors(states: list[WorkflowState], pages: dict[str, Page]) -> dict[int, set[int | None]]:
    return {
        state.pk: {state.requested_by_id, getattr(pages[state.object_id].latest_revision, "user_id", None)}
        for state in states
        if state.object_id in pages
    }


def _acting(states: list[WorkflowState]) -> dict[Any, list[Any]]:
    """People by task, and stand-ins by (workflow state, task)."""
    ids = {state.current_task_state.task_id for state in states}
    acting: dict[Any, list[Any]] = {}
    for group_task in GroupTask.objects.filter(pk__in=ids).prefetch_related("groups__user_set"):
        members = [person for group in group_task.groups.all() for person in group.user_set.all()]
        acting[group_task.pk] = members
    for named in NamedApproverTask.objects.filter(pk__in=ids).select_related("approver", "deputy"):
        acting[named.pk] = [person for person in (named.approver, named.deputy) if person]
    for stand_in in StandIn.objects.filter(workflow_state__in=states).select_related("person"):
        acting.setdefault((stand_in.workflow_state_id, stand_in.task_id), []).append(stand_in.person)
    return acting


def _allowed(state: WorkflowState, acting: dict[Any, list[Any]], authors: dict[int, set]) -> list[Any]:
    task = state.current_task_state.task
    people = acting.get(task.pk, []) + acting.get((state.pk, task.pk), [])
    is_personal = issubclass(task.specific_class or WaitingTask, NamedApproverTask)
    barred = authors[state.pk] if is_personal else set()
    return list(
        {person.pk: person for person in people if person.is_active and person.pk not in barred}.values()
    )


def named_approver_state(page: Page, email: str) -> TaskState | None:
    """The task this page waits at, when the person with this address is the one who may approve it."""
    state = page.current_workflow_task_state
    task = page.current_workflow_task
    if state is None or not isinstance(task, NamedApproverTask):
        return None
    person = get_user_model().objects.filter(email=email, is_active=True).first()
    return state if person and task.is_named(person) and task.may_act(page, person) else None
