"""Forms of this room. What was typed stays; the error stands at its field."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import emails
from core import provinces, uploads
from core.free_text import refuse_secrets

from .models import Ticket
from .states import Priority, Queue, Status

MOST_FILES = 5
LONGEST = 8000


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Up to five files, each judged by its content. Gives a list of `Accepted`."""

    def __init__(self, **more: Any) -> None:
        hint = _("Up to five PDF, JPEG or PNG files, at most 10 MB each.")
        widget = FilesInput(attrs={"accept": uploads.ACCEPT})
        super().__init__(
            label=_("Files"), required=False, help_text=hint, widget=widget, allow_empty_file=True, **more
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if len(files) > MOST_FILES:
            raise ValidationError(_("Send at most five files in one message."), code="too_many")
        return [uploads.accept(file) for file in files]


def words_field(label: Any, rows: int = 6, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        validators=[refuse_secrets],
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": _("Write what we should know.")},
        **more,
    )


class Open(forms.Form):
    """A new ticket. `website` is a trap that people do not see; it gives the form back, nothing is lost."""

    queue = forms.ChoiceField(label=_("What is it about?"), choices=Queue.choices, initial=Queue.GENERAL)
    subject = forms.CharField(
        label=_("Subject"),
        max_length=140,
        validators=[refuse_secrets],
        error_messages={"required": _("Say it in a few words.")},
    )
    words = words_field(
        _("What happened?"),
        help_text=_("What you tried and what you saw. No card number, no password; we never need them."),
    )
    province = forms.ChoiceField(
        label=_("Province"),
        choices=[("", _("Choose")), *provinces.CHOICES],
        required=False,
        help_text=_("In an emergency we show the open clinics near you."),
    )
    district = forms.CharField(label=_("District"), max_length=60, required=False)
    files: Any = FilesField()
    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("The answer goes there, with a link to your request."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Without an address we cannot answer you.")},
    )
    source = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, is_known: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if is_known:
            del self.fields["name"], self.fields["email"]

    def clean_email(self) -> str:
        return emails.canonical(self.cleaned_data["email"])

    def clean_source(self) -> str:
        """Carried along for the desk; what may not be kept is left out silently."""
        try:
            refuse_secrets(self.cleaned_data["source"])
        except ValidationError:
            return ""
        return self.cleaned_data["source"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and data.get("website"):
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data["website"] = ""  # type: ignore[index]
            self.add_error(None, _("That was very quick. Look at it once more and send it again."))
        return data

    def facts(self) -> dict[str, Any]:
        """For `open_ticket`. Where somebody is matters in an emergency only, so it is kept only then."""
        data = self.cleaned_data
        facts = {name: data[name] for name in ("queue", "subject", "words", "files", "source")}
        facts |= {"guest_name": data.get("name", ""), "guest_email": data.get("email", "")}
        if data["queue"] == Queue.EMERGENCY:
            facts |= {name: data[name] for name in ("province", "district")}
        return facts


class Reply(forms.Form):
    words = words_field(_("Your message"), rows=5)
    files: Any = FilesField()


class AskForPause(forms.Form):
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        help_text=_("The last day of the pause. Empty: until you come back."),
    )
    words = words_field(_("Anything we should know?"), rows=3, required=False)

    def clean_until(self) -> datetime.datetime | None:
        """Midnight after that day, in our time."""
        day = self.cleaned_data["until"]
        if day is None:
            return None
        if day < timezone.localdate():
            raise ValidationError(_("This day is over."), code="past")
        return timezone.make_aware(
            datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time.min)
        )


class Rate(forms.Form):
    score = forms.TypedChoiceField(
        label=_("How did we do?"),
        choices=[
            (5, _("Very good")),
            (4, _("Good")),
            (3, _("So-so")),
            (2, _("Bad")),
            (1, _("Very bad")),
        ],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    comment = forms.CharField(
        label=_("Would you say why?"), max_length=500, required=False, validators=[refuse_secrets]
    )


# --- The desk -------------------------------------------------------------------------------

THEN = [
    (Status.WAITING, _("Answer, and wait for theirs")),
    (Status.SOLVED, _("Answer, it is solved")),
    (Status.OPEN, _("Answer, we write again")),
]


class Answer(forms.Form):
    """An answer or an internal note; `seen` is the last message the agent had before her."""

    words = words_field(_("Your message"), rows=8)
    files: Any = FilesField()
    then = forms.ChoiceField(label=_("And then"), choices=THEN, initial=Status.WAITING)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**62)


class Sort(forms.Form):
    queue = forms.ChoiceField(label=_("Queue"), choices=Queue.choices)
    priority = forms.TypedChoiceField(label=_("Priority"), choices=Priority.choices, coerce=int)


class Assign(forms.Form):
    to: Any = forms.ModelChoiceField(
        label=_("Who answers"), queryset=None, required=False, empty_label=_("Nobody")
    )
    was = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["to"]
        field.queryset = people
        field.label_from_instance = lambda person: person.get_full_name() or person.email


class Merge(forms.Form):
    reference = forms.CharField(label=_("Reference of the ticket that stays"), max_length=12)

    def clean_reference(self) -> Ticket:
        found = Ticket.objects.filter(reference=self.cleaned_data["reference"].strip().upper()).first()
        if found is None:
            raise ValidationError(_("There is no ticket with this reference."), code="unknown")
        return found


class Draft(forms.Form):
    words = forms.CharField(required=False, max_length=20_000)


class FromLetter(forms.Form):
    queue = forms.ChoiceField(label=_("Queue"), choices=Queue.choices, initial=Queue.GENERAL)
