"""Bookings keep what the help page promises: modules, ways of paying, documents, refunds, rates.

Through the pages as the owner uses them, paid on the page of the bank across the street.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from django.utils.formats import number_format

from accounts.models import User
from booking.models import Booking, Offering
from booking.states import Status
from core import money, proofs
from finance import ledger, pricing
from finance.models import CommissionLine, Document, DocumentKind
from payments import services as payments
from payments.models import Attempt, GatewayEvent, OpenMethod, Payment, RefundPart
from payments.services import accounts
from payments.states import PaymentStatus, RefundStatus
from pets.models import Pet
from tests.payments import hosted
from tests.payments.bank import bank, bank_process  # noqa: F401
from tests.payments.things import fill_wallet

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
PAPERS, MODULES = "/panel/finans/belgeler/", "/panel/moduller/"
# what can be booked at a press → its module
OFFERED = {"Aşı": "appointment", "Online danışmanlık": "consultation"}
CARRIED = {"Şehir içi nakil": "transfer"}  # by quote


@dataclass
class Keeper:
    """Ayşe with her cat, her browser, and the bank she pays at."""

    user: User
    bank: Any
    client: Client = field(default_factory=lambda: Client(headers={"origin": "http://testserver"}))

    def hold(self, name: str = "Aşı") -> Booking:
        """Three presses: the service, a time ten days ahead, and the one that keeps it."""
        page = Offering.objects.get(name=name, business__name="Ihlamur Veteriner").get_absolute_url()
        pet = Pet.objects.kept_by(self.user).filter(species="cat").order_by("pk").first()
        week = (timezone.localdate() + 10 * DAY).isoformat()
        shown = self.client.get(page, {"hafta": week, "hayvan": str(pet.public_id)})
        slot = next(one for day in shown.context["choice"].days for one in day.slots)
        answer = self.client.post(
            page,
            {
                "saat": slot.starts.isoformat(),
                "hayvan": str(pet.public_id),
                "key": shown.context["key"],
            },
        )
        assert answer["Location"].startswith("/odeme/"), answer["Location"]
        return Booking.objects.filter(customer=self.user).latest("pk")

    def payment(self, booking: Booking) -> Payment:
        return Payment.objects.get(key=f"booking {booking.pk}")

    def pay(self, booking: Booking, **way: str) -> Any:
        return self.client.post(f"/odeme/{self.payment(booking).public_id}/", way)

    def paid(self, provider: str = "iyzico", name: str = "Aşı") -> tuple[Booking, Attempt]:
        booking = self.hold(name)
        self.pay(booking, method="card", card=provider)
        attempt = self.payment(booking).attempts.get()
        hosted.go_back(self.client, hosted.press(attempt))
        booking.refresh_from_db()
        attempt.refresh_from_db()
        assert booking.status == Status.CONFIRMED
        return booking, attempt

    def cancel(self, booking: Booking) -> None:
        """By the page, with the amount that it shows."""
        page = self.client.get(booking.url())
        shown = page.context["back"]
        assert shown == booking.paid, "so long ahead all of it goes back"
        assert self.client.post(f"{booking.url()}vazgec/", {"agreed": str(shown)}).status_code == 302


@pytest.fixture
def keeper(ayse, bank) -> Keeper:  # noqa: F811
    made = Keeper(ayse, bank)
    made.client.force_login(ayse)
    return made


def words(answer: Any) -> str:
    return BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True)


# --- Modüller -----------------------------------------------------------------------------


def test_each_module_of_bookings_opens_and_closes_its_own(client, ayse):
    """Diji.vet’te hangi modüller var? Switched off by the business, nothing of it can be booked."""
    for business, names in {"Ihlamur Veteriner": OFFERED, "Yoldaş Taşıma": CARRIED}.items():
        for name, module in names.items():
            check_switch(client, Offering.objects.get(name=name, business__name=business), module)


def check_switch(client, offering, module):
    page, switch = offering.get_absolute_url(), f"{offering.business.panel_url}moduller/"
    assert client.get(page).status_code == 200
    client.force_login(offering.business.memberships.owners().first().user)
    client.post(switch, {"module": module, "on": "0"})
    assert client.get(page).status_code == 404
    client.post(switch, {"module": module, "on": "1"})
    assert client.get(page).status_code == 200


def test_with_all_of_them_off_her_panel_has_no_bookings(client, ayse):
    client.force_login(ayse)
    assert client.get("/panel/randevular/").status_code == 200
    for module in ("appointment", "consultation", "transfer"):
        assert "/panel/randevular/" in client.get("/panel/").content.decode()
        client.post(MODULES, {"module": module, "on": "0"})
    assert "/panel/randevular/" not in client.get("/panel/").content.decode()
    assert client.get("/panel/randevular/").status_code == 404
    assert proofs.check("teams.modules_obeyed").state == "ok"


# --- Ödeme --------------------------------------------------------------------------------


@pytest.mark.parametrize("provider", ["iyzico", "paytr", "param"])
def test_a_booking_is_paid_once(keeper, bank, provider):  # noqa: F811
    """Hangi ödeme yöntemlerini destekliyorsunuz? Each message of the bank comes forty times."""
    booking, attempt = keeper.paid(provider)
    again = hosted.tell(bank, attempt, times=40)

    assert set(again) <= {200}
    assert [one["state"] for one in bank.payments(reference=attempt.reference)] == ["paid"]
    assert bank.total(provider) == booking.due == booking.paid == attempt.captured
    payment = keeper.payment(booking)
    assert payment.status == PaymentStatus.PAID
    assert CommissionLine.objects.filter(payment_item__payment=payment).count() == 1
    if again:
        assert GatewayEvent.objects.get(attempt=attempt).repeats == 39
    assert Booking.objects.get(pk=booking.pk).paid == booking.due


def test_a_closed_way_is_gone_and_a_slot_waits_for_no_transfer(keeper):
    booking = keeper.hold()
    page = f"/odeme/{keeper.payment(booking).public_id}/"
    assert "PayTR" in words(keeper.client.get(page))
    office = User.objects.get(email="yonetici@ornek.test")
    payments.set_way(way=OpenMethod.objects.get(provider="paytr"), is_open=False, by=office)
    assert "PayTR" not in words(keeper.client.get(page))
    assert keeper.pay(booking, method="card", card="paytr").status_code == 422
    assert keeper.pay(booking, method="transfer", transfer="transfer").status_code == 422


# --- Belgeler -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", OFFERED)
def test_each_charge_has_its_document_and_each_refund_its_note(keeper, name):
    """Faturalarımı nereden indiririm?"""
    booking, _attempt = keeper.paid(name=name)
    today = timezone.localdate()
    assert kinds_of(keeper, booking, today) == [DocumentKind.INVOICE]
    keeper.cancel(booking)
    assert kinds_of(keeper, booking, today) == [DocumentKind.CREDIT_NOTE, DocumentKind.INVOICE]
    assert kinds_of(keeper, booking, today - DAY) == []
    assert proofs.examine("finance.documents").state == "ok"


def kinds_of(keeper: Keeper, booking: Booking, day: Any) -> list[str]:
    """What the panel shows of this day for this booking; each opens as a PDF."""
    item = keeper.payment(booking).items.get()
    sale = Document.objects.filter(line__payment_item=item, kind=DocumentKind.INVOICE)
    own = {
        *sale.values_list("pk", flat=True),
        *Document.objects.filter(of__in=sale).values_list("pk", flat=True),
    }
    asked = {"donem": "aralik", "baslangic": str(day), "bitis": str(day)}
    rows = [row for row in keeper.client.get(PAPERS, asked).context["page"].rows if row.pk in own]
    for row in rows:
        assert keeper.client.get(f"{PAPERS}{row.public_id}.pdf").content.startswith(b"%PDF")
    return sorted(row.kind for row in rows)


# --- İade ---------------------------------------------------------------------------------


@pytest.mark.parametrize("provider", ["iyzico", "paytr", "param"])
def test_a_cancelled_booking_is_paid_back_on_its_day_by_its_way(keeper, bank, provider):  # noqa: F811
    """İade süreci nasıl işliyor? Cancelled at ten to midnight, on the day it was paid."""
    with time_machine.travel(late_evening(), tick=True):
        booking, attempt = keeper.paid(provider)
        keeper.cancel(booking)
        payments.send_due(now=timezone.now())
        part = RefundPart.objects.get(attempt=attempt)
        assert (part.status, timezone.localdate(part.submitted_at)) == (
            RefundStatus.SUCCEEDED,
            late_evening().date(),
        )
        assert bank.total(provider) == 0
        booking.refresh_from_db()
        assert (booking.status, booking.refunded) == (Status.CANCELLED, booking.paid)
        assert proofs.examine("payments.refund_same_day").state == proofs.State.OK
        assert proofs.examine("payments.nothing_left_over").state == proofs.State.OK


def test_what_the_wallet_paid_is_back_at_once(keeper):
    fill_wallet(keeper.user, "5000", timezone.now())
    before = ledger.balance(accounts.wallet(keeper.user))
    booking = keeper.hold()
    keeper.pay(booking, use_wallet="on")
    booking.refresh_from_db()
    assert (booking.status, booking.paid) == (Status.CONFIRMED, booking.due)
    assert ledger.balance(accounts.wallet(keeper.user)) == before - booking.due
    keeper.cancel(booking)
    assert ledger.balance(accounts.wallet(keeper.user)) == before


def test_a_bank_that_does_not_answer_gives_it_to_a_person_the_same_day(keeper, bank):  # noqa: F811
    with time_machine.travel(late_evening(), tick=True):
        booking, attempt = keeper.paid()
        bank.trouble("500", times=20)
        keeper.cancel(booking)
        payments.send_due(now=timezone.now())
        payments.watch(now=timezone.now())
        part = RefundPart.objects.get(attempt=attempt)
        assert timezone.localdate(part.with_person_at) == late_evening().date()
    assert bank.total("iyzico") == booking.due


def late_evening() -> datetime:
    return timezone.localtime().replace(hour=23, minute=50, second=0, microsecond=0)


# --- Komisyon -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", OFFERED)
def test_the_rate_that_is_shown_is_the_one_that_is_kept(keeper, name):
    """Komisyon oranları neler? Of the module the service belongs to."""
    booking, _attempt = keeper.paid(name=name)
    business, module = booking.business, OFFERED[name]
    shown = pricing.table(business=business, day=timezone.localdate()).row(module)
    line = CommissionLine.objects.get(payment_item__payment=keeper.payment(booking), of=None)
    assert (line.module, line.percent, line.rate) == (module, shown.percent, shown.rate)
    assert line.commission == money.lira(line.gross * shown.percent / 100)
    assert line.gross == booking.due == Decimal(booking.price)
    owner = Client()
    owner.force_login(business.memberships.owners().first().user)
    page = f"/isletme/{business.slug}/finans/ucretlendirme/"
    assert f"%{number_format(shown.percent.normalize())}" in words(owner.get(page))
