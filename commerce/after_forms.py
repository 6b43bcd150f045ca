"""Forms of what follows a sale."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commerce.return_states import Decision, Ground, NotTaken
from commerce.review_rules import Refusal
from core import free_text, photos

MOST_PHOTOS = 3


class Pieces(forms.Form):
    """How many of each line; one number field for each. `key` makes pressing twice the same."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *args: Any, lines: Iterable[tuple[Any, int]], **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid.uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(data, *args, **kwargs)
        self.of_lines = [(line, most, self._add(line, most)) for line, most in lines if most]

    def _add(self, line: Any, most: int) -> str:
        name = f"line_{line.pk}"
        widget = forms.NumberInput(
            attrs={"inputmode": "numeric", "min": 0, "max": most, "class": "input pieces"}
        )
        self.fields[name] = forms.IntegerField(
            label=line.title, min_value=0, max_value=most, required=False, initial=0, widget=widget
        )
        return name

    def rows(self) -> list[dict[str, Any]]:
        return [{"line": line, "most": most, "field": self[name]} for line, most, name in self.of_lines]

    def pieces(self) -> dict[int, int]:
        return {line.pk: self.cleaned_data.get(name) or 0 for line, _most, name in self.of_lines}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(data.get(name) for _l, _m, name in self.of_lines):
            raise forms.ValidationError(_("Choose at least one piece."), code="nothing")
        return data


class Cancel(Pieces):
    """First what, then the amount; the second press carries the amount that was read."""

    amount = forms.DecimalField(widget=forms.HiddenInput, required=False)


class Photos(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Up to three pictures, drawn anew."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("label", gettext_lazy("Pictures"))
        more.setdefault("help_text", gettext_lazy("Up to three, JPEG, PNG or WebP, at most 10 MB each."))
        more["widget"] = Photos(attrs={"accept": "image/jpeg,image/png,image/webp", "multiple": True})
        super().__init__(**more)

    def clean(self, data: Any, initial: Any = None) -> list[ContentFile]:
        files = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(files) > MOST_PHOTOS:
            raise forms.ValidationError(_("At most three pictures."), code="too_many")
        return [ContentFile(photos.checked_image(one)) for one in files]


def _words(label: Any, *, required: bool = False, help_text: Any = "", most: int = 1000) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=most,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[free_text.refuse_secrets],
    )


class SendBack(Pieces):
    ground = forms.ChoiceField(
        label=gettext_lazy("Why"),
        choices=Ground.choices,
        initial=Ground.WITHDRAWAL,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Within 14 days you need no reason."),
    )
    words = _words(gettext_lazy("In your words (if you like)"))
    photos = PhotosField(required=False, help_text=gettext_lazy("They help when something arrived damaged."))
    is_sealed = forms.BooleanField(label=gettext_lazy("Its seal is not opened."), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        sealed = [line for line, _most, name in self.of_lines if data.get(name) and self._needs_seal(line)]
        if sealed and data.get("ground") == Ground.WITHDRAWAL and not data.get("is_sealed"):
            self.add_error("is_sealed", _("Opened, it cannot be sent back: %s") % sealed[0].title)
        return data

    @staticmethod
    def _needs_seal(line: Any) -> bool:
        from commerce.return_rules import IF_SEALED

        return line.withdrawal in IF_SEALED

    @property
    def asks_for_seal(self) -> bool:
        return any(self._needs_seal(line) for line, _most, _name in self.of_lines)


class Sent(forms.Form):
    carrier = forms.CharField(label=gettext_lazy("Carrier"), max_length=40)
    tracking = forms.CharField(
        label=gettext_lazy("Tracking number"),
        max_length=40,
        min_length=6,
        help_text=gettext_lazy("It stands on the receipt. It is your proof that you sent it."),
    )


class Dispute(forms.Form):
    words = _words(gettext_lazy("What is not true"), required=True)


class ReturnCode(forms.Form):
    kod = forms.CharField(label=gettext_lazy("Return code"), max_length=12, required=False)


class Accept(forms.Form):
    restock = forms.ChoiceField(
        label=gettext_lazy("What becomes of the goods"),
        choices=[
            ("1", gettext_lazy("Back on the shelf: it can be sold again")),
            ("", gettext_lazy("Not on the shelf")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    amount = forms.DecimalField(widget=forms.HiddenInput)


class Refuse(forms.Form):
    reason = forms.ChoiceField(label=gettext_lazy("Why"), choices=NotTaken.choices, widget=forms.RadioSelect)
    words = _words(gettext_lazy("What you found"), required=True)
    photos = PhotosField(required=True)


class Decide(forms.Form):
    decision = forms.ChoiceField(choices=Decision.choices, widget=forms.RadioSelect)
    words = _words(gettext_lazy("Why (both sides read it)"), required=True)


class Review(forms.Form):
    score = forms.TypedChoiceField(
        label=gettext_lazy("Stars"),
        coerce=int,
        choices=[(number, number) for number in range(5, 0, -1)],
        widget=forms.RadioSelect,
    )
    title = forms.CharField(label=gettext_lazy("In one line"), max_length=120)
    body = _words(
        gettext_lazy("What you lived through"),
        required=True,
        most=3000,
        help_text=gettext_lazy(
            "For example how your animal took to it. Say nothing about treating illnesses: a vet does that."
        ),
    )

    def __init__(self, *args: Any, is_limited: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_limited:
            del self.fields["score"]
            self.fields["body"].help_text = _(
                "You never had the goods, so write about the order: what was said, how it ended."
            )


class Answer(forms.Form):
    text = _words(gettext_lazy("Your answer"), most=2000)


class Report(forms.Form):
    reason = forms.ChoiceField(label=gettext_lazy("Why"), choices=Refusal.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("In your words (if you like)"),
        max_length=500,
        required=False,
        validators=[free_text.refuse_secrets],
    )


class Check(forms.Form):
    """Empty: it is shown."""

    refusal = forms.ChoiceField(choices=[("", gettext_lazy("Show it")), *Refusal.choices], required=False)


class Alert(forms.Form):
    email = forms.EmailField(label=gettext_lazy("Your e-mail"), max_length=254)
