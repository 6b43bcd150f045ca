"""What readers may write, and what editors decide."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.free_text import refuse_secrets

from .models import CategoryPage, QuestionPage, Reason

QUICKEST_HAND = 2  # seconds; programs need less to fill in a form
STAMP_SALT = "faq.asked-at"


class Vote(forms.Form):
    helpful = forms.TypedChoiceField(
        choices=[("yes", _("Yes")), ("no", _("No"))], coerce=lambda value: value == "yes"
    )
    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    change = forms.BooleanField(required=False)


class Explanation(forms.Form):
    """Why an answer did not help. Something has to be said; which of the two is free."""

    reason = forms.ChoiceField(
        label=_("What did you miss?"), choices=Reason.choices, required=False, widget=forms.RadioSelect
    )
    comment = forms.CharField(
        label=_("Would you say it in one sentence?"),
        max_length=200,
        required=False,
        validators=[refuse_secrets],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("reason") and not data.get("comment"):
            self.add_error("reason", _("Choose a reason or write one sentence."))
        return data


class Question(forms.Form):
    """A question that is missing. `website` is a trap: people do not see it, programs fill it in.

    Who falls into a trap gets the form back with every word kept and sends it once more, so nobody
    is lost; a program stays in front of it.
    """

    text = forms.CharField(
        label=_("Your question"),
        max_length=1000,
        min_length=5,
        validators=[refuse_secrets],
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Write your question."),
            "min_length": _("Write a little more, so that we understand what you are looking for."),
        },
    )
    email = forms.EmailField(
        label=_("E-mail (optional)"),
        help_text=_("Only for the answer to this question. Without it you can look with your reference."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    source = forms.ModelChoiceField(QuestionPage.objects.live(), required=False, widget=forms.HiddenInput)
    query = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def renewed(self) -> Question:
        """To be shown again: with a stamp that can be read and with the trap emptied."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["website"] = ""
        if not _seconds_since(data.get("stamp", "")):
            data["stamp"] = stamp()
        self.data = data
        return self

    def clean_query(self) -> str:
        """Carried along for the editors; a number that may not be kept is left out silently."""
        try:
            refuse_secrets(self.cleaned_data["query"])
        except forms.ValidationError:
            return ""
        return self.cleaned_data["query"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and (data.get("website") or _seconds_since(data.get("stamp", "")) < QUICKEST_HAND):
            self.add_error(None, _("That was very quick. Look at it once more and send it again."))
        return data


def blank_question(*, query: str = "", source: Any = None) -> Question:
    """The form as it stands on other pages: an empty search is carried over as the question."""
    query = " ".join(query.split())[:200]
    start = {"text": query, "query": query, "source": source, "stamp": stamp()}
    return Question(initial=start, auto_id="ask_%s")


def stamp() -> str:
    """When the form was given out, signed."""
    return signing.dumps(int(timezone.now().timestamp()), salt=STAMP_SALT)


def _seconds_since(value: str) -> float:
    """0 for a stamp that is not ours."""
    try:
        return timezone.now().timestamp() - signing.loads(value, salt=STAMP_SALT)
    except signing.BadSignature:
        return 0


class Shelf(forms.Form):
    category = forms.ModelChoiceField(CategoryPage.objects.select_related("locale"))


class AnswerAt(forms.CharField):
    """The address of a published answer as copied from the browser: its page, or its place in the list."""

    def clean(self, value: Any) -> QuestionPage | None:
        address = urlsplit(super().clean(value))
        steps = [*address.path.split("/"), address.fragment]
        ending = "/".join([step for step in steps if step][-2:])
        if not ending:
            return None
        found = QuestionPage.objects.live().filter(url_path__endswith=f"/{ending}/").select_related("locale")
        if answer := found.first():
            return answer
        raise forms.ValidationError(_("There is no published answer at this address."))


class Closing(forms.Form):
    """Either a reason for the asker or the address of the answer that is there already."""

    reason = forms.CharField(required=False, max_length=300)
    question = AnswerAt(required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("reason") and not data.get("question"):
            raise forms.ValidationError(
                _("Write a reason, or the address of the answer that is there already.")
            )
        return data
