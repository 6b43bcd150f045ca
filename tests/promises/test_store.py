"""The store keeps what the help page promises of money: an order of two sellers, from basket to statement.

Paid on the page of the bank across the street, by HTTP; refunds and commission of the same order follow.
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
from oscar.core.loading import get_model

from accounts.models import User
from commerce.states import OrderStatus, ParcelStatus
from core import money, proofs
from finance import ledger, pricing
from finance.documents import summaries
from finance.models import CommissionLine, Document, DocumentKind
from payments import services as payments
from payments.models import Attempt, GatewayEvent, OpenMethod, Payment, RefundPart
from payments.services import accounts
from payments.states import PaymentStatus, RefundStatus
from tests.payments import hosted
from tests.payments.bank import bank, bank_process  # noqa: F401

pytestmark = pytest.mark.django_db
Order = get_model("order", "Order")
StockRecord = get_model("partner", "StockRecord")

DAY = timedelta(days=1)
BASKET, DELIVERY, PAY = "/magaza/sepet/", "/magaza/odeme/", "/magaza/odeme/onay/"
PAPERS = "/panel/finans/belgeler/"
SELLERS = ("Işık Pet Market", "Çınar Mama")
HOME = {
    "name": "Ayşe Yıldız",
    "province": "34",
    "district": "Beşiktaş",
    "neighbourhood": "Sinanpaşa",
    "street": "Ihlamurdere Caddesi",
    "building": "118",
    "door": "4",
    "postcode": "34353",
}


@dataclass
class Shopper:
    """Ayşe with her browser, and the bank she pays at."""

    user: User
    bank: Any
    client: Client = field(default_factory=lambda: Client(headers={"origin": "http://testserver"}))

    def fill(self) -> None:
        """Two pieces of the first seller, one of the other."""
        for name, pieces in zip(SELLERS, (2, 1), strict=True):
            rows = StockRecord.objects.filter(
                partner__name=name, num_in_stock__gt=20, product__structure="standalone"
            )
            tag = rows.filter(product__is_public=True).order_by("pk").first()
            self.client.post(f"{BASKET}ekle/{tag.product_id}/", {"quantity": pieces})

    def to_pay(self) -> Any:
        typed = {"name": HOME["name"], "phone": "0532 123 45 67", "address": "new", "invoice": "same"}
        typed |= {f"ship_{name}": value for name, value in HOME.items()}
        self.client.post(DELIVERY, typed)
        return self.client.get(PAY)

    def order(self, provider: str = "iyzico") -> tuple[Any, Attempt]:
        """Placed by the press that leads to the page of the bank."""
        page = self.to_pay()
        given = {name: page.context[name] for name in ("agreed", "key")}
        given |= {"informed": "on", "accepted": "on", "method": "card", "card": provider}
        answer = self.client.post(PAY, given)
        made = Order.objects.filter(user=self.user).latest("pk")
        attempt = Attempt.objects.get(payment__items__payable_id=made.parcels.first().pk, provider=provider)
        assert answer["Location"] == f"/odeme/{attempt.payment.public_id}/sayfa/"
        return made, attempt

    def paid(self, provider: str = "iyzico") -> tuple[Any, Attempt]:
        self.fill()
        made, attempt = self.order(provider)
        hosted.go_back(self.client, hosted.press(attempt))
        made.refresh_from_db()
        attempt.refresh_from_db()
        assert made.status == OrderStatus.PAID
        return made, attempt

    def call_off(self, parcel: Any) -> None:
        """All of a parcel, by the page: first the amount is shown, then it is confirmed."""
        where = f"/panel/siparisler/{parcel.order.number}/{parcel.position}/iptal/"
        form = self.client.get(where).context["form"]
        wish = {"key": str(form.initial["key"])}
        wish |= {f"line_{line.pk}": line.quantity for line in parcel.lines.all()}
        shown = self.client.post(where, wish).context["plan"]
        assert shown.amount == parcel.total
        assert self.client.post(where, wish | {"amount": str(shown.amount)}).status_code == 302


@pytest.fixture
def shopper(ayse, bank) -> Shopper:  # noqa: F811
    made = Shopper(ayse, bank)
    made.client.force_login(ayse)
    return made


def words(answer: Any) -> str:
    return BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True)


# --- Ödeme --------------------------------------------------------------------------------


@pytest.mark.parametrize("provider", ["iyzico", "paytr", "param"])
def test_an_order_of_two_sellers_is_paid_once(shopper, bank, provider):  # noqa: F811
    """Hangi ödeme yöntemlerini destekliyorsunuz? One charge, one payment, a parcel for each seller."""
    order, attempt = shopper.paid(provider)
    again = hosted.tell(bank, attempt, times=40)

    assert set(again) <= {200}
    assert [one["state"] for one in bank.payments(reference=attempt.reference)] == ["paid"]
    assert bank.total(provider) == order.total_incl_tax == attempt.captured
    parcels = list(order.parcels.all())
    assert {one.status for one in parcels} == {ParcelStatus.NEW}
    assert {one.business.name for one in parcels} == set(SELLERS)
    payment = Payment.objects.get(pk=attempt.payment_id)
    assert (payment.status, payment.items.count()) == (PaymentStatus.PAID, 2)
    assert CommissionLine.objects.filter(payment_item__payment=payment).count() == 2
    if again:
        assert GatewayEvent.objects.get(attempt=attempt).repeats == 39


def test_a_closed_way_is_gone_from_the_store_too(shopper):
    shopper.fill()
    assert "PayTR" in words(shopper.to_pay())
    way = OpenMethod.objects.get(provider="paytr")
    payments.set_way(way=way, is_open=False, by=User.objects.get(email="yonetici@ornek.test"))
    page = shopper.to_pay()
    assert "PayTR" not in words(page)
    assert "iyzico" in words(page)
    given = {name: page.context[name] for name in ("agreed", "key")}
    given |= {"informed": "on", "accepted": "on", "method": "card", "card": "paytr"}
    before = Order.objects.count()
    assert shopper.client.post(PAY, given).status_code == 422
    assert Order.objects.count() == before


def test_the_checkout_takes_no_card(shopper):
    """Only the page of the bank asks for it."""
    shopper.fill()
    for page in (shopper.client.get(DELIVERY), shopper.to_pay()):
        form = BeautifulSoup(page.content, "html.parser")
        fields = form.select("main input, main select, main textarea")
        found = [one for one in fields if str(one.get("autocomplete", "")).startswith("cc-")]
        typed = [
            one.get("name", "") for one in fields if one.get("type", "text") in ("text", "tel", "number")
        ]
        assert not found
        assert not [name for name in typed if "card" in name or "cvv" in name or "cvc" in name]


# --- Belgeler -----------------------------------------------------------------------------


def test_each_seller_gives_one_document_and_each_refund_one_note(shopper):
    """Faturalarımı nereden indiririm? By range of days, as PDF, in the owner's panel."""
    order, _attempt = shopper.paid()
    today = timezone.localdate()
    assert kinds_of(shopper, order, today) == {DocumentKind.INVOICE: 2}

    first = order.parcels.first()
    shopper.call_off(first)
    found = kinds_of(shopper, order, today)
    assert found == {DocumentKind.INVOICE: 2, DocumentKind.CREDIT_NOTE: 1}
    note = Document.objects.get(kind=DocumentKind.CREDIT_NOTE, of__line__payment_item__payable_id=first.pk)
    assert note.gross == first.total
    assert kinds_of(shopper, order, today - timedelta(days=1)) == {}
    assert proofs.examine("finance.documents").state == "ok"


