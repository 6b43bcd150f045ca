"""Reactions to Wagtail's signals."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.dispatch import receiver
from wagtail.models import Page, TaskState
from wagtail.signals import page_published, post_page_move, task_submitted

from . import publishing, workflow
from .models import NamedApproverTask


@receiver(page_published)
def note_publication(instance: Page, revision: Any = None, **_: Any) -> None:
    publishing.note_publication(instance, revision)


@receiver(task_submitted)
def tell_named_approver(instance: TaskState, **_: Any) -> None:
    """Wagtail's own mails go to groups only. Who wrote the text is not asked to approve it."""
    task = instance.task.specific
    if isinstance(task, NamedApproverTask):
        barred = {instance.workflow_state.requested_by_id, instance.revision.user_id}
        people = get_user_model().objects.filter(
            pk__in={task.approver_id, task.deputy_id} - barred - {None}, is_active=True
        )
        workflow.tell_task(instance.revision.as_object(), task, people)


@receiver(post_page_move)
def move_translations(instance: Page, parent_page_after: Page, **_: Any) -> None:
    """A page that moves takes its translations along, to the translation of its new parent."""
    for translated in instance.get_translations():
        parent = parent_page_after.get_translation_or_none(translated.locale)
        if parent and not translated.is_child_of(parent):
            translated.move(parent, pos="last-child")
