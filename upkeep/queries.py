"""Reads: the state of each part, what is ahead, what is over, who was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from notifications import audiences
from notifications.categories import Channel
from notifications.models import Delivery, Notice
from notifications.states import WAITING
from notifications.states import Status as Delivered

from .models import Component, MaintenanceWindow, Round, Update
from .models.windows import NOTICE
from .states import AHEAD, PAST, Effect, Event, Kind, Status, strength

PER_MINUTE = 600  # mails that leave at least, see `telling_time`


# --- The status page ----------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """A part of the platform with what goes on in it; `window` is the hardest that runs."""

    component: Component
    window: MaintenanceWindow | None

    @property
    def state(self) -> str:
        if self.window is None:
            return "ok"
        return "upkeep" if self.window.is_planned else "trouble"

    @property
    def words(self) -> Any:
        if self.window is None:
            return _("Works")
        return _WORDS[Kind(self.window.kind), Effect(self.window.effect)]


_WORDS = {
    (Kind.PLANNED, Effect.SLOW): _("Planned maintenance: works, perhaps slowly"),
    (Kind.PLANNED, Effect.READ_ONLY): _("Planned maintenance: can only be read"),
    (Kind.PLANNED, Effect.STOP): _("Planned maintenance: closed"),
    (Kind.EMERGENCY, Effect.SLOW): _("Trouble: works, perhaps slowly"),
    (Kind.EMERGENCY, Effect.READ_ONLY): _("Trouble: can only be read"),
    (Kind.EMERGENCY, Effect.STOP): _("Trouble: cannot be reached"),
}


def public_windows() -> QuerySet[MaintenanceWindow]:
    """With everything that is shown of them."""
    updates = Prefetch("updates", Update.objects.order_by("-at", "-pk"))
    return MaintenanceWindow.objects.public().prefetch_related("components", updates)


def ahead() -> list[MaintenanceWindow]:
    """Running and announced, the next first."""
    return list(public_windows().filter(status__in=AHEAD).order_by("starts_at", "pk"))


def past() -> QuerySet[MaintenanceWindow]:
    return public_windows().filter(status__in=PAST).order_by("-starts_at", "-pk")


def parts(ahead: list[MaintenanceWindow]) -> list[Part]:
    """Each part with the hardest window that runs in it, from windows read before."""
    running = [window for window in ahead if window.status == Status.IN_PROGRESS]
    running.sort(key=lambda window: -strength(window.effect))
    found = Component.objects.filter(is_shown=True)
    return [Part(part, _hardest(part, running)) for part in found]


def _hardest(part: Component, running: list[MaintenanceWindow]) -> MaintenanceWindow | None:
    """What closes everything closes each part with an address too."""
    return next(
        (
            window
            for window in running
            if any(one.pk == part.pk or (one.is_whole and part.prefixes) for one in window.parts)
        ),
        None,
    )


# --- Who was told -------------------------------------------------------------------------


def people_to_tell() -> int:
    return audiences.everyone().count()


def telling_time(people: int) -> timedelta:
    """How long the mails of an announcement take to leave; nobody may get his too late."""
    return timedelta(minutes=-(-people // PER_MINUTE))


def receipts(one: Round, *, search: str = "", status: str = "") -> QuerySet[Notice]:
    """One row for each person. `at`: when it stood in her panel; `mailed_at`, `mail_status`: her mail."""
    mails = Delivery.objects.filter(notice=OuterRef("pk"), channel=Channel.EMAIL)
    rows = Notice.objects.filter(kind=one.kind, key=one.notice_key).annotate(
        mail_status=Subquery(mails.values("status")[:1]),
        mailed_at=Subquery(mails.values("at")[:1]),
        mail_error=Subquery(mails.values("error")[:1]),
    )
    if search:
        rows = rows.filter(_matches(search))
    if status:
        rows = rows.filter(mail_status=status)
    return rows.select_related("recipient").order_by("recipient__email", "pk")


def counts(one: Round) -> dict[str, int]:
    """How many mails ended how, of one round."""
    mails = Delivery.objects.filter(notice__kind=one.kind, notice__key=one.notice_key, channel=Channel.EMAIL)
    found = dict(mails.values_list("status").annotate(number=Count("pk")))
    return {status: found.get(status, 0) for status in Delivered.values}


def _matches(search: str) -> Q:
    words = Q()
    for word in search.split()[:5]:
        words &= (
            Q(recipient__first_name__icontains=word)
            | Q(recipient__last_name__icontains=word)
            | Q(recipient__email__icontains=word)
        )
    return words


@dataclass(frozen=True)
class Ahead:
    """How far ahead the people of one planned window were told."""

    window: MaintenanceWindow
    people: int
    untold: int
    late_in_panel: int
    late_by_mail: int
    mailed: int
    not_mailed: int  # dead addresses, paused accounts: their panel has it
    is_on_its_way: bool

    @property
    def holds(self) -> bool:
        return not (self.untold or self.late_in_panel or self.late_by_mail)


def told_ahead(window: MaintenanceWindow) -> Ahead:
    """From the receipts of what told the times that held in the end. Three queries, however many people."""
    rounds = binding_rounds(window)
    first = (
        _notices_of(rounds)
        .filter(recipient__date_joined__lte=window.announced_at)
        .values("recipient")
        .annotate(first_shown=Min("at"), first_mail=Min("deliveries__at", filter=_HAS_LEFT))
    )
    latest = window.starts_at - NOTICE
    figures = first.aggregate(
        people=Count("recipient"),
        late_in_panel=Count("recipient", filter=Q(first_shown__gt=latest)),
        late_by_mail=Count("recipient", filter=Q(first_mail__gt=latest)),
        mailed=Count("recipient", filter=Q(first_mail__isnull=False)),
    )
    return Ahead(
        window,
        **figures,
        not_mailed=figures["people"] - figures["mailed"],
        untold=min((max(0, one.people - one.told) for one in rounds), default=0),
        is_on_its_way=any(one.finished_at is None for one in rounds) or _has_waiting_mails(rounds),
    )


def binding_rounds(window: MaintenanceWindow) -> list[Round]:
    """What told people the times that hold: the announcement, or the change that made 48 hours begin anew.

    Where a milder change stopped it, the round of that change told the others.
    """
    said = window.rounds.filter(event__in=(Event.ANNOUNCED, Event.CHANGED), at__gte=window.announced_at)
    rounds = list(said.select_related("window").order_by("at"))
    whole = next((place for place, one in enumerate(rounds) if not one.is_stopped), len(rounds))
    return rounds[: whole + 1]


def _has_waiting_mails(rounds: list[Round]) -> bool:
    notices = _notices_of(rounds).filter(retracted_at=None)
    return Delivery.objects.filter(notice__in=notices, status__in=WAITING).exists()


def _notices_of(rounds: list[Round]) -> QuerySet[Notice]:
    return Notice.objects.filter(
        kind__in={one.kind for one in rounds}, key__in=[one.notice_key for one in rounds]
    )


_HAS_LEFT = Q(deliveries__channel=Channel.EMAIL, deliveries__status__in=(Delivered.SENT, Delivered.UNKNOWN))
