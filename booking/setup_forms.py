"""The first services of a business in one form: what is suggested, each with a box to leave it out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def _tick(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, initial=True)


class SetUpForm(forms.Form):
    def __init__(self, *args: Any, places: Any, stands: Any, services: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.stands, self.services = stands, services
        self.fields["location"] = forms.ModelChoiceField(places, label=_("Branch"), empty_label=None)
        for at, stand in enumerate(stands):
            self._ask_stand(at, stand)
        for at, service in enumerate(services):
            self._ask_service(at, service)
        self.fields["opens"] = _tick(_("Open them at once: anybody may book"))

    def _ask_stand(self, at: int, stand: Any) -> None:
        self.fields[f"stand_{at}"] = _tick(stand.name)
        if stand.is_many:
            number = forms.IntegerField(label=_("How many at once"), min_value=1, max_value=200, initial=1)
            self.fields[f"number_{at}"] = number

    def _ask_service(self, at: int, service: Any) -> None:
        self.fields[f"service_{at}"] = _tick(service.name)
        self.fields[f"price_{at}"] = forms.DecimalField(
            label=_("Price in lira, VAT included"),
            min_value=0,
            max_digits=8,
            decimal_places=2,
            required=False,
            localize=True,
        )

    def stands_asked(self) -> list[tuple[Any, Any]]:
        found = enumerate(self.stands)
        return [(self[f"stand_{at}"], self[f"number_{at}"] if one.is_many else None) for at, one in found]

    def services_asked(self) -> list[tuple[Any, Any]]:
        return [(self[f"service_{at}"], self[f"price_{at}"]) for at in range(len(self.services))]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        for at in range(len(self.services)):
            name = f"price_{at}"
            if facts.get(f"service_{at}") and facts.get(name) is None and name not in self.errors:
                self.add_error(name, _("Write its price; 0 when it costs nothing."))
        if not self.errors and not self.chosen_stands():
            self.add_error("stand_0" if self.stands else None, _("Tick at least one on which they rest."))
        return facts

    def chosen_stands(self) -> list[tuple[Any, int]]:
        given = self.cleaned_data
        chosen = [(at, one) for at, one in enumerate(self.stands) if given.get(f"stand_{at}")]
        return [(one, given.get(f"number_{at}") or 1) for at, one in chosen]

    def chosen_services(self) -> list[tuple[Any, Any]]:
        given = self.cleaned_data
        chosen = [(at, one) for at, one in enumerate(self.services) if given.get(f"service_{at}")]
        return [(one, given[f"price_{at}"]) for at, one in chosen]
