"""One thing told to one person."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .. import kinds, texts


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, user: Any) -> NoticeQuerySet:
        """What this person sees in her panel."""
        return self.filter(recipient=user, in_panel=True)

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at=None)

    def about(self, category: str) -> NoticeQuerySet:
        return self.filter(kind__in=[kind.code for kind in kinds.in_category(category)])


class Notice(models.Model):
    """Its words are made from `data` when they are read (see `notifications.kinds`)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("to")
    )
    kind = models.CharField(_("kind"), max_length=80)
    key = models.CharField(_("what it is about"), max_length=120)
    data = models.JSONField(default=dict)
    url = models.JSONField(default=str)  # a path of ours, or one for each language
    at = models.DateTimeField(_("told"))
    read_at = models.DateTimeField(_("read"), null=True)
    in_panel = models.BooleanField(default=True)
    retracted_at = models.DateTimeField(_("retracted"), null=True)
    reason = models.JSONField(default=dict)  # why it was retracted, by language

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "recipient"], name="notice_is_told_once"),
            models.CheckConstraint(condition=~Q(key=""), name="notice_is_about_something"),
            models.CheckConstraint(
                condition=Q(retracted_at=None, reason={}) | (Q(retracted_at__isnull=False) & ~Q(reason={})),
                name="retracted_notice_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-at"], condition=Q(in_panel=True), name="notice_list"),
            models.Index(
                fields=["recipient"], condition=Q(read_at=None, in_panel=True), name="notice_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    def words(self, language: str) -> texts.Words:
        return texts.words(self.kind, self.data, language)

    def link(self, language: str) -> str:
        return texts.said(self.url, language)

    @cached_property
    def read(self) -> texts.Words:
        """For templates: in the language of the page."""
        return self.words(get_language() or settings.LANGUAGE_CODE)

    @property
    def retraction(self) -> str:
        return texts.said(self.reason, get_language() or settings.LANGUAGE_CODE)

    @property
    def icon(self) -> str:
        kind = kinds.get(self.kind)
        return kind.icon if kind else "bell"

    @property
    def has_link(self) -> bool:
        return bool(self.url)