def kinds_of(shopper: Shopper, order: Any, day: Any) -> dict[str, int]:
    """What the panel shows of this day for this order; each opens as a PDF that names its amount."""
    answer = shopper.client.get(PAPERS, {"donem": "aralik", "baslangic": str(day), "bitis": str(day)})
    own = set(documents_of(order))
    found: dict[str, int] = {}
    for row in answer.context["page"].rows:
        if row.pk not in own:
            continue
        found[row.kind] = found.get(row.kind, 0) + 1
        pdf = shopper.client.get(f"{PAPERS}{row.public_id}.pdf")
        assert pdf.content.startswith(b"%PDF")
        assert row.number in words(answer)
    return found


def documents_of(order: Any) -> list[int]:
    parcels = list(order.parcels.values_list("pk", flat=True))
    sales = Document.objects.filter(line__payment_item__payable_id__in=parcels, kind=DocumentKind.INVOICE)
    notes = Document.objects.filter(of__in=sales)
    return [*sales.values_list("pk", flat=True), *notes.values_list("pk", flat=True)]


# --- İade ---------------------------------------------------------------------------------


@pytest.mark.parametrize("provider", ["iyzico", "paytr"])
def test_what_is_called_off_goes_back_on_its_day_by_its_way(shopper, bank, provider):  # noqa: F811
    """İade süreci nasıl işliyor? At ten to midnight of the day of the order."""
    with time_machine.travel(late_evening(), tick=True):
        order, attempt = shopper.paid(provider)
        check_refunds(shopper, order, attempt)


