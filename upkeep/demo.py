"""Demo maintenance: one window that is over, with its receipts, and one that is announced.

Everything of the first lies in the past, so no mail leaves for it; its receipts are made up like its people.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from notifications.categories import Channel
from notifications.models import Delivery
from notifications.states import Status as Delivered

from . import services
from .facts import Facts
from .models import Component, MaintenanceWindow
from .states import Effect

BY = "altyapi@ornek.test"
MAIL_TOOK = timedelta(seconds=40)

OVER = {
    "title": "Veritabanı yenilendi",
    "title_en": "New database",
    "text": "Kayıtları yeni bir veritabanı sürümüne taşıdık. Sayfalar okunur kaldı.",
    "text_en": "We moved the records to a new version of the database. Pages could be read.",
    "advice": "Yarım kalan formlarını önceden gönder.",
    "advice_en": "Send forms you have begun before.",
}
COMING = {
    "title": "Mağazanın diskleri büyüyor",
    "title_en": "Larger disks for the store",
    "text": "Fotoğrafları daha büyük disklere taşıyoruz. Ürünleri gezebilirsin; sepet ve sipariş bekler.",
    "text_en": "We move the photos to larger disks. You can look around; basket and orders wait.",
    "advice": "Sepetindekileri almak istiyorsan önceden al.",
    "advice_en": "If you want what is in your basket, buy it before.",
}


@transaction.atomic
def load() -> None:
    """Loading twice changes nothing."""
    if MaintenanceWindow.objects.exists():
        return
    now, by = timezone.now(), get_user_model().objects.filter(email=BY).first()
    _over(now, by)
    _announce("store", COMING, starts_at=_night(now + timedelta(days=6)), hours=1, by=by, now=now)


def _over(now: datetime, by: Any) -> None:
    start = _night(now - timedelta(days=5))
    announced_at = start - timedelta(days=4, hours=12)
    # The people of the demo have been here for longer than their database.
    people = get_user_model().objects.filter(email__endswith="@ornek.test", date_joined__gt=announced_at)
    people.update(date_joined=announced_at)
    window = _announce("panel", OVER, starts_at=start, hours=2, by=by, now=announced_at)
    for moment in (announced_at, start - timedelta(hours=24), start - timedelta(hours=1)):
        services.remind(now=moment)
        _tell(window, moment)
    services.keep_time(now=start)
    services.update(window=_fresh(window), by=by, now=start + timedelta(minutes=50), **HALF)
    services.keep_time(now=_end(window))
    _tell(window, _end(window))


HALF = {"text": "Taşıma bitti, denetimler sürüyor.", "text_en": "Everything is moved; checks are running."}


def _tell(window: MaintenanceWindow, at: datetime) -> None:
    """As the worker would have, with mails that left at once. Only of this window."""
    for one in window.rounds.open():
        while services.tell_next(round_id=one.pk, now=at):
            pass
        mails = Delivery.objects.filter(notice__key=one.notice_key, channel=Channel.EMAIL)
        mails.update(status=Delivered.SENT, at=at + MAIL_TOOK, due_at=at)


def _announce(
    part: str, words: dict[str, str], *, starts_at: datetime, hours: int, by: Any, now: datetime
) -> Any:
    facts = Facts(
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=hours),
        components=list(Component.objects.filter(key=part)),
        effect=Effect.READ_ONLY,
        **words,
    )
    window = services.draft(facts=facts, by=by, now=now)
    return services.announce(window=window, version=window.version, by=by, now=now)


def _night(moment: datetime) -> datetime:
    """Three in the morning of that day, when most people sleep."""
    return timezone.localtime(moment).replace(hour=3, minute=0, second=0, microsecond=0)


def _fresh(window: MaintenanceWindow) -> MaintenanceWindow:
    return MaintenanceWindow.objects.get(pk=window.pk)


def _end(window: MaintenanceWindow) -> datetime:
    assert window.ends_at  # noqa: S101
    return window.ends_at
