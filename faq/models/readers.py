"""What readers give back: votes, suggested questions and what they searched for.

No row here names a person unless she asked for an answer: a visitor is a keyed hash, and the address
of a suggestion is erased once its answer is on the way.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.free_text import refuse_secrets

from ..states import OPEN, Status
from .pages import QuestionPage

CHANGE_OF_MIND = timedelta(minutes=10)


class Reason(models.TextChoices):
    UNCLEAR = "unclear", _("It is not clear")
    OUTDATED = "outdated", _("It is out of date")
    OTHER = "other", _("It is not what I looked for")
    WRONG = "wrong", _("It is wrong")


class Feedback(models.Model):
    """One answer to "was this helpful?": of one visitor, about one revision of a page."""

    page = models.ForeignKey(
        QuestionPage, models.CASCADE, related_name="feedback", verbose_name=_("question")
    )
    revision = models.PositiveIntegerField(_("revision"))  # no key: revisions may be cleared away, votes stay
    helpful = models.BooleanField(_("helpful"))
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices, blank=True)
    comment = models.CharField(_("comment"), max_length=200, blank=True, validators=[refuse_secrets])
    visitor = models.CharField(max_length=64)
    locale = models.CharField(_("language"), max_length=12)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "revision", "visitor"], name="visitor_votes_once_on_a_revision"
            ),
            models.CheckConstraint(
                condition=Q(helpful=False) | Q(reason="", comment=""), name="only_a_no_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id}@{self.revision}: {'yes' if self.helpful else 'no'}"

    def may_change(self, now: datetime) -> bool:
        return now - self.at <= CHANGE_OF_MIND


class Tally(models.Model):
    """How many asked what a page answers. Beside the page, since saving a page writes all its columns."""

    page = models.OneToOneField(QuestionPage, models.CASCADE, primary_key=True, related_name="tally")
    asked = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.page_id}: {self.asked}"


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def open(self) -> SuggestionQuerySet:
        return self.filter(status__in=OPEN)


class Suggestion(models.Model):
    """A question somebody misses. `question` is the page that answers it, from its first draft on."""

    reference = models.CharField(_("reference"), max_length=12, unique=True)
    text = models.CharField(_("question"), max_length=1000, validators=[refuse_secrets])
    email = models.EmailField(_("e-mail"), blank=True)
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    source = models.ForeignKey(
        QuestionPage, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("asked under")
    )
    query = models.CharField(_("searched for"), max_length=200, blank=True)
    locale = models.CharField(_("language"), max_length=12)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.NEW)
    question = models.ForeignKey(
        QuestionPage, models.SET_NULL, null=True, blank=True, related_name="suggestions"
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    fingerprint = models.CharField(max_length=64, unique=True)  # the same question twice is one
    at = models.DateTimeField(_("asked"), default=timezone.now)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggested question")
        verbose_name_plural = _("suggested questions")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="suggestion_says_something"),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="suggestion_has_a_known_status"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.REJECTED) | ~Q(reason=""), name="rejected_suggestion_has_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["status", "at"], name="suggestion_waiting")]

    def __str__(self) -> str:
        return self.reference


class SearchLog(models.Model):
    """What was searched on one day, counted. `query` is folded, `shown` as somebody typed it."""

    day = models.DateField(_("day"))
    locale = models.CharField(_("language"), max_length=12)
    query = models.CharField(_("folded query"), max_length=200)
    shown = models.CharField(_("searched for"), max_length=200)
    results = models.PositiveIntegerField(_("results"))
    searches = models.PositiveIntegerField(_("searches"), default=1)
    clicks = models.PositiveIntegerField(_("clicks"), default=0)

    class Meta:
        verbose_name = _("search")
        verbose_name_plural = _("searches")
        constraints = [
            models.UniqueConstraint(fields=["day", "locale", "query"], name="search_is_counted_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.shown}"
