"""Requirements in the menu of businesses that take animals in."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core import panel

from .. import permissions
from ..kinds import MODULES
from .desk_views import asking


def _takes_in(request: HttpRequest) -> bool:
    return bool(asking(request.access))  # type: ignore[attr-defined]


panel.entry(
    panel.Entry(
        panel.OFFICE,
        _("On arrival"),
        "business_requirements",
        "file-check",
        order=22,
        allowed=_takes_in,
        scope=panel.BUSINESS,
        modules=MODULES,
        right=permissions.OFFERINGS,
    )
)
