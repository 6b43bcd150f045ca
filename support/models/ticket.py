"""A request for help, from a person with an account or a guest with an address."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from teams.models import Business

from ..states import LIVE, ON_US, Priority, Queue, Status, Wish

LONGEST_PROMISE = timedelta(hours=24)
IS_LIVE = Q(status__in=[str(status) for status in LIVE])
IS_ON_US = Q(status__in=[str(status) for status in ON_US])


class TicketQuerySet(models.QuerySet["Ticket"]):
    def of(self, user: Any) -> TicketQuerySet:
        """Her own, not those of a business she works for."""
        return self.filter(requester=user, business=None)

    def of_business(self, business: Business) -> TicketQuerySet:
        return self.filter(business=business)

    def live(self) -> TicketQuerySet:
        return self.filter(status__in=LIVE)

    def on_us(self) -> TicketQuerySet:
        """Those that wait for our word."""
        return self.filter(status__in=ON_US)

    def in_line(self) -> TicketQuerySet:
        """Emergencies first, then the nearest promise; who waits for nothing comes last."""
        return self.order_by("place", "due_at", "pk")


class Ticket(models.Model):
    """`due_at` is the promise that runs now; None while it is not our turn."""

    reference = models.CharField(_("reference"), max_length=12, unique=True)
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="tickets",
        verbose_name=_("who asks"),
    )
    guest_name = models.CharField(_("name"), max_length=80, blank=True)
    guest_email = models.EmailField(_("e-mail"), blank=True)
    forgotten_at = models.DateTimeField(_("made anonymous"), null=True)
    business = models.ForeignKey(Business, models.SET_NULL, null=True, related_name="tickets")
    locale = models.CharField(_("language"), max_length=5, default=settings.LANGUAGE_CODE)
    queue = models.CharField(_("queue"), max_length=12, choices=Queue.choices)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority.choices)
    status = models.CharField(_("status"), max_length=16, choices=Status.choices, default=Status.NEW)
    subject = models.CharField(_("subject"), max_length=140)
    wish = models.CharField(max_length=10, choices=Wish.choices, blank=True)
    wished_until = models.DateTimeField(null=True)
    source = models.CharField(_("came from"), max_length=300, blank=True)
    province = models.CharField(_("province"), max_length=2, blank=True)
    district = models.CharField(_("district"), max_length=60, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="assigned_tickets",
        verbose_name=_("who answers"),
    )
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="merged")
    opened_at = models.DateTimeField(_("opened"))
    updated_at = models.DateTimeField(_("last word"))
    awaited_since = models.DateTimeField(null=True)  # the word of theirs that we have not answered
    due_at = models.DateTimeField(_("answer due"), null=True)
    first_due_at = models.DateTimeField(_("first answer due"))
    first_human_reply_at = models.DateTimeField(_("first answer"), null=True)
    solved_at = models.DateTimeField(_("solved"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    haystack = models.TextField(blank=True)  # folded words for the search of the desk
    place = models.GeneratedField(
        expression=Case(When(queue=Queue.EMERGENCY, then=Value(0)), default=Value(1)),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )

    objects: Any = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        ordering = ["-updated_at", "-pk"]
        permissions = [
            ("work_tickets", _("Work at the support desk")),
            ("lead_tickets", _("Lead the support desk")),
            ("suspend_from_ticket", _("Pause an account from its ticket")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(guest_email="") | Q(requester=None), name="ticket_is_of_a_person_or_a_guest"
            ),
            models.CheckConstraint(
                condition=~Q(requester=None, guest_email="", forgotten_at=None),
                name="ticket_names_who_asks",
            ),
            models.CheckConstraint(
                condition=Q(first_due_at__lte=F("opened_at") + LONGEST_PROMISE),
                name="first_answer_is_due_within_24_hours",
            ),
            models.CheckConstraint(
                condition=Q(due_at=None, awaited_since=None)
                | Q(
                    due_at__isnull=False,
                    awaited_since__isnull=False,
                    due_at__lte=F("awaited_since") + LONGEST_PROMISE,
                ),
                name="each_answer_is_due_within_24_hours",
            ),
            models.CheckConstraint(
                condition=IS_ON_US & Q(due_at__isnull=False) | ~IS_ON_US & Q(due_at=None),
                name="clock_runs_while_it_is_our_turn",
            ),
            models.CheckConstraint(
                condition=Q(queue=Queue.EMERGENCY, priority=Priority.EMERGENCY)
                | (~Q(queue=Queue.EMERGENCY) & ~Q(priority=Priority.EMERGENCY)),
                name="emergencies_stand_in_their_own_queue",
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="ticket_status_is_known"),
            models.CheckConstraint(condition=Q(queue__in=Queue.values), name="ticket_queue_is_known"),
            models.CheckConstraint(
                condition=Q(status=Status.CLOSED, closed_at__isnull=False)
                | (~Q(status=Status.CLOSED) & Q(closed_at=None)),
                name="closed_ticket_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(status=Status.CLOSED), name="joined_ticket_is_closed"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.NEW) | Q(first_human_reply_at=None),
                name="new_ticket_has_no_answer_yet",
            ),
            models.UniqueConstraint(
                fields=["requester"],
                condition=Q(wish=Wish.SUSPEND) & IS_LIVE,
                name="person_asks_for_one_pause_at_a_time",
            ),
        ]
        indexes = [
            models.Index("place", "due_at", "id", condition=IS_ON_US, name="ticket_on_us"),
            models.Index("queue", "place", "due_at", "id", condition=IS_LIVE, name="ticket_queue"),
            models.Index("assignee", "place", "due_at", "id", condition=IS_LIVE, name="ticket_assignee"),
            models.Index("place", "due_at", "id", condition=IS_LIVE, name="ticket_live"),
            models.Index(F("updated_at").desc(), F("id").desc(), name="ticket_latest"),
            models.Index("status", F("updated_at").desc(), F("id").desc(), name="ticket_status"),
            models.Index("business", F("updated_at").desc(), name="ticket_business"),
            models.Index("requester", F("updated_at").desc(), name="ticket_requester"),
            models.Index("guest_email", condition=~Q(guest_email=""), name="ticket_guest"),
            models.Index("opened_at", name="ticket_opened"),
            GinIndex(fields=["haystack"], opclasses=["gin_trgm_ops"], fastupdate=False, name="ticket_words"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.subject}"

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    @property
    def is_emergency(self) -> bool:
        return self.queue == Queue.EMERGENCY

    @property
    def is_guest(self) -> bool:
        return self.requester_id is None

    @property
    def contact(self) -> str:
        """Where our mails go; empty for somebody who is gone."""
        return self.requester.email if self.requester else self.guest_email

    @property
    def asker(self) -> str:
        if self.requester:
            return self.requester.get_full_name() or self.requester.email
        return self.guest_name or self.guest_email or str(_("Somebody who left"))

    @property
    def kept_promise(self) -> bool | None:
        """Did the first human word come in time? None while it still may."""
        if self.first_human_reply_at is None:
            return None
        return self.first_human_reply_at <= self.first_due_at

    @property
    def first_reply_took(self) -> timedelta | None:
        return self.first_human_reply_at - self.opened_at if self.first_human_reply_at else None
