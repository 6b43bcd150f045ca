"""What the back office needs beside Wagtail's own rows: two kinds of workflow task, links for people
without an account, and a record of answers that went out while a proof did not hold."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    AbstractGroupApprovalTask,
    Page,
    Revision,
    Task,
    TaskState,
    WorkflowState,
)

LONGEST_NOTE = 4000
ACTIONS = [
    ("reject", _("Request changes"), True),
    ("approve", _("Approve"), False),
    ("approve", _("Approve with comment"), True),
]
STAFF = Q(is_active=True) & (
    Q(is_superuser=True)
    | Q(
        groups__permissions__codename="access_admin",
        groups__permissions__content_type__app_label="wagtailadmin",
    )
)


class StandIn(models.Model):
    """Somebody an editor named to act on one task of one page, because those whose task it is are gone."""

    workflow_state = models.ForeignKey(WorkflowState, models.CASCADE, related_name="stand_ins")
    task = models.ForeignKey(Task, models.CASCADE, related_name="stand_ins")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("stand-in")
        verbose_name_plural = _("stand-ins")
        default_permissions = ()
        permissions = [("name_stand_in", _("Can name somebody else for a waiting task"))]
        constraints = [
            models.UniqueConstraint(
                fields=["workflow_state", "task", "person"], name="person_stands_in_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="stand_in_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.person} @ {self.task}"


class WaitingTask:
    """What both kinds of task share: who may act is asked of the page, and stand-ins may too."""

    stand_ins: Any

    def may_act(self, obj: Any, user: Any) -> bool:
        raise NotImplementedError

    def stands_in(self, obj: Any, user: Any) -> bool:
        state = obj.current_workflow_state
        return bool(state) and self.stand_ins.filter(workflow_state=state, person=user).exists()

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return self.may_act(obj, user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not self.may_act(obj, user)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return self.may_act(obj, user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple]:
        return list(ACTIONS) if self.may_act(obj, user) else []


class GroupTask(WaitingTask, AbstractGroupApprovalTask):
    """Wagtail's approval by a group, which can be handed to a stand-in when the group has emptied."""

    def may_act(self, obj: Any, user: Any) -> bool:
        return user.is_superuser or self._user_in_groups(user) or self.stands_in(obj, user)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> models.QuerySet[TaskState]:
        states = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        if user.is_superuser or self._user_in_groups(user):
            return states
        return states.filter(workflow_state__in=self.stand_ins.filter(person=user).values("workflow_state"))

    class Meta:
        verbose_name = _("approval by a group")
        verbose_name_plural = _("approvals by a group")


