"""Forms of the back office."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.pages import ContentPageForm

LONGEST_NOTE = 1000


class PostForm(ContentPageForm):
    def clean_official(self) -> bool:
        """The model would quietly keep the mark; the editor should hear why."""
        official = self.cleaned_data["official"]
        if self.instance.is_announced and not official:
            raise ValidationError(_("This was announced, so it stays an announcement. You can retract it."))
        return bool(official)


class RetractForm(forms.Form):
    """One reason for each language in which the announcement was told."""

    def __init__(self, languages: list[tuple[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in languages:
            self.fields[code] = forms.CharField(
                label=_("Public reason (%(language)s)") % {"language": name},
                help_text=gettext_lazy("Readers see it above the text, with date and time."),
                max_length=LONGEST_NOTE,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
