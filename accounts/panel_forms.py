"""Forms of "Hesap": contact, addresses, preferences, requests about data."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.free_text import refuse_secrets

from . import codes, phones
from .forms import AddressField, PasswordField, first_name_field, last_name_field
from .models import Address, RequestKind, User


class Name(forms.ModelForm):
    first_name = first_name_field()
    last_name = last_name_field()

    class Meta:
        model = User
        fields = ["first_name", "last_name"]


class Preferences(forms.ModelForm):
    class Meta:
        model = User
        fields = ["locale"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["locale"].choices = settings.LANGUAGES


class NewContact(forms.Form):
    """Base of the two: the new value must differ from the one in force."""

    value: forms.Field

    def __init__(self, *args: Any, current: str, **kwargs: Any) -> None:
        self.current = current
        super().__init__(*args, **kwargs)

    def clean_value(self) -> str:
        if self.cleaned_data["value"] == self.current:
            raise ValidationError(_("This is the one you have already."), code="same")
        return self.cleaned_data["value"]


class NewEmail(NewContact):
    value = AddressField(
        label=_("New e-mail"), help_text=_("We send a code there to be sure that it is yours.")
    )


class PhoneField(forms.CharField):
    """Gives E.164, whatever way the number was written."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"})
        more.setdefault("error_messages", {"required": _("Write a mobile number like 0532 123 45 67.")})
        super().__init__(widget=widget, max_length=30, **more)

    def clean(self, value: Any) -> str:
        return phones.canonical(super().clean(value))


class NewPhone(NewContact):
    value = PhoneField(
        label=_("Mobile phone"), help_text=_("Like 0532 123 45 67. We send a code there by SMS.")
    )


class Code(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Write the six digits we sent.")},
    )

    def clean_code(self) -> str:
        typed = re.sub(r"\D", "", self.cleaned_data["code"])
        if len(typed) != codes.DIGITS:
            raise ValidationError(_("The code has six digits."), code="incorrect_code")
        return typed


class PostalAddress(forms.ModelForm):
    """One address. What carriers need is asked for piece by piece, in the order of an envelope."""

    class Meta:
        model = Address
        fields = [
            "kind",
            "name",
            "province",
            "district",
            "neighbourhood",
            "street",
            "building",
            "door",
            "postcode",
            "is_default",
        ]
        labels = {
            "name": _("Name and surname, or company"),
            "door": _("Flat (if there is one)"),
            "is_default": _("Use this one unless I say otherwise"),
        }
        widgets = {
            "kind": forms.Select(),
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "province": forms.Select(attrs={"autocomplete": "address-level1"}),
            "district": forms.TextInput(attrs={"autocomplete": "address-level2"}),
            "neighbourhood": forms.TextInput(attrs={"autocomplete": "address-level3"}),
            "street": forms.TextInput(attrs={"autocomplete": "address-line1"}),
            "postcode": forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
        }

    def clean_postcode(self) -> str:
        typed = self.cleaned_data["postcode"].strip()
        if not re.fullmatch(r"[0-9]{5}", typed):
            raise ValidationError(_("A postal code has five digits."), code="postcode")
        return typed

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        province, postcode = facts.get("province"), facts.get("postcode")
        if province and postcode and not postcode.startswith(province):
            self.add_error("postcode", _("Postal codes of this province begin with %s.") % province)
        return facts


class AskForData(forms.Form):
    kind = forms.ChoiceField(
        label=_("What do you want?"),
        choices=[choice for choice in RequestKind.choices if choice[0] != RequestKind.ERASE],
        error_messages={"required": _("Choose what you want.")},
    )
    text = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=2000,
        help_text=_("What is wrong and how should it be, or what do you object to? Not needed for a copy."),
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[refuse_secrets],
    )

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("kind") in (RequestKind.CORRECT, RequestKind.OBJECT) and not facts.get("text"):
            self.add_error("text", _("Write what it is about."))
        return facts


class ConfirmClosing(forms.Form):
    """The last step before the thirty days."""

    password = PasswordField(label=_("Current password"), autocomplete="current-password")
    understood = forms.BooleanField(
        label=_("I have read what is erased and what the law makes you keep."),
        error_messages={"required": _("Tick this so that we know you have read it.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        if not self.user.check_password(self.cleaned_data["password"]):
            raise ValidationError(_("This is not your current password."), code="password")
        return self.cleaned_data["password"]
