"""Opinions from people without an account: a signed-off link to one version of a draft.

The token has 256 bits and is kept only as a hash. A verdict is evidence beside the workflow: it publishes
nothing. The one exception decides a task that waits for exactly this reader (docs/decisions/0020).
"""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from wagtail.models import Page, Revision, TaskState

from core import journal, mail

from . import events, history, workflow
from .errors import LinkIsOver, NothingToReview
from .models import ReviewLink, Verdict

TOKEN_BYTES = 32
LONGEST_TOKEN = 100


def fingerprint(revision: Revision) -> str:
    text = json.dumps(revision.content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def ask(
    *, page: Page, by: Any, name: str, email: str = "", days: int, now: datetime
) -> tuple[ReviewLink, str | None]:
    """The link and its token to show once. No token to show where the verdict decides a task: then only
    the approver's own mailbox gets it, or whoever asks could approve in the approver's name."""
    revision = page.get_latest_revision()
    if revision is None:
        raise NothingToReview
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = ReviewLink.objects.create(
        page_id=page.pk,
        revision=revision,
        fingerprint=fingerprint(revision),
        token_hash=_hash(token),
        name=name,
        email=email,
        created_by=by,
        created_at=now,
        expires_at=now + timedelta(days=days),
        approves=workflow.named_approver_state(page, email) if email else None,
    )
    _note(link, events.REVIEW_ASKED, by=by, expires_at=link.expires_at.isoformat())
    if email:
        _invite(link, address_of(token))
    return link, None if link.approves_id else token


def address_of(token: str) -> str:
    return settings.BASE_URL + reverse("editorial:review", args=[token])


def find(token: str) -> ReviewLink | None:
    """Looked up by hash, so the database compares no secret; the hash once more in constant time."""
    if len(token) > LONGEST_TOKEN:
        return None
    wanted = _hash(token)
    links = ReviewLink.objects.select_related("page__locale", "revision", "created_by")
    link = links.filter(token_hash=wanted).first()
    return link if link and constant_time_compare(link.token_hash, wanted) else None


@transaction.atomic
def answer(*, link: ReviewLink, verdict: str, note: str, now: datetime) -> ReviewLink:
    """Write the verdict, once. Raises LinkIsOver when an answer, a revocation or a new version came first."""
    Page.objects.select_for_update().get(pk=link.page_id)  # no new version while we decide
    locked = ReviewLink.objects.select_for_update(of=("self",)).select_related(
        "page", "revision", "created_by"
    )
    link = locked.get(pk=link.pk)
    if link.state(now) != "open":
        raise LinkIsOver
    link.verdict, link.note, link.answered_at = verdict, note, now
    link.save(update_fields=["verdict", "note", "answered_at"])
    _note(link, events.REVIEW_ANSWERED, verdict=str(verdict), note=note)
    _tell_asker(link)
    _decide_task(link)
    return link


@transaction.atomic
def revoke(*, link: ReviewLink, by: Any, now: datetime) -> None:
    """Raises LinkIsOver when it was answered in the meantime."""
    changed = ReviewLink.objects.filter(pk=link.pk, answered_at=None, revoked_at=None).update(revoked_at=now)
    if not changed:
        raise LinkIsOver
    _note(link, events.REVIEW_REVOKED, by=by)


def links_of(page: Page) -> list[ReviewLink]:
    links = ReviewLink.objects.filter(page_id=page.pk).select_related("page", "revision", "created_by")
    return list(links.order_by("-created_at"))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _note(link: ReviewLink, event: str, *, by: Any = None, **more: Any) -> None:
    page = link.page.specific
    data = {"reader": link.reader, "link": link.pk, "revision": link.revision_id, **more}
    journal.write(event, actor=by, subject=page, data=data)
    history.note(page, event, by=by, data=data, revision=link.revision)


def _invite(link: ReviewLink, address: str) -> None:
    context = {"link": link, "page": link.revision.as_object(), "address": address, "asker": link.created_by}
    locale = link.page.locale.language_code
    mail.send(
        "editorial/review_request", to=link.email, context=context, locale=locale, expires_at=link.expires_at
    )


def _tell_asker(link: ReviewLink) -> None:
    asker = link.created_by
    if asker and asker.is_active:
        context = {
            "link": link,
            "page": link.revision.as_object(),
            "approved": link.verdict == Verdict.APPROVED,
        }
        mail.send("editorial/review_answered", to=asker.email, context=context, locale=asker.locale)


def _decide_task(link: ReviewLink) -> None:
    """The workflow itself checks again that this reader may decide, on the task the link was made for."""
    if not link.approves_id:
        return
    state = workflow.named_approver_state(link.page, link.email)
    if state is None or state.pk != link.approves_id or state.status != TaskState.STATUS_IN_PROGRESS:
        return
    approver = get_user_model().objects.get(email=link.email)
    action = "approve" if link.verdict == Verdict.APPROVED else "reject"
    state.task.specific.on_action(state, approver, action, comment=link.note)