class NamedApproverTask(WaitingTask, Task):
    """One named person approves, or the deputy; never who wrote or submitted the text."""

    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approver"),
        limit_choices_to=STAFF,
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("deputy"),
        limit_choices_to=STAFF,
        help_text=_("Approves when the approver is away or wrote the text."),
    )

    admin_form_fields = [*Task.admin_form_fields, "approver", "deputy"]
    admin_form_widgets = {"approver": forms.Select, "deputy": forms.Select}

    class Meta:
        verbose_name = _("approval by a named person")
        verbose_name_plural = _("approvals by a named person")
        constraints = [
            models.CheckConstraint(
                condition=~Q(approver=F("deputy")) | Q(approver=None) | Q(deputy=None),
                name="deputy_is_another_person",
            )
        ]

    def clean(self) -> None:
        super().clean()
        if self.approver_id and self.approver_id == self.deputy_id:
            raise ValidationError({"deputy": _("The deputy is another person than the approver.")})

    def is_named(self, user: Any) -> bool:
        return user.is_active and user.pk in {self.approver_id, self.deputy_id}

    def may_act(self, obj: Any, user: Any) -> bool:
        if user.pk in authors_of(obj):
            return False
        return self.is_named(user) or (user.is_active and self.stands_in(obj, user))

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """Also the author may look, to read why somebody else has to approve."""
        return self.is_named(user) or self.stands_in(obj, user)

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Asked again here: a person who changes the text in the same step has become its author."""
        page = task_state.workflow_state.content_object
        if not self.may_act(page, user):
            raise PermissionDenied(gettext("Whoever wrote or submitted a text cannot approve it."))
        return super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> models.QuerySet[TaskState]:
        states = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        if not self.is_named(user):
            mine = self.stand_ins.filter(person=user).values("workflow_state")
            states = states.filter(workflow_state__in=mine)
        return states.exclude(workflow_state__requested_by=user).exclude(revision__user=user)

    @classmethod
    def get_description(cls) -> str:
        return gettext("Only the named person or the deputy can approve, and never a text of their own")


def authors_of(page: Any) -> set[int]:
    """Who submitted the draft and who saved its newest version."""
    state, latest = page.current_workflow_state, page.get_latest_revision()
    people = {state.requested_by_id if state else None, latest.user_id if latest else None}
    return {pk for pk in people if pk}


class Verdict(models.TextChoices):
    APPROVED = "approved", _("approved")
    RETURNED = "returned", _("returned")


class ReviewLink(models.Model):
    """An invitation to read one version of a draft and say yes or no, for a person without an account.

    Only a hash of the token is kept. `fingerprint` is that of the text shown: an automatic save may write
    new text into the same revision, and a verdict counts for what was read, not for what came after.
    """

    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("asked by")
    )
    created_at = models.DateTimeField(_("asked"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices, blank=True)
    note = models.TextField(_("note"), blank=True, max_length=LONGEST_NOTE)
    approves = models.ForeignKey(
        TaskState,
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text=_("The task this verdict decides, when the reader is its named approver."),
    )

    class Meta:
        verbose_name = _("review link")
        verbose_name_plural = _("review links")
        default_permissions = ()
        indexes = [models.Index(fields=["page", "-created_at"], name="review_link_of_page")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, verdict="", note="")
                | Q(answered_at__isnull=False, verdict__in=Verdict.values),
                name="verdict_comes_with_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.RETURNED) | ~Q(note=""), name="returned_draft_has_a_note"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(answered_at=None), name="answered_link_is_not_revoked"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="link_expires_later"),
            models.CheckConstraint(
                condition=Q(approves=None) | ~Q(email=""), name="approving_link_is_mailed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} → {self.page_id}"

    @property
    def reader(self) -> str:
        return f"{self.name} ({self.email})" if self.email else self.name

    def state(self, now: datetime) -> str:
        """`open`, or why it is over. An answer outlives everything else."""
        if self.answered_at:
            return "answered"
        if self.revoked_at:
            return "revoked"
        if now >= self.expires_at:
            return "expired"
        return "open" if self.shows_the_newest else "superseded"

    @property
    def shows_the_newest(self) -> bool:
        from .reviews import fingerprint

        is_newest = self.page.latest_revision_id == self.revision_id
        return is_newest and fingerprint(self.revision) == self.fingerprint


class PublishedDespite(models.Model):
    """A version that went out, or waits to, while a proof it claims did not hold.

    `published_at` empty: it waits for a person to give the reason. `was_asked` false: it went out without
    a person (by schedule or by a machine), so there is a line and a mail, but no reason.
    """

    page = models.ForeignKey(Page, models.CASCADE, related_name="+", verbose_name=_("page"))
    revision = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+")
    codes = ArrayField(models.CharField(max_length=80), verbose_name=_("proofs"))
    was_asked = models.BooleanField(default=True)
    reason = models.TextField(_("reason"), blank=True, max_length=LONGEST_NOTE)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    asked_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(_("published"), null=True)

    class Meta:
        verbose_name = _("publication despite a proof")
        verbose_name_plural = _("publications despite a proof")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(was_asked=False) | ~Q(reason=""),
                name="publication_despite_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(was_asked=True) | Q(published_at__isnull=False), name="only_people_are_waited_for"
            ),
            models.UniqueConstraint(
                fields=["page"], condition=Q(published_at=None), name="page_waits_for_one_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {', '.join(self.codes)}"
