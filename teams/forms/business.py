"""Forms of the facts of a business, shared by registration and profile."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, RegexValidator
from django.utils.translation import gettext_lazy as _
from stdnum import iban
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.tr import tckimlik, vkn

from core import provinces
from core.phones import PhoneField

from .. import trader
from ..kinds import Kind
from ..models import Business, Location, Membership


class KindForm(forms.ModelForm):
    kind = forms.ChoiceField(
        label=_("What kind of business?"), choices=Kind.choices, widget=forms.RadioSelect
    )

    class Meta:
        model = Business
        fields = ["kind", "name"]
        labels = {"name": _("The name people know")}


class IdentityForm(forms.ModelForm):
    class Meta:
        model = Business
        fields = ["legal_name", "tax_number", "tax_office", *trader.FIELDS]
        help_texts = {
            "legal_name": _("As it stands on the tax plate."),
            "tax_number": _("10 digits (VKN), or the 11 digits of your identity number (TCKN)."),
            "mersis": _("16 digits. Whoever sells here as a trader needs it, the registry and KEP."),
            "trade_registry": _("Office and number, such as İstanbul 123456-5."),
            "kep": _("Registered e-mail, such as name@hs01.kep.tr."),
            "chamber": _("Instead of these three, if you are a craftsman (esnaf): your chamber and number."),
        }
        widgets = {name: forms.TextInput(attrs={"inputmode": "numeric"}) for name in ("tax_number", "mersis")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("legal_name", "tax_number", "tax_office"):
            self.fields[name].required = True
        _take_spaces(self.fields["tax_number"], 20)
        _take_spaces(self.fields["mersis"], 30)

    def clean_tax_number(self) -> str:
        typed = "".join(self.cleaned_data["tax_number"].split())
        checker = tckimlik if len(typed) == 11 else vkn
        try:
            return checker.validate(typed)
        except StdnumError as error:
            raise ValidationError(
                _("This is no tax or identity number. Check the digits."), code="tax"
            ) from error

    def clean_mersis(self) -> str:
        typed = self.cleaned_data["mersis"]
        return trader.read_mersis(typed) if typed else ""

    def clean_kep(self) -> str:
        typed = self.cleaned_data["kep"]
        return trader.read_kep(typed) if typed else ""

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        self._name_the_seller(values)
        mersis, number = values.get("mersis"), values.get("tax_number")
        if mersis and number and trader.tax_number_of(mersis) != number:
            self.add_error("mersis", _("This MERSİS number belongs to another tax number."))
        return values

    def _name_the_seller(self, values: dict[str, Any]) -> None:
        """A trader names all three; a shop is a trader or a craftsman."""
        is_trader = any(self.data.get(name, "").strip() for name in trader.TRADER)
        if not is_trader and (values.get("chamber") or self.instance.kind != Kind.SHOP):
            return
        for name in trader.TRADER:
            if not values.get(name) and name not in self.errors:
                self.add_error(name, _("A trader who sells here names this. A craftsman names the chamber."))


class BankForm(forms.ModelForm):
    class Meta:
        model = Business
        fields = ["iban", "iban_holder"]
        help_texts = {
            "iban": _("Begins with TR and has 26 characters."),
            "iban_holder": _("The bank account has to be in the name of the legal person."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _require(self)
        _take_spaces(self.fields["iban"], 42)

    def clean_iban(self) -> str:
        try:
            number = iban.validate(self.cleaned_data["iban"])
        except StdnumError as error:
            raise ValidationError(_("This is no IBAN. Check letters and digits."), code="iban") from error
        if not number.startswith("TR"):
            raise ValidationError(
                _("We pay to accounts in Türkiye only; the IBAN begins with TR."), code="iban"
            )
        return number


class ProfileForm(forms.ModelForm):
    phone = PhoneField(label=_("Phone"), required=False)

    class Meta:
        model = Business
        fields = ["name", "about", "phone", "email"]
        help_texts = {"about": _("Visitors read this on your page.")}
        widgets = {"about": forms.Textarea(attrs={"rows": 5})}


class LocationForm(forms.ModelForm):
    province = forms.ChoiceField(label=_("Province"), choices=[("", "—"), *provinces.CHOICES])
    phone = PhoneField(label=_("Phone"), required=False)

    class Meta:
        model = Location
        fields = [
            "name",
            "province",
            "district",
            "neighbourhood",
            "street",
            "building",
            "flat",
            "postcode",
            "phone",
            "is_main",
        ]
        labels = {"is_main": _("This is the main branch")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("district", "neighbourhood", "building"):
            self.fields[name].required = True
        if self.instance.is_main:
            self.fields.pop("is_main", None)
        self.fields["postcode"].validators.append(
            RegexValidator(r"^\d{5}$", _("A postcode has five digits."), "postcode")
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        postcode, province = values.get("postcode"), values.get("province")
        if postcode and province and not postcode.startswith(province):
            self.add_error("postcode", _("This postcode belongs to another province."))
        return values

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        others = Location.objects.filter(business=self.instance.business, name=name)
        if others.exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another branch has this name."), code="unique")
        return name


class PlaceForm(LocationForm):
    """Address of the main branch with the contact of the business, as the registration asks for them."""

    phone = PhoneField(label=_("Phone"))
    email = forms.EmailField(label=_("E-mail"), help_text=_("Visitors see phone and e-mail on your page."))

    class Meta(LocationForm.Meta):
        fields = [name for name in LocationForm.Meta.fields if name not in ("name", "phone", "is_main")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        business = self.instance.business
        self.initial.update(phone=business.phone, email=business.email)


class ShownForm(forms.ModelForm):
    class Meta:
        model = Membership
        fields = ["is_public", "public_title"]
        labels = {"is_public": _("Show my name on the public page"), "public_title": _("My title there")}
        help_texts = {"public_title": _("Such as “Vet” or “Physiotherapist”.")}


def _require(form: forms.ModelForm) -> None:
    for field in form.fields.values():
        field.required = True


def _take_spaces(field: Any, longest: int) -> None:
    """People type numbers in groups; the length that counts is checked after that."""
    field.max_length = longest
    field.validators = [MaxLengthValidator(longest)]
    field.widget.attrs["maxlength"] = longest
