"""What a consultation asks for: the box before entering, another address, the summary."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.validators import URLValidator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from legal.queries import Paper

from .models import Summary
from .models.summaries import LONGEST

# An amount of a medicine (5 mg, 2 mg/kg). What a laboratory measures (mg/dl) is none.
DOSE = re.compile(r"\d\s*(?:mg|mcg|µg|μg|iu|ml\s*/\s*kg)(?!\s*/\s*d?l)\b", re.IGNORECASE)
NO_DOSE = _("This reads like the dose of a medicine. A consultation gives none; send her to a clinic for it.")


class EnterForm(forms.Form):
    """The version that was shown goes with the press; exactly that one is accepted."""

    def __init__(self, *args: Any, paper: Paper, is_accepted: bool, may_share: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.paper = paper
        if may_share:
            self.fields["share"] = forms.BooleanField(
                label=_("Open vaccinations and weight of my pet for the vet"),
                help_text=_("Closes by itself when the room closes."),
                required=False,
            )
        if not is_accepted:
            self._ask(paper)

    def _ask(self, paper: Paper) -> None:
        title = paper.version.title
        words = _("Read the whole text (opens in a new tab)")
        link = format_html('<a href="{}" target="_blank" rel="noopener">{}</a>', paper.url, words)
        self.fields["accept"] = forms.BooleanField(
            label=_("I have read “%(title)s”: this is advice and no examination.") % {"title": title},
            help_text=link if paper.url else "",
            error_messages={"required": _("Tick the box once you have read it; then the room opens.")},
        )
        number = forms.CharField(widget=forms.HiddenInput, initial=str(paper.version.pk))
        self.fields["version"] = number

    def clean_version(self) -> str:
        given = str(self.cleaned_data["version"])
        if given != str(self.paper.version.pk):
            raise forms.ValidationError(_("A newer version came into force just now. Load the page again."))
        return given


class AddressForm(forms.Form):
    address = forms.URLField(
        label=_("Meeting address"),
        max_length=300,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"inputmode": "url", "autocomplete": "off", "placeholder": "https://"}),
        validators=[URLValidator(schemes=["https"], message=_("It has to begin with https://."))],
        help_text=_("Of a meeting you run yourself, https only. Empty: it is held in our room."),
    )

    def clean_address(self) -> str:
        given = str(self.cleaned_data["address"])
        parts = urlsplit(given)
        if parts.username or parts.password:
            raise forms.ValidationError(_("Leave out name and password: everybody invited would see them."))
        return given


class SummaryForm(forms.ModelForm):
    class Meta:
        model = Summary
        fields = ["told", "seen", "advice", "go_if"]
        widgets = {
            name: forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST})
            for name in ("told", "seen", "advice", "go_if")
        }
        labels = {
            "told": _("What she told you"),
            "seen": _("What you saw"),
            "advice": _("Advice"),
            "go_if": _("When to go to a clinic at once"),
        }
        help_texts = {
            "seen": _("What the picture showed, without a diagnosis."),
            "advice": _("Care, watching, a visit. No medicine, no dose, no prescription."),
            "go_if": _("The signs at which she should not wait any longer."),
        }

    def __init__(self, *args: Any, is_sent: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        self.is_sent = is_sent

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in ("advice", "go_if"):
            if DOSE.search(given.get(name, "")):
                self.add_error(name, NO_DOSE)
        for name in ("seen", "advice", "go_if"):
            if self.is_sent and not given.get(name) and name not in self.errors:
                self.add_error(name, _("Write it before you send; a draft may wait."))
        return given


class AddendumForm(forms.Form):
    text = forms.CharField(
        label=_("What you add"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What was sent stays as it is; this stands below it, with your name and the time."),
    )

    def clean_text(self) -> str:
        given = str(self.cleaned_data["text"])
        if DOSE.search(given):
            raise forms.ValidationError(NO_DOSE)
        return given
