"""Sentences an editor reads above the form: what waits, who may go on, what came back from outside."""

from __future__ import annotations

from typing import Any

from django.contrib.messages import constants as level
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Page

from . import publishing, translations, workflow
from .models import NamedApproverTask, ReviewLink, Verdict, authors_of

Notice = tuple[int, SafeString]


def of(page: Page, user: Any) -> list[Notice]:
    found = [_stuck(page, user), _own_text(page, user), _held(page, user), _orphan(page), *_verdicts(page)]
    return [notice for notice in found if notice]


def _stuck(page: Page, user: Any) -> Notice | None:
    waiting = workflow.waiting_of(page)
    if waiting is None or not waiting.is_stuck:
        return None
    task = waiting.state.current_task_state.task
    sentence = _("This draft waits at “%(task)s”, and nobody can act on it.") % {"task": task}
    if not workflow.can_name_stand_ins(user):
        return level.WARNING, format_html("{} {}", sentence, _("Tell an editor."))
    address = reverse("editorial_stand_in", args=[waiting.state.pk])
    return level.WARNING, format_html('{} <a href="{}">{}</a>', sentence, address, _("Name somebody"))


def _own_text(page: Page, user: Any) -> Notice | None:
    task = page.current_workflow_task
    if not isinstance(task, NamedApproverTask) or not task.is_named(user) or user.pk not in authors_of(page):
        return None
    return level.INFO, format_html(
        "{}", _("You wrote or submitted this version, so the other named person has to approve it.")
    )


def _held(page: Page, user: Any) -> Notice | None:
    held = publishing.held_version(page)
    if held is None:
        return None
    sentence = _("Approved, but not published yet: a proof this page claims does not hold right now.")
    if not publishing.may_release(held, page, user):
        return level.WARNING, format_html("{}", sentence)
    address = reverse("editorial_release", args=[page.pk])
    return level.WARNING, format_html('{} <a href="{}">{}</a>', sentence, address, _("Look at it"))


def _orphan(page: Page) -> Notice | None:
    if not translations.is_orphan(page):
        return None
    sentence = _("No page in the main language stands behind this one. It is edited by itself.")
    return level.INFO, format_html("{}", sentence)


def _verdicts(page: Page) -> list[Notice]:
    """Opinions on the version in the form."""
    links = ReviewLink.objects.filter(page_id=page.pk, revision_id=page.latest_revision_id)
    return [_verdict(link) for link in links.exclude(answered_at=None).order_by("answered_at")]


def _verdict(link: ReviewLink) -> Notice:
    if link.verdict == Verdict.APPROVED:
        return level.SUCCESS, format_html(
            "{} {}", _("%(reader)s approved this version.") % {"reader": link.reader}, link.note
        )
    return level.WARNING, format_html(
        "{} {}", _("%(reader)s returned this version:") % {"reader": link.reader}, link.note
    )
