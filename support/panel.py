"""What this room adds to the panels: "Destek" for those who ask, the desk for those who answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from pkgutil import iter_modules

from django.http import HttpRequest
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from core import panel

from . import acts, permissions, queries
from .boxes import BOXES
from .views.desk import SCOPE, place_of_desk

for _module in iter_modules(acts.__path__):
    import_module(f"{acts.__name__}.{_module.name}")
autodiscover_modules("ticket_acts")

DESK = panel.Section(10, _("Lines"))

panel.entry(panel.Entry(panel.ACCOUNT, _("Support"), "support:list", "life-buoy", order=5))
panel.entry(
    panel.Entry(
        panel.ACCOUNT,
        _("Support"),
        "support:business_list",
        "life-buoy",
        order=5,
        scope=panel.BUSINESS,
        right=permissions.TICKETS,
    )
)


@panel.places
def desk(request: HttpRequest) -> Iterable[panel.Place]:
    return [place_of_desk(request.user)] if queries.is_agent(request.user) else []


def _counted(code: str) -> Callable[[HttpRequest], int]:
    def count(request: HttpRequest) -> int:
        if not hasattr(request, "desk_counts"):
            request.desk_counts = queries.counts(request.user, timezone.now())  # type: ignore[attr-defined]
        return int(request.desk_counts.get(code) or 0)  # type: ignore[attr-defined]

    return count


for _order, _box in enumerate(BOXES):
    panel.entry(
        panel.Entry(
            DESK,
            _box.label,
            f"support:desk_{_box.code}",
            _box.icon,
            order=_order,
            scope=SCOPE,
            count=_counted(_box.code),
            bottom=_box.code in ("emergency", "on_us", "mine"),
        )
    )
panel.entry(
    panel.Entry(
        DESK,
        _("Mails without ticket"),
        "support:desk_letters",
        "mail",
        order=90,
        scope=SCOPE,
        count=_counted("letters"),
    )
)