@pytest.mark.parametrize("provider", ["iyzico", "paytr", "param"])
def test_what_is_called_off_later_goes_back_on_the_day_of_the_press(shopper, bank, provider):  # noqa: F811
    order, attempt = shopper.paid(provider)
    bank.clock(DAY.total_seconds())
    with time_machine.travel(late_evening() + DAY, tick=True):
        check_refunds(shopper, order, attempt)


def check_refunds(shopper: Shopper, order: Any, attempt: Attempt) -> None:
    """One seller's share, then the other's: the bank's book agrees to the kuruş each time."""
    bank, today = shopper.bank, timezone.localdate()  # noqa: F811
    first, second = order.parcels.order_by("position")
    wallet = ledger.balance(accounts.wallet(shopper.user))
    shopper.call_off(first)
    payments.send_due(now=timezone.now())

    part = RefundPart.objects.get(attempt=attempt)
    assert (part.status, timezone.localdate(part.submitted_at)) == (RefundStatus.SUCCEEDED, today)
    assert [Decimal(one["amount"]) for one in bank.refunds()] == [first.total]
    assert bank.total(attempt.provider) == second.total
    assert ledger.balance(accounts.wallet(shopper.user)) == wallet
    first.refresh_from_db()
    assert (first.status, first.refunded) == (ParcelStatus.CANCELLED, first.total)
    assert proofs.examine("payments.refund_same_day").state == proofs.State.OK

    shopper.call_off(second)
    payments.send_due(now=timezone.now())
    assert bank.total(attempt.provider) == 0
    order.refresh_from_db()
    assert order.status == OrderStatus.CANCELLED
    assert proofs.examine("payments.nothing_left_over").state == proofs.State.OK


def test_a_part_that_param_takes_only_tomorrow_is_seen_by_a_person_today(shopper, bank):  # noqa: F811
    """Param gives back no part of a payment on its own day: tried at once, told, and sent the next day."""
    with time_machine.travel(late_evening(), tick=True):
        order, attempt = shopper.paid("param")
        first = order.parcels.order_by("position").first()
        shopper.call_off(first)
        payments.send_due(now=timezone.now())
        payments.watch(now=timezone.now())
        part = RefundPart.objects.get(attempt=attempt)
        today = late_evening().date()
        assert timezone.localdate(part.submitted_at) == timezone.localdate(part.with_person_at) == today
        assert bank.total("param") == order.total_incl_tax
    bank.clock(DAY.total_seconds())
    with time_machine.travel(late_evening() + timedelta(hours=9), tick=True):
        payments.send_due(now=timezone.now())
        assert bank.total("param") == order.total_incl_tax - first.total


