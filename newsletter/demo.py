"""The demo newsletter: a few readers, one issue that was sent, one that waits for its release."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from core.audiences import Audience

from . import consent, services
from .models import Delivery, Evidence, EvidenceKind, Issue, SenderDetails, Subscription
from .services import assembling, iys
from .states import DeliveryStatus, IssueStatus

AUTHOR, RELEASER = "yazar@ornek.test", "editor@ornek.test"
READERS: list[tuple[str, str, list[str]]] = [
    ("ayse@ornek.test", "tr", [Audience.OWNER]),
    ("bora@ornek.test", "tr", list(Audience.values)),
    ("kadir@ornek.test", "tr", [Audience.PARTNER]),
    ("okur.derin@ornek.test", "tr", [Audience.OWNER]),
    ("reader.ivy@ornek.test", "en", [Audience.OWNER, Audience.CLINIC]),
]
WAITING = "bekleyen.sena@ornek.test"
INTRO = {
    "intro_tr": "Geçen ay Diji.vet’te değişenler, kısaca.\nBir yanıtın altında kanıt mührü görürsen ona bas: "
    "son denetimin sonucu orada yazar.",
    "intro_en": "What changed at Diji.vet last month, in short.\nWhere an answer wears a seal, press it: the "
    "result of the last check stands there.",
}


@transaction.atomic
def load() -> None:
    if Issue.objects.exists():
        return
    now = timezone.now()
    _sender()
    readers = [_reader(*facts, at=now - timedelta(days=70)) for facts in READERS]
    where = services.Where(source="/bulten/", locale="tr")
    services.ask(email=WAITING, audiences=Audience.values, where=where, now=now)
    _waiting(_issue(now), now)
    _sent(_issue(now - timedelta(days=32)), readers)


def _sender() -> None:
    row = SenderDetails.load()
    row.trade_name, row.mersis = "Diji.vet Örnek Anonim Şirketi", "0000000000000000"
    row.address, row.email = "Moda Cad. 42, Kadıköy, İstanbul", "bulten@ornek.test"
    row.save()


def _reader(email: str, locale: str, audiences: list[str], *, at: datetime) -> Subscription:
    """Confirmed long ago; the worker tells İYS when it runs."""
    row = Subscription.objects.create(
        email=email, locale=locale, audiences=audiences, status="active", asked_at=at, confirmed_at=at
    )
    text = consent.version(locale, now=at)
    for kind in (EvidenceKind.ASKED, EvidenceKind.CONFIRMED):
        Evidence.objects.create(
            subscription=row, kind=kind, at=at, source="/bulten/", locale=locale, text=text
        )
    iys.note(row, "ONAY", timezone.now())
    return row


def _issue(now: datetime) -> Issue:
    """That of the month before. The demo's posts are of these weeks, so an older month borrows from them."""
    month = assembling.month_before(timezone.localdate(now))
    issue = services.assemble(now=now) or Issue.objects.get(month=month)
    _fill(issue)
    texts = {"subject_tr": issue.subject_tr, "subject_en": issue.subject_en, **INTRO}
    return services.edit(issue=issue, texts=texts, order=[], dropped=set(), by=None)


def _fill(issue: Issue) -> None:
    from blog.queries import visible

    if not issue.items.exists():
        for place, post in enumerate(visible("tr").order_by("-first_published_at")[:4], start=1):
            issue.items.create(key=post.translation_key, position=place, audiences=post.audiences)


def _waiting(issue: Issue, now: datetime) -> None:
    if issue.items.exists():
        services.submit(issue=issue, by=_person(AUTHOR), now=now)


def _sent(issue: Issue, readers: list[Subscription]) -> None:
    """As if it had left at the beginning of its month."""
    if not issue.items.exists():
        return
    at = issue.assembled_at
    services.submit(issue=issue, by=_person(AUTHOR), now=at)
    facts: dict[str, Any] = {"released_by": _person(RELEASER), "released_at": at, "finished_at": at}
    Issue.objects.filter(pk=issue.pk).update(status=IssueStatus.SENT, **facts)
    Delivery.objects.bulk_create(
        Delivery(
            issue=issue,
            subscription=row,
            status=DeliveryStatus.SENT,
            due_at=at,
            claimed_at=at,
            at=at,
            tries=1,
        )
        for row in readers
    )


def _person(email: str) -> Any:
    return get_user_model().objects.get(email=email)
