"""The bank's statement: three forms, read once, matched by reference and amount, the rest by people."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from core.states import MoveRefused
from finance import ledger
from finance.models import AccountKind
from payments import matching, statements, transfers
from payments.models import BankStatementLine, LineState, Payout, Wish
from payments.payout_errors import NotFitting, OtherPerson, ReadAlready, SaysWhy, Unreadable
from payments.services import bank_files, payouts
from payments.services import statement_decisions as decisions
from payments.services import statements as verbs
from tests.core.rivals import at_once
from tests.factories import teams
from tests.factories.sales import sale
from tests.payments.things import nothing_under_way

pytestmark = pytest.mark.django_db
D = Decimal
OWN = "TR330006100519786457841326"
HEAD = "Tarih;Açıklama;Tutar;Dekont No;Gönderen;Gönderen IBAN"
SENDER = "TR320010009999901234567890"


def csv(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *rows]).encode()


def row(text="", amount="120,00", number="1", day="30.11.2026", payer="Ayşe Yıldız", iban=SENDER) -> str:
    return f"{day};{text};{amount};{number};{payer};{iban}"


def read(content: bytes, till=None, name="ekstre.csv"):
    from django.utils import timezone

    now = till.now if till else timezone.now()
    file = verbs.read_statement(content=content, name=name, by=None, now=now)
    verbs.match_new(now=now)
    return file


def bank() -> Decimal:
    return -ledger.balance(ledger.account(AccountKind.BANK))


def passing() -> Decimal:
    return ledger.balance(ledger.account(AccountKind.PASSING))


@pytest.fixture
def attempt(till):
    return till.choose(till.start("120"), way="transfer", method="transfer")


# --- Forms --------------------------------------------------------------------------------

MT940 = f""":20:EKSTRE
:25:{OWN}
:28C:1/1
:60F:C261129TRY1000,00
:61:2611301130C120,00NTRFNONREF//B-77
:86:DV-ABCDEFGH AYSE YILDIZ {SENDER}
:61:2611301130D20,50NMSCNONREF//B-78
:86:?00MASRAF?20HAVALE ?21UCRETI?32BANKA
:62F:C261130TRY1099,50
"""

CAMT = f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>
<Acct><Id><IBAN>{OWN}</IBAN></Id></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp>
<Amt Ccy="TRY">1000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp>
<Amt Ccy="TRY">1099.50</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Ntry><Amt Ccy="TRY">120.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>2026-11-30</Dt></BookgDt>
<AcctSvcrRef>B-77</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>
<RltdPties><Dbtr><Nm>AYŞE YILDIZ</Nm></Dbtr><DbtrAcct><Id><IBAN>{SENDER}</IBAN></Id></DbtrAcct></RltdPties>
<RmtInf><Ustrd>DV-ABCDEFGH</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="TRY">20.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>2026-11-30</Dt></BookgDt>
<AcctSvcrRef>B-78</AcctSvcrRef><AddtlNtryInf>HAVALE UCRETI</AddtlNtryInf></Ntry>
<Ntry><Amt Ccy="TRY">9.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>PDNG</Sts>
<BookgDt><Dt>2026-11-30</Dt></BookgDt></Ntry>
</Stmt></BkToCstmrStmt></Document>"""

TABLE = csv(row("DV-ABCDEFGH", number="B-77"), row("HAVALE UCRETI", "-20,50", "B-78", payer="", iban=""))


@pytest.mark.parametrize("content", [MT940.encode(), CAMT.encode(), TABLE])
def test_three_forms_say_the_same(content):
    found = statements.read(content, own_iban=OWN).lines
    assert [(one.booked_on, one.amount, one.currency, one.remote_id) for one in found] == [
        (date(2026, 11, 30), D("120.00"), "TRY", "B-77"),
        (date(2026, 11, 30), D("-20.50"), "TRY", "B-78"),
    ]
    assert "DV-ABCDEFGH" in found[0].text
    assert found[0].payer_iban == SENDER


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("utf-8", "AYŞE İĞDE"), ("utf-8-sig", "AYŞE İĞDE"), ("cp1254", "AYŞE İĞDE"), ("utf-16", "AYŞE İĞDE")],
)
def test_encodings_of_turkish_banks(encoding, text):
    content = f"{HEAD}\n{row(text)}".encode(encoding)
    assert statements.read(content, own_iban=OWN).lines[0].text == text


def test_debit_and_credit_in_two_columns_and_an_address_on_top():
    words = "Örnek Bankası A.Ş.\nHesap;TR33\n\nİşlem Tarihi;Açıklama;Borç;Alacak\n30/11/2026;masraf;5,00;\n"
    words += "30/11/2026;gelen;;1.250,75\n;Toplam;5,00;1.250,75"
    found = statements.read(words.encode(), own_iban=OWN).lines
    assert [one.amount for one in found] == [D("-5.00"), D("1250.75")]


