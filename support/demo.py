"""A handful of tickets of the demo people, dated backwards from now, and a desk that answers them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from teams.models import Business

from .models import AnswerTemplate, OnCallShift, Ticket
from .services import ending, opening, sorting, talking
from .states import Queue, Status

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)

# (hours ago, minutes until the answer, who, queue, subject, words, score)
DONE = [
    (50, 22, "ayse", Queue.FINANCE, "Havalem görünmüyor", "Dün havale yaptım, sipariş hâlâ bekliyor.", 5),
    (76, 41, "kadir", Queue.TECHNICAL, "Saatlerim kaydolmuyor", "Pazartesiyi ekliyorum, geri geliyor.", 4),
    (98, 190, "bora", Queue.GENERAL, "Logomu nereye koyarım?", "Profilde resim yeri bulamadım.", 4),
    (130, 65, "otel", Queue.ACCOUNT, "Telefonum değişti", "Eski numarama kod gidiyor.", 5),
    (190, 12, "ayse", Queue.EMERGENCY, "Kedim nefes alamıyor", "Yakında açık klinik göremedim.", 5),
    (
        240,
        320,
        "tasiyici",
        Queue.INTEGRATION,
        "Araç takip sistemim",
        "Kendi yazılımımı bağlamak istiyorum.",
        3,
    ),
]
TEMPLATES = [
    (
        "Selam ve ilk bakış",
        "Merhaba {name},\n\n{reference} numaralı talebine bakıyorum. Birazdan buradan yazarım.",
        "",
    ),
    (
        "Havale kodu",
        "Merhaba {name},\n\nHavalenin açıklamasında sipariş kodun var mı? Kodu buraya yaz.",
        "finance",
    ),
    ("Acil: kliniği ara", "{name}, bekleme: sayfadaki açık kliniği hemen ara. Ben buradayım.", "emergency"),
]


@transaction.atomic
def load() -> None:
    if Ticket.objects.exists():
        return
    people = {user.email.partition("@")[0]: user for user in get_user_model().objects.all()}
    agent, now = people["destek"], timezone.now()
    AnswerTemplate.objects.bulk_create(
        AnswerTemplate(title=title, text=text, queue=queue) for title, text, queue in TEMPLATES
    )
    OnCallShift.objects.create(user=agent, starts_at=now - 12 * HOUR, ends_at=now + timedelta(days=30))
    for hours, minutes, name, queue, subject, words, score in DONE:
        _done(people[name], agent, now - hours * HOUR, minutes, queue, subject, words, score)
    _open(people, agent, now)


def _done(
    who: Any, agent: Any, at: datetime, minutes: int, queue: str, subject: str, words: str, score: int
) -> None:
    ticket = _ticket(who, at, queue, subject, words)
    after = at + minutes * MINUTE
    answer = "Merhaba, baktım ve düzelttim. Bir daha olursa bu iletiyi yanıtla."
    talking.answer(ticket=ticket, words=answer, by=agent, then=Status.SOLVED, now=after)
    ending.rate(ticket=ticket, score=score, comment="", by=who, now=after + HOUR)


def _open(people: dict[str, Any], agent: Any, now: datetime) -> None:
    """What the desk finds in the morning: an emergency, one near its promise, one that waits for them."""
    _ticket(
        people["ayse"],
        now - 9 * MINUTE,
        Queue.EMERGENCY,
        "Köpeğim çikolata yedi",
        "Zeytin yarım paket bitter çikolata yedi, titriyor.",
        province="34",
        district="Beşiktaş",
    )
    near = _ticket(
        people["kadir"],
        now - 200 * MINUTE,
        Queue.FINANCE,
        "Faturam iki kez kesilmiş",
        "Kasım faturası iki tane.",
    )
    sorting.assign(ticket=near, to=agent, by=agent, now=now - 180 * MINUTE)
    clinic = Business.objects.get(name="Ihlamur Veteriner")
    waiting = _ticket(
        people["bora"],
        now - 20 * HOUR,
        Queue.TECHNICAL,
        "Takvim iki kez görünüyor",
        "Elif’in takvimi çift.",
        business=clinic,
    )
    question = "Merhaba, hangi tarayıcıyla baktığını yazar mısın?"
    talking.answer(ticket=waiting, words=question, by=agent, then=Status.WAITING, now=now - 19 * HOUR)
    talking.note(
        ticket=waiting, words="Aynı hata geçen hafta Safari’de vardı.", by=agent, now=now - 19 * HOUR
    )
    opening.open_ticket(
        subject="Kayıt olmadan sipariş verebilir miyim?",
        words="Üyelik açmadan alışveriş yapmak istiyorum.",
        queue=Queue.GENERAL,
        by=None,
        guest_name="Nil",
        guest_email="nil@ornek.test",
        locale="tr",
        source="? üyeliksiz sipariş",
        now=now - 2 * HOUR,
        is_silent=True,
    )


def _ticket(who: Any, at: datetime, queue: str, subject: str, words: str, **facts: Any) -> Ticket:
    """Without receipts and pages: nobody asked just now."""
    return opening.open_ticket(
        subject=subject, words=words, queue=queue, by=who, locale="tr", now=at, is_silent=True, **facts
    )
