"""Forms of the back office and of the public review page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .models import LONGEST_NOTE, Verdict

DAYS = [(2, _("2 days")), (7, _("7 days")), (14, _("14 days")), (30, _("30 days"))]


def _note(**more: Any) -> forms.CharField:
    more.setdefault("widget", forms.Textarea(attrs={"rows": 5}))
    return forms.CharField(max_length=LONGEST_NOTE, **more)


class AskForReview(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("Who reads: stands in the history of the page."),
        error_messages={"required": _("Write who shall read the draft.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Leave it empty, and we show you the link once to pass on."),
    )
    days = forms.TypedChoiceField(label=_("Valid for"), choices=DAYS, initial=7, coerce=int)

    def clean_email(self) -> str:
        """Plain letters only: a look-alike of the approver's address must not become it in lower case."""
        typed = self.cleaned_data["email"]
        if not typed.isascii():
            raise ValidationError(_("An address may only hold plain letters here."))
        return typed.lower()


class Answer(forms.Form):
    """Two buttons, one note. Returning a draft without saying why helps nobody, so that needs the note."""

    verdict = forms.ChoiceField(
        choices=Verdict.choices, error_messages={"required": _("Choose one of the two answers.")}
    )
    note = _note(
        label=_("Your note"),
        required=False,
        help_text=_("Needed when you return the draft. Only the editors read it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("verdict") == Verdict.RETURNED and "note" in cleaned and not cleaned["note"]:
            raise ValidationError({"note": _("Write what has to change.")})
        return cleaned


class Reason(forms.Form):
    reason = _note(
        label=_("Reason"),
        help_text=_("Stands in the history of the page and in a report."),
        error_messages={"required": _("Write why this has to go out now.")},
    )


class NameStandIn(forms.Form):
    person: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None, label=_("Who acts instead"), error_messages={"required": _("Choose a person.")}
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("Stands in the history of the page."),
        error_messages={"required": _("Write why.")},
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
        self.fields["person"].label_from_instance = lambda person: (
            f"{person.get_full_name()} ({person.email})"
        )
