"""One form for all permits: each kind asks for what stands on it, and for the paper itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.uploads import UploadField

from ..licence_kinds import ACTIVITY, FIELDS, HOLDERS, OPEN_ENDED, LicenceKind
from ..models import Business, Licence


class LicenceForm(forms.ModelForm):
    file = UploadField(label=_("Photo or scan of it"), required=False)

    class Meta:
        model = Licence
        fields = sorted({name for names in FIELDS.values() for name in names})
        widgets = {
            "valid_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "valid_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, business: Business, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.business, self.kind = business, LicenceKind(kind)
        self.instance.business, self.instance.kind = business, kind
        self.fields = {name: self.fields[name] for name in [*FIELDS[kind], "file"]}
        self._fit()

    def _fit(self) -> None:
        for name, field in self.fields.items():
            field.required = not (name == "file" or (name == "valid_until" and self.kind in OPEN_ENDED))
        if "holder" in self.fields:
            self.fields["holder"].label = HOLDERS[self.kind]
        self.fields["valid_until"].help_text = (
            _("Leave it empty if the permit has no end.") if self.kind in OPEN_ENDED else ""
        )
        places: Any = self.fields["location"]
        places.queryset, places.empty_label = self.business.locations.all(), None
        if not self.instance.pk:
            self.initial.setdefault("location", places.queryset.first())
        if "activity" in self.fields and self.business.kind in ACTIVITY:
            self.initial.setdefault("activity", ACTIVITY[self.business.kind])

    def clean_activity(self) -> str:
        activity = self.cleaned_data["activity"]
        if activity != ACTIVITY.get(self.business.kind, activity):
            raise forms.ValidationError(_("A permit counts only for the activity on it."), code="activity")
        return activity

    def clean_valid_until(self) -> Any:
        end = self.cleaned_data["valid_until"]
        if end and end < timezone.localdate():
            raise forms.ValidationError(_("This permit is over already. Send the renewed one."), code="over")
        return end

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("valid_from"), values.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("The end lies before the beginning."))
        has_file = self.instance.pk and self.instance.evidence.exists()
        if not (has_file or values.get("file") or self.errors.get("file")):
            self.add_error("file", _("Add a photo or scan of it."))
        return values

    def accepted(self) -> list[Any]:
        found = self.cleaned_data.get("file")
        return [found] if found else []
