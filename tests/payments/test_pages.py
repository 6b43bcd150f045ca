"""Checkout and panel: each state says what it is, strangers find nothing, reading costs the same for many."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail as sent_mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core import journal
from core.models import Mail
from payments import links, services
from payments.errors import TopUpClosed
from payments.models import Payment, Reason, RefundPart

from .things import fill_wallet

pytestmark = pytest.mark.django_db


@pytest.fixture
def ayses(ayse) -> Client:
    client = Client()
    client.force_login(ayse)
    return client


def text(answer) -> str:
    return answer.content.decode()


def choose(client, payment, **wish):
    return client.post(links.path(payment), {"method": "card", "card": "scripted"} | wish, follow=True)


def test_the_way_to_the_page_of_the_provider(ayses, till):
    payment = till.start("120")
    page = text(ayses.get(links.path(payment)))
    assert "₺120,00 öde" in page
    answer = choose(ayses, payment)
    reference = payment.attempts.get().reference
    assert answer.redirect_chain == [(reverse("payments:page", args=[payment.public_id]), 302)]
    assert answer["Refresh"] == f"0; url=http://127.0.0.1/sayfa/{reference}"
    assert "Bankadan haber bekliyoruz" in text(ayses.get(links.path(payment)))


def test_a_refused_form_says_so(ayses, till):
    payment = till.start("120")
    answer = choose(ayses, payment, card="baska")
    assert answer.status_code == 422
    assert "Nasıl ödeyeceğini seç." in text(answer)


def test_a_provider_that_refuses_says_so(ayses, till):
    till.provider.at_start = "refused"
    answer = choose(ayses, till.start("120"))
    assert (answer.status_code, "Para çekilmedi" in text(answer)) == (422, True)


def test_a_refusal_of_the_bank_in_words(ayses, till):
    payment = till.start("120")
    attempt = till.choose(payment)
    attempt.__class__.objects.filter(pk=attempt.pk).update(status="failed", reason="not_enough")
    page = text(ayses.get(links.path(payment)))
    assert "Kartın bakiyesi ya da limiti yetmiyor." in page
    assert "Nasıl ödemek istersin?" in page


def test_silence_is_told_as_waiting(ayses, till):
    till.provider.at_start = "silent"
    assert "şu an yanıt vermiyor" in text(choose(ayses, till.start("120")))


def test_the_wallet_takes_its_part_and_the_rest_is_named(ayses, till, ayse):
    fill_wallet(ayse, "50", till.now)
    payment = till.start("120")
    page = text(ayses.get(links.path(payment)))
    assert "₺70,00 öde" in page
    choose(ayses, payment, use_wallet="on")
    assert payment.attempts.get().amount == 70


def test_the_wallet_alone_pays_at_once(ayses, till, ayse):
    fill_wallet(ayse, "500", till.now)
    answer = choose(ayses, till.start("120"), use_wallet="on")
    assert "₺120,00 ödendi" in text(answer)


def test_paid_shows_its_documents(ayses, till):
    payment = till.paid("120")
    page = text(ayses.get(links.path(payment)))
    assert "₺120,00 ödendi" in page
    assert "Belgeler" in page
    assert ayses.post(links.path(payment), {"method": "card", "card": "scripted"}).status_code == 302
    assert payment.attempts.count() == 1


def test_back_after_paying_leads_to_the_end(ayses, till):
    payment = till.paid("120")
    answer = ayses.get(reverse("payments:page", args=[payment.public_id]))
    assert answer.url == links.path(payment)


def test_a_transfer_shows_account_and_text(ayses, till):
    answer = choose(ayses, till.start("120"), method="transfer", transfer="transfer")
    assert "TR330006100519786457841326" in text(answer)
    assert f"DV-{Payment.objects.get().attempts.get().reference[:8]}" in text(answer)


def test_what_ran_out_says_so(ayses, till):
    payment = till.start("120", held_until=till.now - timedelta(minutes=1))
    assert "süresi doldu" in text(ayses.get(links.path(payment)))
    assert choose(ayses, payment).status_code in (200, 422)
    assert not payment.attempts.exists()


def test_late_money_is_told(ayses, till):
    payment = till.start("120", is_useful=False)
    till.pay(till.choose(payment))
    page = text(ayses.get(links.path(payment)))
    assert "Paran süre bittikten sonra geldi" in page
    assert "Gönderildi:" in page
    while journal.sweep():
        pass
    assert any("süresi bittikten sonra geldi" in mail.body for mail in sent_mail.outbox)


def test_other_figures_ask_for_patience(ayses, till):
    payment = till.start("120")
    till.pay(till.choose(payment), amount=Decimal(1))
    assert "Bu ödemeye bir çalışan bakıyor." in text(ayses.get(links.path(payment)))


def test_what_the_waiting_page_asks(ayses, till):
    payment = till.start("120")
    url = reverse("payments:state", args=[payment.public_id])
    before = ayses.get(url).json()
    attempt = till.choose(payment)
    till.provider.pay(attempt.reference)
    assert ayses.get(url).json() != before
    ayses.post(reverse("payments:ask", args=[payment.public_id]))
    assert ayses.get(url).json() == {"state": "paid captured"}


# --- Whose ----------------------------------------------------------------------------------


def test_strangers_find_nothing(client, till, deniz):
    payment = till.start("120")
    assert client.get(links.path(payment)).status_code == 302
    client.force_login(deniz)
    for name in ("checkout", "page", "state", "payment"):
        assert client.get(reverse(f"payments:{name}", args=[payment.public_id])).status_code == 404
    assert client.get(f"{links.path(payment)}?anahtar={links.key(payment)}").status_code == 404


def test_a_guest_comes_by_her_link(client, till, ayse):
    row = till.shelf.sale(ayse, "120", till.now, till.shop)
    facts = {"email": "misafir@ornek.test", "name": "Naz Su", "now": till.now}
    payment = services.start_payment(key="g", payables=[row], payer=None, **facts)
    assert client.get(links.path(payment)).status_code == 404
    assert client.get(f"{links.path(payment)}?anahtar=yanlis").status_code == 404
    answer = client.get(links.guest_path(payment), follow=True)
    assert answer.redirect_chain == [(links.path(payment), 302)]
    assert "use_wallet" not in text(answer)
    choose(client, payment)
    order = till.provider.orders[-1]
    assert (order.buyer.name, order.buyer.surname, order.buyer.email) == ("Naz", "Su", "misafir@ornek.test")


# --- A frame --------------------------------------------------------------------------------


def test_only_the_page_of_a_frame_allows_it(ayses, till, monkeypatch):
    monkeypatch.setattr(type(till.provider), "frame_origin", "https://www.paytr.com", raising=False)
    payment = till.start("120")
    attempt = till.choose(payment)
    attempt.step = {"kind": "frame", "url": "https://www.paytr.com/odeme/guvenli/x"}
    attempt.save()
    answer = ayses.get(reverse("payments:page", args=[payment.public_id]))
    assert "frame-src https://www.paytr.com" in answer["Content-Security-Policy"]
    assert "frame-src" not in ayses.get(links.path(payment))["Content-Security-Policy"]


# --- The panel ------------------------------------------------------------------------------


def test_the_list_costs_the_same_for_many(ayses, till):
    till.paid("10", key="first")
    url = reverse("payments:list")
    ayses.get(url)
    with CaptureQueriesContext(connection) as one:
        ayses.get(url)
    for number in range(19):
        till.paid("10", key=f"more {number}")
    with CaptureQueriesContext(connection) as many:
        page = text(ayses.get(url))
    assert len(one) == len(many), f"{len(one)} and {len(many)}"
    assert page.count("pay-row") == 20


def test_the_wallet_and_its_movements(ayses, till, ayse):
    for number in range(25):
        fill_wallet(ayse, str(number + 1), till.now)
    page = ayses.get(reverse("payments:wallet"))
    assert "₺325,00" in text(page)
    assert text(page).count("pay-row") == 20
    older = page.context["page"].older
    assert text(ayses.get(reverse("payments:wallet"), {"once": older})).count("pay-row") == 5
    assert ayses.get(reverse("payments:wallet"), {"once": "9" * 40}).status_code == 200


def test_the_refund_clock_tells_its_times(ayses, till):
    payment = till.paid("120")
    item = payment.items.get()
    services.refund_item(
        key="r", item=item, amount=item.amount, reason=Reason.CANCELLED, by=None, now=till.now
    )
    url = reverse("payments:payment", args=[payment.public_id])
    assert "birazdan" in text(ayses.get(url))
    assert "İade saatin" in text(ayses.get("/panel/"))
    services.send_due(now=till.now + timedelta(seconds=5))
    page = text(ayses.get(url))
    assert "5 saniye sonra" in page
    assert "Kabul etti: Deneme" in page
    assert "en geç" in page
    assert "İade saatin" not in text(ayses.get("/panel/"))


def test_a_top_up_by_the_page(ayses, till, settings):
    page = ayses.get(reverse("payments:top_up"))
    data = {"key": page.context["form"].initial["key"], "amount": "100,50"}
    first, again = (ayses.post(reverse("payments:top_up"), data) for _ in range(2))
    assert first.url == again.url
    assert Payment.objects.get().amount == Decimal("100.50")
    assert ayses.post(reverse("payments:top_up"), data | {"amount": "5"}).status_code == 422
    settings.WALLET_TOP_UP = False
    assert ayses.get(reverse("payments:top_up")).status_code == 404
    with pytest.raises(TopUpClosed):
        services.top_up(key="x", user=till.payer, amount=Decimal(10), now=till.now)


def test_everybody_is_told_once(till, ayse):
    payment = till.paid("120")
    item = payment.items.get()
    services.refund_item(
        key="r", item=item, amount=item.amount, reason=Reason.CANCELLED, by=None, now=till.now
    )
    services.send_due(now=timezone.now())
    while journal.sweep():
        pass
    sent = list(
        Mail.objects.filter(to=ayse.email, template__startswith="payments/").values_list(
            "template", flat=True
        )
    )
    assert sorted(sent) == ["payments/paid", "payments/refund_sent"]
    mail = next(mail for mail in sent_mail.outbox if "geri gönderdik" in mail.subject)
    assert "₺120,00 tutarını geri gönderdik" in mail.subject
    assert "Bankanda en geç" in mail.body
    assert RefundPart.objects.get().reference not in mail.body
