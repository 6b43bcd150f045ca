"""Reads: what belongs into an issue, how far it is, what waits, whom İYS knows."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from blog.models import Announcement, Channel, PostPage
from blog.queries import visible

from .models import Delivery, Issue, IssueItem, IysChange, IysReport, Subscription
from .states import DeliveryStatus, IssueStatus, PushStatus, SubscriptionStatus

SOURCE = "tr"  # the language in which a post is written first


def span_of(month: date) -> tuple[datetime, datetime]:
    """The first moment of the month and of the next, in Istanbul."""
    following = (month + timedelta(days=31)).replace(day=1)
    first, last = (datetime.combine(day, time()) for day in (month, following))
    return timezone.make_aware(first), timezone.make_aware(last)


def posts_of(month: date) -> list[PostPage]:
    """What was told or published that month and still holds, official announcements first.

    An announcement whose editor chose channels goes only there; without a choice it goes everywhere.
    """
    inside = span_of(month)
    told = Q(announcement__at__gte=inside[0], announcement__at__lt=inside[1], announcement__retracted_at=None)
    meant = Q(channels=[]) | Q(channels__contains=[Channel.NEWSLETTER])
    written = Q(official=False, first_published_at__gte=inside[0], first_published_at__lt=inside[1])
    found = visible(SOURCE).filter((told & meant) | written)
    return list(found.order_by("-official", "first_published_at", "pk"))


@dataclass(frozen=True)
class Piece:
    """A part of an issue as a reader of one language gets it. `lang` differs without a translation."""

    key: uuid.UUID
    title: str
    summary: str
    url: str
    lang: str

    @property
    def address(self) -> str:
        """Whole, as a mail needs it."""
        return settings.BASE_URL + self.url if self.url.startswith("/") else self.url


Words = dict[str, dict[str, str]]


def live_words(keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, Words]:
    """By post: its words in each language, only of what is public and not retracted. Two queries."""
    keys = list(keys)
    gone = set(retracted(keys))
    pages = (
        PostPage.objects.live().public().filter(translation_key__in=keys).exclude(translation_key__in=gone)
    )
    found: dict[uuid.UUID, Words] = {}
    for page in pages.select_related("locale").defer_streamfields():
        words = {"title": page.title, "summary": page.summary, "url": page.url or ""}
        found.setdefault(page.translation_key, {})[page.locale.language_code] = words
    return {key: words for key, words in found.items() if SOURCE in words}


def retracted(keys: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    rows = Announcement.objects.filter(post__translation_key__in=list(keys), retracted_at__isnull=False)
    return list(rows.values_list("post__translation_key", flat=True))


def items_of(issue: Issue) -> list[IssueItem]:
    """What stands in it, with the words as they are now where they are not fixed yet.

    Each has `is_gone`: taken down or retracted since it was chosen.
    """
    items: list[Any] = list(issue.items.all())
    live = live_words(item.key for item in items)
    for item in items:
        item.is_gone = item.key not in live
        item.words = item.words or live.get(item.key, {})
    return items


def pieces(items: Iterable[Any], locale: str, audiences: Iterable[str] | None = None) -> list[Piece]:
    """What a reader of this language and these audiences gets of them; no audiences: everything."""
    wanted = None if audiences is None else set(audiences)
    return [
        _piece(item, locale)
        for item in items
        if not item.is_dropped
        and not item.is_gone
        and item.words
        and (wanted is None or not item.audiences or wanted & set(item.audiences))
    ]


def _piece(item: IssueItem, locale: str) -> Piece:
    lang = locale if locale in item.words else SOURCE
    return Piece(key=item.key, lang=lang, **item.words[lang])


@dataclass(frozen=True)
class Progress:
    sent: int
    failed: int
    withheld: int
    unknown: int
    remaining: int

    @property
    def all(self) -> int:
        return self.sent + self.failed + self.withheld + self.unknown + self.remaining

    @property
    def percent(self) -> int:
        return 100 if not self.all else (self.all - self.remaining) * 100 // self.all


def progress(issue: Issue) -> Progress:
    found = dict(issue.deliveries.values_list("status").annotate(Count("pk")).order_by())
    count = {status: found.get(status, 0) for status in DeliveryStatus.values}
    return Progress(
        sent=count["sent"],
        failed=count["failed"],
        withheld=count["withheld"],
        unknown=count["unknown"],
        remaining=count["waiting"] + count["claimed"],
    )


def troubles(issue: Issue) -> QuerySet[Delivery]:
    """What did not go as it should, with the reason."""
    wrong = [DeliveryStatus.FAILED, DeliveryStatus.UNKNOWN, DeliveryStatus.WITHHELD]
    late = Q(status=DeliveryStatus.WAITING) & ~Q(error="")
    found = issue.deliveries.filter(Q(status__in=wrong) | late)
    return found.select_related("subscription").order_by("-status", "-at", "pk")


def unknown_issues() -> QuerySet[Issue]:
    return Issue.objects.filter(deliveries__status=DeliveryStatus.UNKNOWN).distinct()


def released_before(issue: Issue) -> bool:
    return issue.status in (IssueStatus.SENDING, IssueStatus.PAUSED, IssueStatus.SENT)


def subscription_of(user: Any) -> Subscription | None:
    """That of her own proven address."""
    return Subscription.objects.filter(email=user.email).first()


def readers() -> dict[str, int]:
    found = dict(Subscription.objects.values_list("status").annotate(Count("pk")).order_by())
    return {status: found.get(status, 0) for status in SubscriptionStatus.values}


@dataclass(frozen=True)
class IysView:
    pending: int
    late: int
    failed: int
    last: IysReport | None

    @property
    def is_well(self) -> bool:
        return not (self.late or self.failed or (self.last and self.last.differences))


def iys_view(now: datetime) -> IysView:
    changes = IysChange.objects
    return IysView(
        pending=changes.filter(status=PushStatus.PENDING).count(),
        late=changes.all().late(now).count(),
        failed=changes.filter(status=PushStatus.FAILED).count(),
        last=IysReport.objects.order_by("-day").first(),
    )
