"""What this room lends to pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import live, panel

from . import module_states, modules


@live.block("teams.modules", title=_("Modules"), template="teams/live/modules.html")
def all_modules() -> dict[str, Any]:
    """The five modules, and in whose panel each of them has a page today."""
    people, businesses = (module_states.pages_of(scope) for scope in (panel.PERSON, panel.BUSINESS))
    rows = [
        {
            "code": module.code,
            "name": str(module.label),
            "text": str(module.text),
            "icon": module.icon,
            "for_people": module.code in people,
            "for_businesses": module.code in businesses,
        }
        for module in modules.ALL
    ]
    return {"modules": rows, "switch_url": reverse("panel_modules")}
