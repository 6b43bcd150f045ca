"""The way from the panel into the back office, for those who work there."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import panel


def may_enter(request: HttpRequest) -> bool:
    return request.user.has_perm("wagtailadmin.access_admin")


@panel.landing(order=5)
def back_office(request: HttpRequest) -> str | None:
    """Whoever runs the publication or the platform begins there."""
    return reverse("wagtailadmin_home") if may_enter(request) else None


panel.entry(
    panel.Entry(panel.HOME, _("Back office"), "wagtailadmin_home", "briefcase", order=90, allowed=may_enter)
)
