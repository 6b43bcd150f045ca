"""Forms of this room. No field of any of them takes a card number."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import money

from . import rules
from .providers.base import Method
from .services.accounts import OWN_WALLET
from .ways import Way


class Choose(forms.Form):
    """How to pay: the wallet for its share, one way for the rest."""

    use_wallet = forms.BooleanField(required=False)
    method = forms.ChoiceField(required=False, choices=[(Method.CARD, ""), (Method.TRANSFER, "")])
    card = forms.CharField(required=False, max_length=20)
    transfer = forms.CharField(required=False, max_length=20)

    def __init__(self, *args: Any, amount: Decimal, ways: list[Way], balance: Decimal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.amount, self.balance = amount, balance
        self.by_method: dict[str, list[Way]] = {
            str(method): [way for way in ways if way.method == method]
            for method in (Method.CARD, Method.TRANSFER)
        }
        has_wallet = any(way.method == Method.WALLET for way in ways)
        self.from_wallet = min(balance, amount) if has_wallet else Decimal(0)

    @property
    def rest(self) -> Decimal:
        return self.amount - self.from_wallet

    @property
    def wishes_wallet(self) -> bool:
        return bool(self.data.get("use_wallet")) if self.is_bound else bool(self.from_wallet)

    @property
    def chosen(self) -> dict[str, str]:
        """What is marked: what was sent, else the first of each."""
        offered = [method for method, ways in self.by_method.items() if ways]
        given = {
            method: self.data.get(method) or (ways[0].provider if ways else "")
            for method, ways in self.by_method.items()
        }
        return {"method": self.data.get("method") or (offered[0] if offered else ""), **given}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        wallet = self.from_wallet if data.get("use_wallet") else Decimal(0)
        if wallet == self.amount:
            return {"provider": OWN_WALLET, "method": Method.WALLET, "wallet_amount": wallet}
        method: str = data.get("method") or ""
        ways = {way.provider for way in self.by_method.get(method, [])}
        provider = data.get(method) or next(iter(ways), "") if method else ""
        if provider not in ways:
            self.add_error(None, _("Choose how you want to pay."))
        return {"provider": provider, "method": method, "wallet_amount": wallet}


class TopUp(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    amount = forms.DecimalField(
        label=_("Amount in lira"),
        min_value=rules.SMALLEST_TOP_UP,
        max_value=rules.LARGEST_TOP_UP,
        decimal_places=2,
        localize=True,
        help_text=_("Between ₺10 and ₺20,000."),
    )

    def clean_amount(self) -> Decimal:
        return money.lira(self.cleaned_data["amount"])
