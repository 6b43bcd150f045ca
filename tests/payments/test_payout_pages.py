"""Pages of earnings and payouts, and of the people who approve and reconcile."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.models import Line
from finance import ledger
from finance import services as books
from finance.models import AccountKind, CommissionLine
from notifications.models import Notice
from payments.models import BankStatementLine, Payout
from payments.services import bank_files, payouts
from tests.factories import teams
from tests.factories.sales import rate, sale, taxes

pytestmark = pytest.mark.django_db
PASSWORD = "uzun bir cumle yeter"


@pytest.fixture
def shop(bora, settings):
    settings.PAYMENT_PROVIDERS = ["payments.providers.transfer.Transfer"]
    rate()
    taxes()
    return teams.verified(bora, iban=teams.IBAN, iban_holder="Ihlamur Ltd. Şti.")


@pytest.fixture
def owner(client, bora):
    client.force_login(bora)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def page(client, name, shop, **more) -> str:
    answer = client.get(reverse(name, kwargs={"business": shop.slug, **more}))
    assert answer.status_code == 200
    return answer.content.decode()


# --- Business -----------------------------------------------------------------------------


def test_nothing_sold_is_said(owner, shop):
    assert "Henüz satış yok" in page(owner, "payouts:earnings", shop)
    assert "Henüz hakediş yok" in page(owner, "payouts:payouts", shop)
    assert "Bu aralıkta satış yok" in page(owner, "payouts:sales", shop)


def test_what_stands_where(owner, shop):
    sale(shop, "1200", "200", earned=True)
    sale(shop, "120", "20")
    words = page(owner, "payouts:earnings", shop)
    for amount in ("₺104,60", "₺1.046,00", "₺0,00"):
        assert amount in words
    assert "<svg" in words
    assert "Haftalara göre kazanç" in words


def test_a_sale_is_explained_with_its_refund(owner, shop):
    line = sale(shop, "1200", "200")
    clearing = ledger.account(AccountKind.CLEARING, name="iyzico")
    books.refund_sale(key="r", line=line, amount=Decimal(600), to=clearing, now=timezone.now())
    words = page(owner, "payouts:sale", shop, pk=line.pk)
    for amount in ("₺1.200,00", "−₺120,00", "−₺24,00", "−₺10,00", "₺1.046,00", "₺523,00"):
        assert amount in words


def test_the_list_goes_on_by_place_and_costs_the_same(owner, shop):
    counts = []
    for number in (1, 60):
        for _number in range(number):
            sale(shop)
        with CaptureQueriesContext(connection) as found:
            words = page(owner, "payouts:sales", shop)
        counts.append(len(found))
    assert counts[0] == counts[1]
    following = words.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    rest = owner.get(reverse("payouts:sales", args=[shop.slug]) + following).content.decode()
    seen = [words.count("/finans/satislar/"), rest.count("/finans/satislar/")]
    assert CommissionLine.objects.count() == 61
    assert seen[0] > seen[1] > 0


@pytest.mark.parametrize(
    "query",
    ["?sonra=x", "?sonra=2026-01-01_9", "?bas=31.02.2026", "?bas=2026-02-01&son=2026-01-01", "?modul=yok"],
)
def test_a_broken_address_shows_the_list(owner, shop, query):
    sale(shop)
    answer = owner.get(reverse("payouts:sales", args=[shop.slug]) + query)
    assert answer.status_code in (200, 422)
    assert "₺120,00" in answer.content.decode()


def test_days_are_local_and_both_included(owner, shop):
    first = timezone.make_aware(timezone.datetime(2026, 3, 1, 0, 0))
    last = timezone.make_aware(timezone.datetime(2026, 3, 31, 23, 59, 59))
    for number, at in enumerate((first - timedelta(seconds=1), first, last, last + timedelta(seconds=1))):
        sale(shop, key=f"edge {number}", now=at)
    url = reverse("payouts:sales_file", args=[shop.slug]) + "?bas=2026-03-01&son=2026-03-31"
    rows = b"".join(owner.get(url)).decode("utf-8-sig").strip().splitlines()
    assert len(rows) == 3
    assert rows[1].startswith("2026-03-31 23:59")
    assert Line.objects.filter(name="payments.earnings_downloaded").count() == 1


def test_a_payout_is_asked_for_and_called_off(owner, shop, bora):
    sale(shop, "1200", "200", earned=True)
    url = reverse("payouts:ask", args=[shop.slug])
    assert "₺1.046,00" in owner.get(url).content.decode()
    refused = owner.post(url, {"amount": "2.000,00"})
    assert refused.status_code == 422
    assert "2.000,00" in refused.content.decode()
    answer = owner.post(url, {"amount": "1.000,00"}, follow=True)
    row = Payout.objects.get()
    assert (row.amount, row.requested_by) == (1000, bora)
    assert row.reference in answer.content.decode()
    owner.post(reverse("payouts:cancel", args=[shop.slug, row.public_id]))
    row.refresh_from_db()
    assert row.status == "cancelled"


def test_asking_wants_the_password_again(client, shop, bora):
    sale(shop, "1200", "200", earned=True)
    client.force_login(bora)
    answer = client.post(reverse("payouts:ask", args=[shop.slug]), {"amount": "500"})
    assert answer.status_code == 302
    assert "/onayla/" in answer["Location"]
    assert not Payout.objects.exists()


def test_an_approved_one_is_not_called_off(owner, shop, person):
    sale(shop, "1200", "200", earned=True)
    row = payouts.request_payout(business=shop, by=None, now=timezone.now())
    payouts.approve_payout(payout=row, by=person("Fatma", "Kara"), now=timezone.now())
    owner.post(reverse("payouts:cancel", args=[shop.slug, row.public_id]))
    row.refresh_from_db()
    assert row.status == "approved"


def test_the_plan_is_chosen(owner, shop):
    url = reverse("payouts:plan", args=[shop.slug])
    assert owner.get(url).status_code == 200
    assert owner.post(url, {"every": "hourly", "minimum": "0"}).status_code == 422
    owner.post(url, {"every": "day", "minimum": "500,00"})
    assert "₺500,00" in page(owner, "payouts:payouts", shop)


def test_its_people_hear_of_the_end(shop, bora, person, django_capture_on_commit_callbacks):
    from core import journal

    sale(shop, "1200", "200", earned=True)
    row = payouts.request_payout(business=shop, by=bora, now=timezone.now())
    staff = person("Fatma", "Kara")
    payouts.approve_payout(payout=row, by=staff, now=timezone.now())
    bank_files.make_file(by=staff, now=timezone.now())
    payouts.mark(payout=row, how="paid", note="dekont", by=staff, now=timezone.now())
    journal.sweep()
    kinds = set(Notice.objects.filter(recipient=bora).values_list("kind", flat=True))
    assert {"payments.payout_asked", "payments.payout_paid"} <= kinds


# --- Back office --------------------------------------------------------------------------


def staff(person, first, *rights):
    one = person(first, "Kara", is_staff=True)
    names = [right.split(".")[1] for right in rights]
    one.user_permissions.add(*Permission.objects.filter(codename__in=[*names, "access_admin"]))
    return one


def signed_in(client, one):
    client.force_login(one)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


RECONCILE, APPROVE = "payments.reconcile_payments", "payments.approve_payouts"


@pytest.fixture
def office(client, person):
    return signed_in(client, staff(person, "Fatma", RECONCILE, APPROVE))


@pytest.fixture
def draft(shop, bora):
    sale(shop, "1200", "200", earned=True)
    return payouts.request_payout(business=shop, by=bora, now=timezone.now())


def test_it_is_approved_filed_and_marked(office, draft):
    assert "₺1.046,00" in office.get(reverse("payments_payouts")).content.decode()
    url = reverse("payments_payout", args=[draft.pk])
    assert "onayla" in office.get(url).content.decode()
    office.post(url, {"step": "approve"})
    files = reverse("payments_bank_files")
    assert "₺1.046,00" in office.get(files).content.decode()
    office.post(files)
    draft.refresh_from_db()
    answer = office.get(reverse("payments_bank_file", args=[draft.file.pk]))
    assert draft.reference in answer.content.decode()
    assert answer["Content-Disposition"].startswith("attachment")
    office.post(url, {"step": "returned", "note": ""})
    draft.refresh_from_db()
    assert draft.status == "sent"
    office.post(url, {"step": "returned", "note": "dekont 12"})
    draft.refresh_from_db()
    assert draft.status == "returned"


def test_approving_wants_the_password_again(client, person, draft):
    client.force_login(staff(person, "Fatma", RECONCILE, APPROVE))
    answer = client.post(reverse("payments_payout", args=[draft.pk]), {"step": "approve"})
    assert "/onayla/" in answer["Location"]
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_who_only_reconciles_approves_nothing(client, person, draft):
    signed_in(client, staff(person, "Gonca", RECONCILE))
    client.post(reverse("payments_payout", args=[draft.pk]), {"step": "approve"})
    client.post(reverse("payments_bank_files"))
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_a_statement_is_handed_in_and_a_line_left(office, shop):
    url = reverse("payments_statement_new")
    broken = SimpleUploadedFile("e.csv", b"a;b\n1;2")
    assert office.post(url, {"file": broken}).status_code == 422
    content = "Tarih;Açıklama;Tutar\n30.11.2026;faiz;12,34\n".encode()
    office.post(url, {"file": SimpleUploadedFile("e.csv", content)})
    line = BankStatementLine.objects.get()
    assert "faiz" in office.get(reverse("payments_lines")).content.decode()
    page_of_line = reverse("payments_line", args=[line.pk])
    assert "referansımız yok" in office.get(page_of_line).content.decode()
    office.post(page_of_line, {"step": "leave", "note": "Vadesiz faiz"})
    line.refresh_from_db()
    assert line.state == "left"


def test_the_days_say_what_is_open(office):
    assert "Fark yok" in office.get(reverse("payments_days")).content.decode()


@pytest.mark.parametrize(
    "name",
    ["payments_payouts", "payments_lines", "payments_days", "payments_statement_new", "payments_bank_files"],
)
def test_without_the_right_there_is_no_way_in(client, person, name):
    signed_in(client, staff(person, "Gonca"))
    answer = client.get(reverse(name))
    assert answer.status_code in (302, 403)


def test_lists_of_the_office_cost_the_same(office, shop):
    counts = []
    office.get(reverse("payments_payouts"))
    for number in (1, 20):
        for _number in range(number):
            Payout.objects.create(
                business=shop,
                amount=1,
                iban=teams.IBAN,
                holder="x",
                requested_at=timezone.now(),
                status="cancelled",
                ended_at=timezone.now(),
            )
        with CaptureQueriesContext(connection) as found:
            office.get(reverse("payments_payouts") + "?status=cancelled")
        counts.append(len(found))
    assert counts[0] == counts[1]