BILLION = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "lol"><!ENTITY c "&b;&b;&b;">]>
<Document>&c;</Document>"""
FILE = (
    b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document>&x;</Document>"""
)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n ",
        b"x" * (statements.MOST_BYTES + 1),
        BILLION,
        FILE,
        b"<Document><Broken>",
        b"<html><body>Oturum kapandi</body></html>",
        b'<?xml version="1.0" encoding="martian"?><Document/>',
        b"PK\x03\x04 a table of Excel",
        b"\x00\x01\x02",
        b"\xff\xfe\x00",
        csv(),
        csv("bir;iki;uc", head="a;b;c"),
        csv(row(amount="on lira")),
        csv(row(amount="1,2,3.4.5")),
        csv(row(amount="12,345")),
        csv(row(amount="NaN")),
        csv(row(day="31.02.2026")),
        MT940.replace("1099,50", "1099,51").encode(),
        MT940.replace(OWN, SENDER).encode(),
        MT940.replace("C120,00NTRF", "X120").encode(),
        CAMT.replace("1099.50", "1.00").encode(),
        CAMT.replace(OWN, SENDER).encode(),
    ],
)
def test_what_cannot_be_read_is_refused_as_a_whole(content):
    with pytest.raises(Unreadable) as refusal:
        statements.read(content, own_iban=OWN)
    assert str(refusal.value.message)


def test_twelve_thousand_lines_and_one_too_many():
    lines = [row(number=str(number)) for number in range(20_001)]
    assert len(statements.read(csv(*lines[:-1]), own_iban=OWN).lines) == 20_000
    with pytest.raises(Unreadable):
        statements.read(csv(*lines), own_iban=OWN)


# --- Once ---------------------------------------------------------------------------------


def test_a_file_counts_once_and_so_does_a_line(till, attempt):
    first = csv(row(transfers.code_of(attempt)), row("pamuk mama", "50,00", "2"))
    read(first, till)
    with pytest.raises(ReadAlready):
        read(first, till)
    again = read(csv(row(transfers.code_of(attempt)), row("başka", "7,00", "3")), till)
    assert (again.lines_read, again.lines_new) == (2, 1)
    assert (bank(), BankStatementLine.objects.count()) == (D(177), 3)


def test_lines_without_a_number_are_known_by_what_they_say():
    head = "Tarih;Açıklama;Tutar"
    read(csv("30.11.2026;mama;5,00", "30.11.2026;mama;5,00", head=head))
    read(csv("30.11.2026;mama;5,00", "30.11.2026;mama;5,00", "01.12.2026;mama;5,00", head=head))
    assert BankStatementLine.objects.count() == 3


# --- Matching -----------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["{}", "{} Ayşe", "havale {} / mama", "dv {bare}", "DV{bare}"])
def test_reference_and_amount_pay(till, attempt, form):
    code = transfers.code_of(attempt)
    read(csv(row(form.format(code, bare=code[3:]))), till)
    attempt.refresh_from_db()
    attempt.payment.refresh_from_db()
    assert (attempt.status, attempt.payment.status) == ("captured", "paid")
    assert BankStatementLine.objects.get().state == LineState.MATCHED
    assert (bank(), nothing_under_way()) == (120, True)


def test_more_than_asked_pays_and_the_rest_goes_back(till, attempt):
    read(csv(row(transfers.code_of(attempt), "150,00")), till)
    attempt.payment.refresh_from_db()
    assert attempt.payment.status == "paid"
    assert attempt.payment.refunds.get().amount == 30


@pytest.mark.parametrize(
    ("text", "amount", "reason"),
    [("{}", "100,00", "partial"), ("pamuk mama", "120,00", "unknown"), ("DV-00000000", "120,00", "unknown")],
)
def test_the_rest_waits_for_people_and_stands_in_the_books(till, attempt, text, amount, reason):
    read(csv(row(text.format(transfers.code_of(attempt)), amount)), till)
    line = BankStatementLine.objects.get()
    assert (line.state, line.reason) == (LineState.OPEN, reason)
    assert passing() == bank() == line.amount
    attempt.refresh_from_db()
    assert attempt.captured_at is None


def test_a_second_transfer_for_the_same_waits(till, attempt):
    code = transfers.code_of(attempt)
    read(csv(row(code), row(code, number="2")), till)
    assert sorted(BankStatementLine.objects.values_list("state", "reason")) == [
        ("matched", ""),
        ("open", "twice"),
    ]
    assert (bank(), passing()) == (240, 120)


@pytest.mark.django_db(transaction=True)
def test_two_lines_for_one_payment_matched_at_once_count_as_two(till, attempt):
    """Both saw it unpaid; one pays, the other's money stands for nobody."""
    code = transfers.code_of(attempt)
    verbs.read_statement(content=csv(row(code), row(code, number="2")), name="e", by=None, now=till.now)
    pks = list(BankStatementLine.objects.values_list("pk", flat=True))
    at_once(lambda n: verbs.match(line_id=pks[n], now=till.now), 2)
    assert sorted(BankStatementLine.objects.values_list("state", flat=True)) == ["matched", "open"]
    assert (bank(), passing()) == (240, 120)