def test_what_the_wallet_paid_is_back_at_once(shopper):
    fill_purse(shopper.user)
    shopper.fill()
    page = shopper.to_pay()
    before = ledger.balance(accounts.wallet(shopper.user))
    given = {name: page.context[name] for name in ("agreed", "key")}
    shopper.client.post(PAY, given | {"informed": "on", "accepted": "on", "use_wallet": "on"})
    order = Order.objects.filter(user=shopper.user).latest("pk")
    assert order.status == OrderStatus.PAID
    assert ledger.balance(accounts.wallet(shopper.user)) == before - order.total_incl_tax
    for parcel in order.parcels.all():
        shopper.call_off(parcel)
    assert ledger.balance(accounts.wallet(shopper.user)) == before


def test_a_bank_that_does_not_answer_gives_it_to_a_person_the_same_day(shopper, bank):  # noqa: F811
    with time_machine.travel(late_evening(), tick=True):
        order, attempt = shopper.paid()
        bank.trouble("500", times=20)
        shopper.call_off(order.parcels.first())
        payments.send_due(now=timezone.now())
        payments.watch(now=timezone.now())
        part = RefundPart.objects.get(attempt=attempt)
        assert timezone.localdate(part.with_person_at) == late_evening().date()
    assert bank.total("iyzico") == order.total_incl_tax


def late_evening() -> datetime:
    return timezone.localtime().replace(hour=23, minute=50, second=0, microsecond=0)


def fill_purse(user: User) -> None:
    from tests.payments.things import fill_wallet

    fill_wallet(user, "100000", timezone.now())


# --- Komisyon -----------------------------------------------------------------------------


def test_the_rate_that_is_shown_is_the_one_that_is_kept(shopper):
    """Komisyon oranları neler? On the seller's page, on the line and on the statement."""
    order, _attempt = shopper.paid()
    shopper.call_off(order.parcels.order_by("position").last())
    today = timezone.localdate()
    for parcel in order.parcels.select_related("business"):
        seller = parcel.business
        shown = pricing.table(business=seller, day=today).row("store")
        owner = Client()
        owner.force_login(seller.memberships.owners().first().user)
        line = CommissionLine.objects.get(payment_item__payable_id=parcel.pk, module="store", of=None)
        assert (line.percent, line.rate) == (shown.percent, shown.rate)
        assert line.commission == money.lira(line.gross * shown.percent / 100)
        finance = f"/isletme/{seller.slug}/finans/"
        percent = f"%{number_format(shown.percent.normalize())}"
        assert percent in words(owner.get(f"{finance}ucretlendirme/"))
        page = words(owner.get(f"{finance}satislar/{line.pk}/"))
        assert percent in page
        assert money.display(line.commission) in page
        assert_statement(owner, finance, seller, today)


def assert_statement(owner: Client, finance: str, seller: Any, today: Any) -> None:
    """Lines of the day = what the list sums = the statement as a document = its PDF in the panel."""
    rows = CommissionLine.objects.filter(business=seller, at__date=today)
    net, kept = sum(one.net for one in rows), sum(one.commission for one in rows)
    answer = owner.get(f"{finance}satislar/", {"bas": str(today), "son": str(today)})
    made = summaries.issue_statement(
        key=f"promise {seller.pk}", business=seller, first=today, last=today, now=timezone.now()
    )
    figures = made.facts["figures"]
    assert (Decimal(figures["net"]), Decimal(figures["commission"])) == (net, kept)
    assert (answer.context["sums"]["net"], answer.context["sums"]["commission"]) == (net, kept)
    assert owner.get(f"{finance}belgeler/{made.public_id}.pdf").content.startswith(b"%PDF")
