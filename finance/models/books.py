"""The books: accounts, postings (`Txn`) and their entries. Written by `finance.ledger` alone.

What an account gives is negative, what it receives is positive; the entries of a posting sum to zero in
each currency. The database keeps that, and that nothing is ever changed (migration 0002): a mistake is
put right by another posting.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _


class AccountKind(TextChoices):
    WALLET = "wallet", _("Wallet")
    PROMO = "promo", _("Gift credit")
    WALLET_HOLD = "wallet_hold", _("Set aside from the wallet")
    SELLER_RESERVE = "seller_reserve", _("Earned, not yet due")
    SELLER_PAYABLE = "seller_payable", _("To be paid out")
    FUND = "fund", _("Fund")
    COMMISSION = "commission", _("Commission")
    VAT = "vat", _("VAT")
    WITHHOLDING = "withholding", _("Withholding tax")
    CLEARING = "psp_clearing", _("At the payment provider")
    BANK = "bank", _("Bank")
    TRANSIT = "refund_transit", _("Refund on its way")
    PASSING = "passing", _("Arrived, not yet assigned")
    PAYOUT = "payout_transit", _("Payout on its way")
    PROMOTION = "promotion", _("Given away")
    FEES = "psp_fees", _("Fees of payment providers")


OF_PEOPLE = [AccountKind.WALLET, AccountKind.PROMO, AccountKind.WALLET_HOLD]
OF_BUSINESSES = [AccountKind.SELLER_RESERVE, AccountKind.SELLER_PAYABLE]
NEVER_NEGATIVE = [*OF_PEOPLE, AccountKind.SELLER_RESERVE, AccountKind.FUND]
# One row of these would be written by every sale; their balance is a checkpoint and what came after it.
SHARED = [
    AccountKind.COMMISSION,
    AccountKind.VAT,
    AccountKind.WITHHOLDING,
    AccountKind.CLEARING,
    AccountKind.BANK,
    AccountKind.TRANSIT,
    AccountKind.PASSING,
    AccountKind.PAYOUT,
    AccountKind.PROMOTION,
    AccountKind.FEES,
]


class Account(models.Model):
    """`balance` follows the entries by a trigger; it is empty where `ledger.balance` has to add up."""

    kind = models.CharField(_("kind"), max_length=20, choices=AccountKind.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="money_accounts"
    )
    business = models.ForeignKey(
        "teams.Business", models.PROTECT, null=True, blank=True, related_name="money_accounts"
    )
    name = models.CharField(max_length=60, blank=True)  # a provider, a bank account, a fund
    currency = models.CharField(max_length=3, default="TRY")
    balance = models.DecimalField(max_digits=14, decimal_places=2, null=True)

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "user", "business", "name", "currency"],
                nulls_distinct=False,
                name="owner_has_an_account_of_a_kind_once",
            ),
            models.UniqueConstraint(fields=["id", "currency"], name="account_has_one_currency"),
            models.CheckConstraint(
                condition=Q(kind__in=OF_PEOPLE, user__isnull=False, business=None)
                | Q(kind__in=OF_BUSINESSES, user=None, business__isnull=False)
                | (~Q(kind__in=[*OF_PEOPLE, *OF_BUSINESSES]) & Q(user=None, business=None)),
                name="account_belongs_to_whom_its_kind_says",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=NEVER_NEGATIVE) | Q(balance__gte=0),
                name="guarded_account_is_never_negative",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=SHARED, balance=None) | (~Q(kind__in=SHARED) & Q(balance__isnull=False)),
                name="account_keeps_a_balance_unless_shared",
            ),
            models.CheckConstraint(condition=Q(kind__in=AccountKind.values), name="account_has_a_known_kind"),
            models.CheckConstraint(condition=Q(currency__regex=r"^[A-Z]{3}$"), name="account_has_a_currency"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.user_id or self.business_id or self.name} {self.currency}".strip()


class Txn(models.Model):
    """A posting. `key` is the caller's: the same key posts once, whoever repeats it."""

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=40)
    source = models.CharField(max_length=80, blank=True)  # `payments.payment:12`
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    at = models.DateTimeField(_("when"))
    booked_on = models.DateField(_("day"))
    digest = models.CharField(max_length=32)  # of what was posted: another posting under this key is refused
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        indexes = [
            models.Index(fields=["booked_on", "id"], name="txn_day"),
            models.Index(fields=["source"], name="txn_source"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Entry(models.Model):
    txn = models.ForeignKey(Txn, models.PROTECT, related_name="entries")
    account = models.ForeignKey(Account, models.PROTECT, related_name="entries", db_index=False)
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="entry_moves_something")]
        indexes = [models.Index(fields=["account", "id"], include=["amount"], name="entry_account")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.amount}"


class Checkpoint(models.Model):
    """The balance of a shared account up to an entry, so that reading it does not grow with the books."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="checkpoints")
    entry_id = models.BigIntegerField()
    balance = models.DecimalField(max_digits=14, decimal_places=2)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "entry_id"], name="account_is_added_up_to_an_entry_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.entry_id}"


class ClosedDay(models.Model):
    """Nothing is booked on this day or before it any more."""

    day = models.DateField(unique=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("closed day")
        verbose_name_plural = _("closed days")

    def __str__(self) -> str:
        return str(self.day)
