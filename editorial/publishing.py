"""Publishing while a claimed proof does not hold asks for a reason; what nobody was asked is written down.

Doors that ask: the page editor, the end of a workflow, the translation editor (`editorial.doors`). Whatever
passes by them (a schedule, a script) is caught by `note_publication`, so nothing goes out unrecorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision, WorkflowState

from core import journal, mail, proofs
from core.models import ProofResult
from core.proofs import State

from . import events, history, roles
from .errors import NotWaiting
from .models import PublishedDespite

_unwatched: ContextVar[bool] = ContextVar("unwatched", default=False)


@contextmanager
def unwatched() -> Iterator[None]:
    """For demo content: the proofs look at pages that are only just being made."""
    token = _unwatched.set(True)
    try:
        yield
    finally:
        _unwatched.reset(token)


def doubts(page: Any) -> list[ProofResult]:
    """The page's claims that do not hold right now. A claim whose proof has been retired is skipped."""
    claims = getattr(page, "claims", None) or []
    known = {code for code, _ in proofs.choices()}
    results = proofs.check_all(sorted(known.intersection(claims)))
    return [result for result in results if result.state in (State.FAILED, State.UNKNOWN)]


def doubts_about_publishing(page: Any) -> list[ProofResult]:
    """None for a version that goes live later: what holds today says nothing about that day."""
    if page.go_live_at and page.go_live_at > timezone.now():
        return []
    return doubts(page)


@transaction.atomic
def hold(*, page: Page, revision: Revision, found: Iterable[ProofResult], by: Any) -> PublishedDespite:
    """Keep this version a draft until somebody gives a reason or the proofs hold again."""
    codes = [result.code for result in found]
    values = {"revision": revision, "codes": codes, "by": by, "asked_at": timezone.now(), "reason": ""}
    held, _ = PublishedDespite.objects.update_or_create(page_id=page.pk, published_at=None, defaults=values)
    journal.write(events.PUBLICATION_HELD, actor=by, subject=page, data={"codes": codes})
    history.note(page, events.PUBLICATION_HELD, by=by, data={"codes": codes}, revision=revision)
    return held


def held_version(page: Page) -> PublishedDespite | None:
    """What waits for a reason, unless the draft has gone on since."""
    held = PublishedDespite.objects.filter(page_id=page.pk, published_at=None).select_related("revision")
    return held.filter(revision_id=page.latest_revision_id).first()


def may_release(held: PublishedDespite, page: Page, user: Any) -> bool:
    """Who may publish the page anyhow, and who gave the last approval that would have published it."""
    if page.permissions_for_user(user).can_publish():
        return True
    finished = WorkflowState.objects.for_instance(page).filter(status=WorkflowState.STATUS_APPROVED)
    last = finished.filter(current_task_state__finished_by=user).order_by("-pk").first()
    return held.by_id == user.pk and user.is_active and last is not None


@transaction.atomic
def publish_despite(*, held: PublishedDespite, reason: str, by: Any) -> None:
    """Publish the version that waits, with this reason. Raises NotWaiting on a second try."""
    held = _locked(held)
    held.reason, held.by, held.codes = reason, by, _codes_now(held)
    held.save(update_fields=["reason", "by", "codes"])
    held.revision.publish(user=by, skip_permission_checks=True)  # the door has asked `may_release`


@transaction.atomic
def publish_after_all(*, held: PublishedDespite, by: Any) -> None:
    """The proofs hold again, so no reason is needed."""
    _locked(held).revision.publish(user=by, skip_permission_checks=True)


@transaction.atomic
def publish_translation_despite(*, translation: Any, reason: str, by: Any) -> None:
    """Made and published in one step: wagtail-localize writes the live row also when it saves a draft."""
    translation.save_target(user=by, publish=False)
    page = translation.get_target_instance().specific
    held = hold(page=page, revision=page.get_latest_revision(), found=doubts(page), by=by)
    publish_despite(held=held, reason=reason, by=by)


def finish_workflow(state: WorkflowState, user: Any = None) -> None:
    """The end of a workflow (`editorial.finish`): publish, unless a proof does not hold.

    The last approval is the right to publish: a legal counsel has no other, and Wagtail would refuse.
    """
    page = state.content_object
    draft = page.get_latest_revision_as_object()
    found = doubts_about_publishing(draft)
    if found:
        hold(page=page.specific, revision=page.get_latest_revision(), found=found, by=user)
    else:
        page.get_latest_revision().publish(user=user, skip_permission_checks=True)


def note_publication(page: Page, revision: Revision | None) -> None:
    """Called with every publication: tick off what was held, write down what nobody was asked for."""
    if _unwatched.get() or revision is None or not page.live or page.live_revision_id != revision.pk:
        return
    waiting = PublishedDespite.objects.filter(page_id=page.pk, published_at=None)
    held = list(waiting)  # nearly always none: then there is nothing to remove either
    excused = next((row for row in held if row.revision_id == revision.pk and row.reason), None)
    if excused:
        _close(excused, page)
        return
    if held:
        waiting.delete()
    found = doubts(page)
    if found:
        _write_down(page, revision, [result.code for result in found])


def _locked(held: PublishedDespite) -> PublishedDespite:
    rows = PublishedDespite.objects.select_for_update(of=("self",)).select_related("revision", "page")
    row = rows.filter(pk=held.pk, published_at=None).first()
    if row is None or row.revision is None or row.page.latest_revision_id != row.revision_id:
        raise NotWaiting
    return row


def _codes_now(held: PublishedDespite) -> list[str]:
    """What does not hold at the moment of publishing; what held it back where all holds again."""
    return [result.code for result in doubts(held.revision.as_object())] or held.codes


def _close(excused: PublishedDespite, page: Page) -> None:
    excused.published_at = timezone.now()
    excused.save(update_fields=["published_at"])
    _tell(excused, page)


def _write_down(page: Page, revision: Revision, codes: list[str]) -> None:
    row = PublishedDespite.objects.create(
        page_id=page.pk, revision=revision, codes=codes, was_asked=False, published_at=timezone.now()
    )
    _tell(row, page)
    for person in _responsible(page, revision):
        context = {"page": page, "codes": codes, "name": person.first_name}
        mail.send("editorial/published_unasked", to=person.email, context=context, locale=person.locale)


def _tell(row: PublishedDespite, page: Page) -> None:
    data = {"codes": row.codes, "reason": row.reason, "was_asked": row.was_asked}
    journal.write(events.PUBLISHED_DESPITE, actor=row.by, subject=page, data=data)
    history.note(page, events.PUBLISHED_DESPITE, by=row.by, data=data, revision=row.revision)


def _responsible(page: Page, revision: Revision) -> list[Any]:
    """Who wrote or owns it; the editors where both have left."""
    people = get_user_model().objects.filter(is_active=True)
    own = people.filter(pk__in=[pk for pk in (revision.user_id, page.owner_id) if pk])
    return list(own) or list(people.filter(groups__name=roles.EDITOR))
