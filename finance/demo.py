"""Demo documents: what Ayşe paid in the last weeks, and what her clinic issued."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from teams.models import Business

from . import documents
from .models import Document, DocumentKind
from .sold import Sold

# Days ago, who sold, what, price, VAT.
SALES = [
    (58, "Ihlamur Veteriner", "Muayene · Pamuk", "900", "10"),
    (51, "Köpük Kuaför", "Banyo ve tırnak · Pamuk", "650", "20"),
    (44, "Ihlamur Veteriner", "Karma aşı · Pamuk", "780", "10"),
    (37, "Mavi Pati Otel", "Konaklama, üç gece · Pamuk", "2700", "20"),
    (30, "Ihlamur Veteriner", "Kan tahlili · Pamuk", "1349", "10"),
    (23, "Ihlamur Veteriner", "Diş taşı temizliği · Pamuk", "4200", "10"),
    (16, "Köpük Kuaför", "Tüy bakımı · Pamuk", "520", "20"),
    (9, "Ihlamur Veteriner", "Kontrol · Pamuk", "450", "10"),
    (2, "Ihlamur Veteriner", "Online danışma · Pamuk", "520", "20"),
]
GIVEN_BACK = {9: Decimal(450), 37: Decimal(900)}


@transaction.atomic
def load() -> None:
    if Document.objects.filter(key__startswith="demo ").exists():
        return
    ayse, noon = get_user_model().objects.get(email="ayse@ornek.test"), _noon()
    for days, seller, text, price, percent in SALES:
        at = noon - timedelta(days=days)
        sold = _sell(ayse, seller, Sold(text, Decimal(price), Decimal(percent)), days, at)
        if days in GIVEN_BACK:
            key, later = f"demo refund {days}", at + timedelta(hours=3)
            documents.issue_credit(
                key=key, of=sold, amount=GIVEN_BACK[days], now=later, reason="İptal edildi"
            )


def _sell(ayse: object, seller: str, sold: Sold, days: int, at: datetime) -> Document:
    return documents.issue_sale(
        key=f"demo sale {days}",
        kind=DocumentKind.INVOICE,
        issuer=Business.objects.get(name=seller),
        buyer=ayse,
        sold=[sold],
        now=at,
        reference=f"D-{1000 - days}",
        paid_with="Kart",
    )


def _noon() -> datetime:
    return timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)
