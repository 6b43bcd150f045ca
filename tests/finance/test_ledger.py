"""The books: postings balance, happen once, and nothing in them ever changes."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from finance import ledger
from finance.errors import AlreadyReversed, DayClosed, KeyUsed, NotEnough, Unbalanced
from finance.models import AccountKind, Checkpoint, Entry, Txn
from tests.core.rivals import at_once

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture
def wallet(ayse):
    return ledger.account(AccountKind.WALLET, user=ayse)


@pytest.fixture
def bank(db):
    return ledger.account(AccountKind.BANK, name="iş")


def move(giver, taker, amount="10", key="1", **more):
    legs = [(giver, -Decimal(amount)), (taker, Decimal(amount))]
    return ledger.post(key=key, kind="move", legs=legs, now=NOW(), **more)


def test_a_posting_moves_money(wallet, bank):
    posted = move(bank, wallet, "12.50", source="tests:1", data={"why": "iade"})

    assert (ledger.balance(wallet), ledger.balance(bank)) == (Decimal("12.50"), Decimal("-12.50"))
    txn = Txn.objects.get(pk=posted.txn_id)
    assert (txn.kind, txn.source, txn.data, txn.booked_on) == (
        "move",
        "tests:1",
        {"why": "iade"},
        timezone.localdate(),
    )


def test_the_same_key_posts_once(wallet, bank):
    first, again = move(bank, wallet), move(bank, wallet)

    assert (first.is_new, again.is_new, first.txn_id == again.txn_id) == (True, False, True)
    assert ledger.balance(wallet) == 10
    with pytest.raises(KeyUsed):
        move(bank, wallet, "11")


def test_an_account_is_opened_once(ayse):
    rows = {ledger.account(AccountKind.WALLET, user=ayse).pk for _ in range(2)}
    assert len(rows) == 1
    assert ledger.account(AccountKind.PROMO, user=ayse).pk not in rows


def test_a_wallet_gives_what_it_has_and_no_more(wallet, bank):
    move(bank, wallet, "10")
    move(wallet, bank, "10", key="2")

    with pytest.raises(NotEnough):
        move(wallet, bank, "0.01", key="3")
    assert ledger.balance(wallet) == 0
    assert not Txn.objects.filter(key="3").exists()


@pytest.mark.parametrize("legs", [[], [("bank", "1")], [("bank", "1"), ("wallet", "-1.01")], [("bank", "0")]])
def test_what_does_not_balance_is_a_bug(wallet, bank, legs):
    rows = {"wallet": wallet, "bank": bank}
    with pytest.raises(Unbalanced):
        ledger.post(
            key="1", kind="move", legs=[(rows[name], Decimal(amount)) for name, amount in legs], now=NOW()
        )


def test_currencies_balance_each_for_itself(bank):
    dollars = ledger.account(AccountKind.BANK, name="iş", currency="USD")
    with pytest.raises(Unbalanced):
        move(bank, dollars)


def test_a_reversal_is_the_opposite_and_happens_once(wallet, bank):
    txn = Txn.objects.get(pk=move(bank, wallet).txn_id)

    ledger.reverse(txn=txn, key="back", now=NOW())

    assert (ledger.balance(wallet), ledger.balance(bank)) == (0, 0)
    with pytest.raises(AlreadyReversed):
        ledger.reverse(txn=txn, key="back again", now=NOW())


def test_a_closed_day_takes_nothing_more(wallet, bank):
    ledger.close_day(day=timezone.localdate() - timedelta(days=1), now=NOW())

    move(bank, wallet)
    with pytest.raises(DayClosed):
        ledger.post(
            key="2",
            kind="late",
            legs=[(bank, Decimal(-1)), (wallet, Decimal(1))],
            now=NOW() - timedelta(days=1),
        )
    with pytest.raises(ValueError, match="over"):
        ledger.close_day(day=timezone.localdate(), now=NOW())


def test_a_shared_account_is_read_from_its_last_checkpoint(wallet, bank, django_assert_num_queries):
    for number in range(5):
        move(bank, wallet, "1", key=f"a{number}")
    assert ledger.add_up(now=NOW()) == 1
    assert ledger.add_up(now=NOW()) == 0
    move(bank, wallet, "1", key="later")

    with django_assert_num_queries(2):
        assert ledger.balance(bank) == -6
    assert Checkpoint.objects.get().balance == -5


def test_a_posting_is_one_statement(wallet, bank, django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(3):  # and a savepoint around it
        move(bank, wallet)


@pytest.mark.django_db(transaction=True)
def test_the_same_key_at_once_posts_once(ayse):
    wallet, bank = ledger.account(AccountKind.WALLET, user=ayse), ledger.account(AccountKind.BANK)

    done = at_once(lambda number: move(bank, wallet), 8)

    assert sorted(one.is_new for one in done) == [False] * 7 + [True]
    assert ledger.balance(wallet) == 10


@pytest.mark.django_db(transaction=True)
def test_one_wallet_is_not_emptied_twice(ayse):
    wallet, bank = ledger.account(AccountKind.WALLET, user=ayse), ledger.account(AccountKind.BANK)
    move(bank, wallet, "10")

    done = at_once(lambda number: move(wallet, bank, "10", key=f"out{number}"), 8)

    assert sum(isinstance(one, NotEnough) for one in done) == 7
    assert ledger.balance(wallet) == 0


@pytest.mark.django_db(transaction=True)
def test_adding_up_waits_for_postings_on_their_way(ayse):
    """Numbers of entries arrive out of order; a checkpoint that looked earlier would lose some for good."""
    bank, wallet = ledger.account(AccountKind.BANK), ledger.account(AccountKind.WALLET, user=ayse)

    def work(number: int) -> None:
        if number % 4 == 0:
            ledger.add_up(now=NOW())
        else:
            move(bank, wallet, "1", key=f"n{number}")

    assert [one for one in at_once(work, 16) if isinstance(one, Exception)] == []
    ledger.add_up(now=NOW())
    assert ledger.balance(bank) == -12 == -ledger.balance(wallet)
    assert Entry.objects.count() == 24


# --- The database itself (T23) ------------------------------------------------------------

TXN = (
    "INSERT INTO finance_txn (key, kind, source, at, booked_on, digest, data)"
    " VALUES ('x', 'x', '', now(), current_date + 1, '', '{{}}') RETURNING id"
)
ENTRY = "INSERT INTO finance_entry (txn_id, account_id, currency, amount)"
CALL = "SELECT finance_post('x', 'x', '', {0}, now(), current_date {1}, '{{{{}}}}', ARRAY[{2}], ARRAY[{3}])"
NEVER = "books_are_never_changed"

HOSTILE = {  # what somebody tries: (the guard that refuses, how)
    "change an amount": (NEVER, "UPDATE finance_entry SET amount = amount + 1 WHERE id = {entry}"),
    "move an entry": (NEVER, "UPDATE finance_entry SET account_id = {bank} WHERE id = {entry}"),
    "remove an entry": (NEVER, "DELETE FROM finance_entry WHERE id = {entry}"),
    "remove a posting": (NEVER, "DELETE FROM finance_txn WHERE id = {txn}"),
    "rename a posting": (NEVER, "UPDATE finance_txn SET key = 'x' WHERE id = {txn}"),
    "reopen a day": (NEVER, "DELETE FROM finance_closedday"),
    "empty the books": (NEVER, "TRUNCATE finance_entry, finance_txn CASCADE"),
    "empty the accounts": (NEVER, "TRUNCATE finance_account CASCADE"),
    "post what does not balance": (
        "posting_sums_to_zero",
        f"WITH t AS ({TXN}) {ENTRY} SELECT id, {{bank}}, 'TRY', 1 FROM t",
    ),
    "post nothing": ("posting_sums_to_zero", TXN),
    "add entries later": (
        "posting_is_whole_when_it_is_made",
        f"{ENTRY} VALUES ({{txn}}, {{bank}}, 'TRY', -1), ({{txn}}, {{wallet}}, 'TRY', 1)",
    ),
    "overdraw a wallet": (
        "guarded_account_is_never_negative",
        CALL.format("NULL", "+ 1", "{wallet}, {bank}", "-11, 11"),
    ),
    "write a balance": (
        "balance_follows_the_entries",
        "UPDATE finance_account SET balance = 1000 WHERE id = {wallet}",
    ),
    "open a full account": (
        "account_begins_empty",
        "INSERT INTO finance_account (kind, name, currency, balance) VALUES ('fund', 'x', 'TRY', 5)",
    ),
    "take somebody's account": (
        "account_stays_what_it_is",
        "UPDATE finance_account SET user_id = NULL, kind = 'fund' WHERE id = {wallet}",
    ),
    "mix currencies": (
        "entry_is_in_the_currency_of_its_account",
        f"WITH t AS ({TXN}) {ENTRY}"
        " SELECT id, {bank}, 'TRY', 1 FROM t UNION ALL SELECT id, {dollars}, 'TRY', -1 FROM t",
    ),
    "date back": ("closed_day_stays_closed", CALL.format("NULL", "- 30", "{wallet}, {bank}", "1, -1")),
    "post to nobody": ("entry_has_an_account", CALL.format("NULL", "+ 1", "0, {bank}", "1, -1")),
    "reverse by half": (
        "reversal_is_the_opposite",
        CALL.format("{txn}", "+ 1", "{wallet}, {bank}", "-1, 1"),
    ),
}


@pytest.fixture
def books(ayse):
    wallet, bank = ledger.account(AccountKind.WALLET, user=ayse), ledger.account(AccountKind.BANK)
    txn = move(bank, wallet).txn_id
    ledger.close_day(day=timezone.localdate() - timedelta(days=20), now=NOW())
    return {
        "wallet": wallet.pk,
        "bank": bank.pk,
        "dollars": ledger.account(AccountKind.BANK, currency="USD").pk,
        "txn": txn,
        "entry": Entry.objects.filter(txn=txn).first().pk,
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", HOSTILE)
def test_the_database_refuses_to(books, name):
    guard, statement = HOSTILE[name]
    before = list(Entry.objects.order_by("pk").values_list())

    with pytest.raises(IntegrityError) as refusal, connection.cursor() as cursor:
        cursor.execute(statement.format(**books))

    assert refusal.value.__cause__.diag.constraint_name == guard
    assert list(Entry.objects.order_by("pk").values_list()) == before
    assert ledger.balance(ledger.account(AccountKind.BANK)) == -10


@pytest.mark.django_db(transaction=True)
def test_without_its_guards_the_database_would(books):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE finance_entry DISABLE TRIGGER USER")
        cursor.execute(HOSTILE["change an amount"][1].format(**books))
    assert ledger.balance(ledger.account(AccountKind.BANK)) != -10
