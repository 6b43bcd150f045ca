"""The shell of the panels: rooms contribute, the shell shows what is allowed.

A panel is a `Place`: a person's own, or that of a business she works for (`teams` adds those). Rooms
register in their `panel.py`

    panel.entry(Entry(panel.ACCOUNT, _("Settings"), "account_settings", "settings"))
    panel.card(order=10)(PetsCard)                       # on the first page of the person's panel
    panel.card(order=10, scope=panel.BUSINESS)(TodayCard)
    panel.search(_("Pets"))(find_pets)                   # hits for the search of the panel
    panel.landing(order=10)(last_business)               # where a person begins after signing in
    panel.bar(order=10)(MaintenanceBar)                  # a message above every page
    panel.gate(is_module_on)                             # asked about each entry, card and page
    panel.checkpoint(contracts)                          # may answer in place of any page

Whatever carries `module` (or `modules`, any of which will do) or `right` (entry, card, page) is shown only
where every gate says yes.
"""

from .places import BUSINESS, PERSON, Place, landing, landing_of, place_of, places, places_of
from .registry import (
    ACCOUNT,
    FINANCE,
    HOME,
    OFFICE,
    Card,
    Entry,
    Hit,
    Section,
    bar,
    bars_of,
    card,
    cards_of,
    checkpoint,
    entries,
    entry,
    gate,
    is_open,
    menu,
    modules_of,
    search,
    searches_of,
)
from .views import Dashboard, Landing, PanelSearch, PanelView

__all__ = [
    "ACCOUNT",
    "BUSINESS",
    "FINANCE",
    "HOME",
    "OFFICE",
    "PERSON",
    "Card",
    "Dashboard",
    "Entry",
    "Hit",
    "Landing",
    "PanelSearch",
    "PanelView",
    "Place",
    "Section",
    "bar",
    "bars_of",
    "card",
    "cards_of",
    "checkpoint",
    "entries",
    "entry",
    "gate",
    "is_open",
    "landing",
    "landing_of",
    "menu",
    "modules_of",
    "place_of",
    "places",
    "places_of",
    "search",
    "searches_of",
]