def test_another_currency_waits(till, attempt):
    head = "Tarih;Açıklama;Tutar;Döviz"
    read(csv(f"30.11.2026;{transfers.code_of(attempt)};120,00;EUR", head=head), till)
    assert BankStatementLine.objects.get().reason == "currency"


# --- People -------------------------------------------------------------------------------


@pytest.fixture
def two(person):
    return person("Fatma", "Kara"), person("Gonca", "Er")


@pytest.fixture
def strange(till, attempt):
    """The code with letters for digits, as people type it."""
    code = transfers.code_of(attempt)
    read(csv(row(f"D{code[1:-1]}?")), till)
    return BankStatementLine.objects.get()


def test_a_likely_payment_is_suggested(strange, attempt):
    best = matching.suggestions(strange)[0]
    assert best.attempt == attempt
    assert best.score >= 80


def test_two_people_assign_it(till, strange, attempt, two):
    decisions.ask(line=strange, wish=Wish.ASSIGN, by=two[0], attempt=attempt)
    with pytest.raises(OtherPerson):
        decisions.agree(line=strange, by=two[0], now=till.now)
    decisions.agree(line=strange, by=two[1], now=till.now)
    attempt.payment.refresh_from_db()
    strange.refresh_from_db()
    assert (attempt.payment.status, strange.state) == ("paid", LineState.ASSIGNED)
    assert (bank(), nothing_under_way()) == (120, True)
    with pytest.raises(MoveRefused):
        decisions.agree(line=strange, by=two[1], now=till.now)


def test_the_database_wants_two(strange, two):
    with pytest.raises(IntegrityError, match="line_is_decided_by_two"), transaction.atomic():
        BankStatementLine.objects.update(state="assigned", asked_by=two[0], decided_by=two[0])


def test_parts_pay_together(till, attempt, two):
    code = transfers.code_of(attempt)
    read(csv(row(code, "100,00"), row(code, "20,00", "2")), till)
    line = BankStatementLine.objects.get(amount=100)
    with pytest.raises(NotFitting):
        decisions.ask(line=line, wish=Wish.ASSIGN, by=two[0])
    decisions.ask(line=line, wish=Wish.ASSIGN, by=two[0], attempt=attempt)
    decisions.agree(line=line, by=two[1], now=till.now)
    attempt.payment.refresh_from_db()
    assert attempt.payment.status == "paid"
    assert set(BankStatementLine.objects.values_list("state", flat=True)) == {"assigned"}
    assert (bank(), nothing_under_way()) == (120, True)


def test_two_people_send_it_back_and_the_statement_shows_it(till, strange, two):
    decisions.ask(line=strange, wish=Wish.RETURN, by=two[0])
    decisions.agree(line=strange, by=two[1], now=till.now)
    file = bank_files.make_file(by=two[0], now=till.now)
    strange.refresh_from_db()
    assert strange.return_reference in file.body
    assert SENDER in file.body
    read(csv(row(f"iade {strange.return_reference}", "-120,00", "9")), till)
    strange.refresh_from_db()
    assert strange.state == LineState.RETURNED
    assert bank() == passing() == 0


def test_it_is_taken_back_and_left_with_a_reason(till, strange, two):
    decisions.ask(line=strange, wish=Wish.RETURN, by=two[0])
    decisions.take_back(line=strange, by=two[1])
    with pytest.raises(SaysWhy):
        decisions.leave(line=strange, note=" ", by=two[0], now=till.now)
    decisions.leave(line=strange, note="Faiz", by=two[0], now=till.now)
    strange.refresh_from_db()
    assert strange.state == LineState.LEFT


# --- What left ----------------------------------------------------------------------------


@pytest.fixture
def sent(till, shop, two, settings):
    settings.PAYOUT_PROVIDER = ""
    type(shop).objects.filter(pk=shop.pk).update(iban=teams.IBAN, iban_holder="Ihlamur")
    sale(shop, "1200", "200", earned=True)
    payout = payouts.request_payout(business=shop, by=None, now=till.now)
    payouts.approve_payout(payout=payout, by=two[0], now=till.now)
    bank_files.make_file(by=two[0], now=till.now)
    return Payout.objects.get()


def test_the_statement_ends_a_payout(till, sent):
    read(csv(row(f"Diji.vet {sent.reference}", f"-{sent.amount}")), till)
    sent.refresh_from_db()
    assert sent.status == "paid"
    assert ledger.balance(ledger.account(AccountKind.PAYOUT)) == 0
    read(csv(row(f"IADE {sent.reference[:9]} {sent.reference[9:]}", f"{sent.amount}", "2")), till)
    sent.refresh_from_db()
    assert sent.status == "returned"
    assert bank() == 0
    assert ledger.balance(ledger.account(AccountKind.SELLER_PAYABLE, business=sent.business)) == sent.amount


def test_another_amount_of_a_payout_waits(till, sent):
    read(csv(row(sent.reference, "-1,00")), till)
    sent.refresh_from_db()
    assert (sent.status, BankStatementLine.objects.get().reason) == ("sent", "payout")
