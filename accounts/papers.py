"""The legal texts of sign-up: notices that are shown, documents that are accepted, each for itself.

The form carries the version it was shown with, and exactly that version is recorded. When another one
has come into force meanwhile, the form comes back with it and asks anew.
"""

from __future__ import annotations

import datetime
from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from legal import services
from legal.models import Mode
from legal.queries import Paper

CONTEXT = "signup"
REPLACED = _("A newer version came into force just now. Read it before you go on.")


class Box(forms.CheckboxInput):
    """Ticked it sends the version its label names; shown again it is ticked only for that same version."""

    def __init__(self, version: str) -> None:
        self.version = version
        super().__init__(check_test=lambda value: value == version)

    def format_value(self, value: Any) -> str:
        return self.version

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name, "")


class Posted(forms.CharField):
    """A field whose value has to be the version of `paper`."""

    paper: Paper

    def __init__(self, paper: Paper, **more: Any) -> None:
        self.paper = paper
        super().__init__(**more)

    def clean(self, value: Any) -> str:
        if super().clean(value) != str(self.paper.version.pk):
            raise forms.ValidationError(REPLACED, code="replaced")
        return str(value)


class Notice(Posted):
    """Shown, not accepted: the page sends the version along without a box."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(
            paper, required=True, widget=forms.HiddenInput, error_messages={"required": REPLACED}
        )


class Accepted(Posted):
    def __init__(self, paper: Paper) -> None:
        version = paper.version
        super().__init__(
            paper,
            label=_("I have read “%(title)s”, version %(number)s, and I accept it.")
            % {"title": version.title, "number": version.number},
            help_text=_link(paper),
            widget=Box(str(version.pk)),
            error_messages={
                "required": _("Tick the box if you accept the text. Without it no account is opened.")
            },
        )


def field(paper: Paper) -> Posted:
    return Accepted(paper) if paper.version.mode == Mode.EXPLICIT else Notice(paper)


def name(paper: Paper) -> str:
    return f"paper_{paper.version.document}"


def record(paper: Paper, *, user: Any, request: HttpRequest, now: datetime.datetime) -> None:
    """Keep that this person accepted this document, or was shown this notice."""
    verb = services.accept if paper.version.mode == Mode.EXPLICIT else services.note_read
    ip = get_adapter().get_client_ip(request)
    verb(user=user, version=paper.version, context=CONTEXT, now=now, ip=ip, locale=get_language() or "")


def _link(paper: Paper) -> str:
    """In a new tab, since a form that is left forgets its password."""
    if not paper.url:
        return ""
    words = _("Read the whole text (opens in a new tab)")
    return format_html('<a href="{}" hreflang="tr" target="_blank" rel="noopener">{}</a>', paper.url, words)
