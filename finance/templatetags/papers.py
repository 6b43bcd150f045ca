"""The look of a document's state, for templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from ..documents.earchive.local import Local
from ..models import Document, EState

register = template.Library()

LOOKS = {
    EState.NOT_NEEDED: "ok",
    EState.WAITING: "warn",
    EState.SENT: "info",
    EState.UNKNOWN: "warn",
    EState.ACCEPTED: "ok",
    EState.REFUSED: "bad",
}


@register.filter
def e_look(document: Document) -> str:
    return LOOKS[EState(document.e_state)]


@register.filter
def e_words(document: Document) -> Any:
    """Issued it is in any case. What a folder of development said is called so."""
    if document.e_state == EState.NOT_NEEDED:
        return _("Issued")
    if document.e_channel == Local.code:
        return _("%(state)s (local trial)") % {"state": document.get_e_state_display()}
    return document.get_e_state_display()
