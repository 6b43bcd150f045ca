"""Forms of the checkout: where it goes and who gets the invoice; then how to pay, and what is confirmed."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.tr import tckimlik, vkn

from accounts.models import Address
from accounts.models.addresses import AddressKind
from accounts.panel_forms import PostalAddress
from core.phones import PhoneField
from payments.forms import Choose

from .quotes import Quote, Share
from .wishes import PLACE, Place, Wish

NEW, SAME = "new", "same"
SHIP, INVOICE = "ship", "invoice"


class VoucherCode(forms.Form):
    code = forms.CharField(label=_("Voucher code"), max_length=128)

    def clean_code(self) -> str:
        return self.cleaned_data["code"].strip().upper()


class TypedPlace(PostalAddress):
    """An address that may never be kept: what the database would say about it is not asked."""

    def _post_clean(self) -> None:
        """Postcode and province are checked by the form; each constraint would be a question of its own."""
        self.instance.validate_constraints = lambda exclude=None: None
        super()._post_clean()  # type: ignore[misc]


class Delivery(forms.Form):
    """Names, addresses, invoice and a way of delivery for each seller, on one page.

    An address is one of the book (its number), or typed here. What is not chosen is not looked at.
    """

    email = forms.EmailField(label=_("E-mail"), help_text=_("Order, contract and invoice come here."))
    name = forms.CharField(label=_("Name and surname"), max_length=120)
    phone = PhoneField(label=_("Phone"), help_text=_("The carrier calls when it cannot find you."))
    address = forms.CharField(required=False)
    keep = forms.BooleanField(label=_("Keep this address in my address book"), required=False)
    invoice = forms.CharField(required=False)
    is_company = forms.BooleanField(label=_("The invoice is for a company"), required=False)
    company = forms.CharField(label=_("Title of the company"), max_length=200, required=False)
    tax_number = forms.CharField(
        label=_("Tax number"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("10 digits of a company, 11 of a person with a business."),
    )
    tax_office = forms.CharField(label=_("Tax office"), max_length=80, required=False)

    def __init__(self, *args: Any, quote: Quote, user: Any, book: Iterable[Address], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quote, self.user = quote, user
        rows = list(book)
        self.to_deliver = [row for row in rows if row.kind == AddressKind.DELIVERY]
        self.to_invoice = [row for row in rows if row.kind == AddressKind.INVOICE]
        for prefix in (SHIP, INVOICE):
            self.fields.update(_place_fields(prefix))
        if user:
            del self.fields["email"]
        else:
            del self.fields["keep"]
        self.fields["name"].widget.attrs["autocomplete"] = "name"

    @property
    def chosen(self) -> dict[str, str]:
        """What is marked: what was sent, else the first of each."""
        first = str(self.to_deliver[0].public_id) if self.to_deliver else NEW
        return {
            "address": self["address"].value() or first,
            "invoice": self["invoice"].value() or SAME,
        }

    @property
    def ship_fields(self) -> dict[str, Any]:
        return {name: self[f"{SHIP}_{name}"] for name in PLACE}

    @property
    def invoice_fields(self) -> dict[str, Any]:
        return {name: self[f"{INVOICE}_{name}"] for name in PLACE}

    @property
    def sellers(self) -> list[tuple[Share, str, str]]:
        """Each with the name of its field and what is marked there."""
        return [(share, _field(share), self._way(share)) for share in self.quote.shares if share.business]

    def _way(self, share: Share) -> str:
        given = self.data.get(_field(share)) if self.is_bound else self.initial.get(_field(share))
        fit = [way.key for way in share.ways]
        return given if given in fit else (share.way.key if share.way else "")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["ship_to"] = self._place(self.chosen["address"], self.to_deliver, SHIP)
        if self.chosen["invoice"] == SAME:
            data["bill_to"] = data["ship_to"]
        else:
            data["bill_to"] = self._place(self.chosen["invoice"], self.to_invoice, INVOICE)
        if data.get("is_company"):
            self._check_company(data)
        return data

    def _place(self, chosen: str, rows: list[Address], prefix: str) -> Place | None:
        """One of her book; a stranger's number is as good as none."""
        if chosen != NEW:
            found = next((row for row in rows if str(row.public_id) == chosen), None)
            if found is None:
                self.add_error(None, _("Choose an address."))
            return Place.of(found) if found else None
        typed = {name: self.data.get(f"{prefix}_{name}", "") for name in PLACE}
        form = TypedPlace({**typed, "kind": _kind(prefix)})
        for name, errors in form.errors.items():
            self.add_error(f"{prefix}_{name}" if name in PLACE else None, errors)
        return Place.of(form.cleaned_data) if form.is_valid() else None

    def _check_company(self, data: dict[str, Any]) -> None:
        for name in ("company", "tax_number", "tax_office"):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        try:
            data["tax_number"] = _tax_number(data.get("tax_number") or "")
        except ValidationError as error:
            if "tax_number" not in self.errors:
                self.add_error("tax_number", error)

    def wish(self) -> Wish:
        data = self.cleaned_data
        email = self.user.email if self.user else data["email"]
        company = {name: data[name] for name in ("tax_number", "tax_office")} if data["is_company"] else {}
        named = data["company"] if data["is_company"] else ""
        return Wish(
            email=email,
            name=data["name"].strip(),
            phone=data["phone"],
            ship_to=data["ship_to"],
            invoice_to=data["bill_to"].party(name=named, email=email, **company),
            deliveries={share.business.pk: way for share, _name, way in self.sellers if way},
        )

    def new_address(self) -> dict[str, Any] | None:
        """What goes into her address book, if she wished so."""
        data = self.cleaned_data
        if not data.get("keep") or self.chosen["address"] != NEW:
            return None
        return {**data["ship_to"].facts, "kind": AddressKind.DELIVERY}


def _place_fields(prefix: str) -> dict[str, forms.Field]:
    """As in the address book; whether they have to be filled depends on what is chosen above them."""
    found = {}
    for name in PLACE:
        field = copy.deepcopy(PostalAddress.base_fields[name])
        field.required = False
        found[f"{prefix}_{name}"] = field
    return found


def _kind(prefix: str) -> str:
    return AddressKind.DELIVERY if prefix == SHIP else AddressKind.INVOICE


def _field(share: Share) -> str:
    return f"delivery_{share.business.pk}"


def _tax_number(typed: str) -> str:
    checker = tckimlik if len(typed.replace(" ", "")) == 11 else vkn
    if not checker.is_valid(typed):
        raise ValidationError(_("This is not a tax number. Look at the tax plate of the company."))
    return checker.compact(typed)


class Confirm(Choose):
    """How to pay, and the two texts, confirmed apart. Nothing is ticked beforehand."""

    agreed = forms.CharField(widget=forms.HiddenInput)
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    informed = forms.BooleanField(
        label=_("I have read and confirm the pre-information form."),
        error_messages={"required": _("To go on, confirm the pre-information form.")},
    )
    accepted = forms.BooleanField(
        label=_("I agree to the distance sales contract."),
        error_messages={"required": _("To go on, agree to the distance sales contract.")},
    )

    def clean(self) -> dict[str, Any]:
        """Nothing to pay: nothing to choose."""
        kept = {name: self.cleaned_data.get(name) for name in ("agreed", "key")}
        way = super().clean() if self.amount else {}
        return {**kept, "way": way}
