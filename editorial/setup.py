"""Groups, rights and workflows of the editorial side. Safe to run again: it adds what is missing and
takes nothing away, so what an administrator has changed stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from . import roles
from .models import GroupTask, NamedApproverTask

CONTENT_WORKFLOW, LEGAL_WORKFLOW = "Yardım ve blog", "Hukuk"
REVIEW, RELEASE, APPROVAL = "Gözden geçirme", "Yayın onayı", "Hukuk onayı"


@dataclass
class Report:
    """Which sections were found; the missing ones are set up by a later run."""

    sections: dict[str, int] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


@transaction.atomic
def run(*, approver: Any = None, deputy: Any = None) -> Report:
    """`approver` and `deputy` are only set where the legal task has nobody yet."""
    groups = {role.name: _group(role) for role in roles.ALL}
    for name, rights in settings.OFFICE_GROUPS.items():
        _grant_on_platform(name, rights)
    workflows = {
        roles.CONTENT: _content_workflow(groups),
        roles.LEGAL: _legal_workflow(groups, approver, deputy),
    }
    report = Report()
    for label, kind in settings.EDITORIAL_SECTIONS.items():
        pages = list(section_pages(label))
        if pages:
            report.sections[label] = len(pages)
        else:
            report.missing.append(label)
        for page in pages:
            _open_section(page, kind, groups, workflows[kind])
    return report


def section_pages(label: str) -> Iterable[Page]:
    """The pages of this type in every language, or none where the room is not there (yet)."""
    try:
        model = apps.get_model(label)
    except LookupError:
        return []
    return Page.objects.filter(content_type=ContentType.objects.get_for_model(model))


def _group(role: roles.Role) -> Group:
    group = _grant_on_platform(role.name, role.platform)
    for model in _snippets():
        group.permissions.add(*(_right(model, action) for action in role.snippets))
    root = Collection.get_first_root_node()
    for model, actions in ((get_image_model(), role.images), (get_document_model(), role.documents)):
        for action in actions:
            _grant(GroupCollectionPermission, group=group, collection=root, permission=_right(model, action))
    return group


def _grant_on_platform(name: str, rights: Iterable[str]) -> Group:
    group, _ = Group.objects.get_or_create(name=name)
    group.permissions.add(*(_permission(right) for right in ("wagtailadmin.access_admin", *rights)))
    return group


def _snippets() -> list[type[Model]]:
    return [apps.get_model(label) for label in settings.EDITORIAL_SNIPPETS]


def _permission(name: str) -> Permission:
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _right(model: type[Model], action: str) -> Permission:
    kind = ContentType.objects.get_for_model(model)
    return Permission.objects.get(content_type=kind, codename=f"{action}_{model._meta.model_name}")


def _open_section(page: Page, kind: str, groups: dict[str, Group], workflow: Workflow) -> None:
    for role in roles.ALL:
        for action in role.pages.get(kind, ()):
            right = _right(Page, action)
            _grant(GroupPagePermission, group=groups[role.name], page=page, permission=right)
    WorkflowPage.objects.get_or_create(page=page, defaults={"workflow": workflow})


def _grant(model: type[Model], **fields: Any) -> None:
    model._default_manager.get_or_create(**fields)


def _content_workflow(groups: dict[str, Group]) -> Workflow:
    review = _group_task(REVIEW, groups[roles.REVIEWER])
    release = _group_task(RELEASE, groups[roles.EDITOR])
    return _workflow(CONTENT_WORKFLOW, [review, release])


def _legal_workflow(groups: dict[str, Group], approver: Any, deputy: Any) -> Workflow:
    task, _ = NamedApproverTask.objects.get_or_create(name=APPROVAL)
    if task.approver is None and task.deputy is None:
        task.approver, task.deputy = approver, deputy
        task.save()
    review = _group_task(f"{LEGAL_WORKFLOW}: {REVIEW.lower()}", groups[roles.REVIEWER])
    return _workflow(LEGAL_WORKFLOW, [review, task])


def _group_task(name: str, group: Group) -> GroupTask:
    task, is_new = GroupTask.objects.get_or_create(name=name)
    if is_new:
        task.groups.add(group)
    return task


def _workflow(name: str, tasks: list[Task]) -> Workflow:
    """An existing one keeps the steps its administrators gave it."""
    workflow, is_new = Workflow.objects.get_or_create(name=name)
    if is_new:
        WorkflowTask.objects.bulk_create(
            WorkflowTask(workflow=workflow, task=task, sort_order=place) for place, task in enumerate(tasks)
        )
    return workflow
