"""Readers and issues, as small as they may be."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core import mail as outbox
from django.utils import timezone

from core import journal
from core.audiences import Audience
from newsletter import services
from newsletter.models import Issue, SenderDetails, Subscription

PAGE = services.Where(source="/bulten/", locale="tr", ip="203.0.113.7")
WORDS = {"tr": {"title": "Takvim açıldı", "summary": "Kısaca.", "url": "/blog/takvim/"}}


def asked(email: str, *, now: datetime | None = None, **fields: Any) -> Subscription:
    where = services.Where(source="/bulten/", locale=fields.pop("locale", "tr"), ip="203.0.113.7")
    audiences = fields.pop("audiences", Audience.values)
    row = services.ask(email=email, audiences=audiences, where=where, now=now or timezone.now())
    assert row is not None
    return row


def token_in(text: str) -> str:
    return text.split("/bulten/onay/")[1].split("/")[0]


def token_of(row: Subscription) -> str:
    """From the mail, as its reader has it."""
    from core.models import Mail

    sent = Mail.objects.filter(to=row.email, template="newsletter/confirm").latest("pk")
    return token_in(sent.text)


def reader(email: str, *, in_iys: bool = True, now: datetime | None = None, **fields: Any) -> Subscription:
    """Confirmed, the real way; İYS has the approval unless the test says otherwise."""
    row = asked(email, now=now, **fields)
    row = services.confirm(token=token_of(row), where=PAGE, now=now or timezone.now())
    if in_iys:
        Subscription.objects.filter(pk=row.pk).update(iys_at=now or timezone.now())
        row.iys_changes.update(status="pushed", pushed_at=now or timezone.now())
        row.refresh_from_db()
    return row


def readers(count: int) -> list[Subscription]:
    """Many at once, without their story."""
    now = timezone.now()
    return Subscription.objects.bulk_create(
        Subscription(
            email=f"okur{number}@ornek.test", status="active", asked_at=now, confirmed_at=now, iys_at=now
        )
        for number in range(count)
    )


def sender() -> SenderDetails:
    row = SenderDetails.load()
    row.trade_name, row.mersis = "Diji Veteriner Teknolojileri A.Ş.", "0123456789012345"
    row.address, row.email = "Moda Cad. 42, Kadıköy, İstanbul", "bulten@ornek.test"
    row.save()
    return row


def issue(*posts: Any, month: date = date(2026, 5, 1), **fields: Any) -> Issue:
    """A draft with these posts in it."""
    texts = {"subject_tr": "Mayıs ayında Diji.vet", "subject_en": "Diji.vet in May"}
    row = Issue.objects.create(month=month, assembled_at=timezone.now(), **{**texts, **fields})
    for place, post in enumerate(posts, start=1):
        row.items.create(key=post.translation_key, position=place, audiences=post.audiences)
    return row


def released(row: Issue, *, author: Any, releaser: Any, now: datetime | None = None) -> Issue:
    sender()
    at = now or timezone.now()
    row = services.submit(issue=row, by=author, now=at)
    return services.release(issue=row, version=row.version, by=releaser, now=at)


def send_all(now: datetime | None = None) -> list:
    """Until nothing is due. Returns the mails that left, newsletters only."""
    services.send_batch(clock=lambda: now or timezone.now())
    return letters()


def letters() -> list:
    return [mail for mail in outbox.outbox if "List-Id" in mail.extra_headers]


def leave_queue() -> None:
    while journal.sweep():
        pass
