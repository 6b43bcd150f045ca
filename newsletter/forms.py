"""Sign-up and preferences."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import emails
from core.audiences import Audience
from core.free_text import refuse_secrets

from . import consent
from .models import Issue

NO_TOPIC = _("Choose at least one; to get none, end the newsletter.")


def audiences_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("What is it about?"),
        choices=Audience.choices,
        initial=Audience.values,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": NO_TOPIC},
    )


class SignUp(forms.Form):
    """`website` is a trap: people do not see it. `text` names the words that were shown with the form."""

    email = forms.CharField(
        label=_("E-mail"),
        max_length=320,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Write your e-mail address.")},
    )
    audiences = audiences_field()
    text = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = consent.words(get_language() or "tr")
        self.initial["text"] = self.words.sha256

    def clean_email(self) -> str:
        return emails.canonical(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("text") != self.words.sha256:
            self.add_error(None, _("The text below has changed just now. Read it and send the form again."))
        if data.get("website"):
            self.add_error(None, _("Look at it once more and send it again."))
        return data

    def renewed(self) -> SignUp:
        """To be shown again: with the words in force and an empty trap."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["website"], data["text"] = "", self.words.sha256
        self.data = data
        return self


class Preferences(forms.Form):
    audiences = audiences_field()
    locale = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class Texts(forms.ModelForm):
    class Meta:
        model = Issue
        fields = ["subject_tr", "subject_en", "intro_tr", "intro_en"]
        widgets = {name: forms.Textarea(attrs={"rows": 5}) for name in ("intro_tr", "intro_en")}

    def clean_intro_tr(self) -> str:
        return self._plain("intro_tr")

    def clean_intro_en(self) -> str:
        return self._plain("intro_en")

    def _plain(self, name: str) -> str:
        value = self.cleaned_data[name]
        refuse_secrets(value)
        return value.replace("\r\n", "\n")
