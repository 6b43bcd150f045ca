"""The one place that says who may do what in a business. Read anew at every request.

    class Members(BusinessPanelView):
        right = permissions.MEMBERS      # 403 without it; a stranger's business is 404
        module = modules.STORE           # 404 while it is off

`request.access` is then the `Access` of this person; `access.can(right)` answers in services and
templates, `access.of_location(...)` narrows what belongs to a branch.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from accounts import factors
from core import panel

from . import queries, rights
from .models import Business, Membership
from .states import Status


@dataclass(frozen=True, eq=False)
class Access:
    """What one person may do in one business."""

    membership: Membership

    @property
    def business(self) -> Business:
        return self.membership.business

    @cached_property
    def rights(self) -> frozenset[str]:
        return self.membership.role.rights

    @cached_property
    def modules(self) -> frozenset[str]:
        return queries.modules_of_business(self.business)

    @cached_property
    def location_ids(self) -> frozenset[int] | None:
        """Branches she is bound to; None means all."""
        found = frozenset(self.membership.locations.values_list("pk", flat=True))
        return found or None

    def can(self, right: str) -> bool:
        return right in self.rights

    def in_locations(self, rows: QuerySet, field: str = "location") -> QuerySet:
        """Only rows of the branches this person works in."""
        return rows if self.location_ids is None else rows.filter(**{f"{field}__in": self.location_ids})


def of(user: Any, slug: str) -> Access | None:
    """The access of this person to the business at this address, or None for strangers."""
    rows = Membership.objects.select_related("business", "role").filter(user=user, business__slug=slug)
    membership = rows.first()
    return Access(membership) if membership else None


class BusinessPanelView(panel.PanelView):
    """Base of all pages of a business's panel."""

    def place(self) -> panel.Place:
        access = of(self.request.user, self.kwargs["business"])
        if access is None:
            raise Http404
        self.access = self.request.access = access  # type: ignore[attr-defined]
        self.business = access.business
        return place_in(access.business)

    is_sensitive = False  # True where money or roles are touched without a right of their own

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and self.right and not self.access.can(self.right):
            raise PermissionDenied
        if request.user.is_authenticated and self._lacks_second_step():
            return factors.ask_for_setup(request)
        return super().dispatch(request, *args, **kwargs)

    def _lacks_second_step(self) -> bool:
        """Rights over money and roles open only with a second step of signing in."""
        is_asked = self.is_sensitive or self.right in rights.sensitive()
        user: Any = self.request.user
        return settings.REQUIRE_SECOND_FACTOR and is_asked and not factors.has_second_factor(user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**(kwargs | {"business": self.business, "access": self.access}))


def place_in(business: Business) -> panel.Place:
    return panel.Place(
        panel.BUSINESS,
        business.name,
        business.get_kind_display(),
        business.panel_url,
        {"business": business.slug},
        business.stamp,
    )


def is_open(request: HttpRequest, item: Any) -> bool:
    """The gate of the shell: its module, or one of its modules, is on; menu and cards also want the right.

    A page without its right answers 403 by itself, so that it can say why.
    """
    access: Access | None = getattr(request, "access", None)
    wanted = panel.modules_of(item)
    if wanted and not wanted & modules_of(request):
        return False
    is_page = isinstance(item, panel.PanelView)
    return bool(is_page or not item.right or (access and access.can(item.right)))


def modules_of(request: HttpRequest) -> frozenset[str]:
    """Modules that are on where this request stands, read once."""
    access: Access | None = getattr(request, "access", None)
    if access:
        return access.modules
    if not hasattr(request, "own_modules"):
        request.own_modules = queries.modules_of_person(request.user)  # type: ignore[attr-defined]
    return request.own_modules  # type: ignore[attr-defined]


def is_public(business: Business) -> bool:
    return business.status == Status.VERIFIED
