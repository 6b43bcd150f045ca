"""What this room promises about itself, examined on the running system."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import RedirectView

from core import panel
from core.proofs import Result, State, proof

from . import facts, modules, rights
from .access import BusinessPanelView
from .models import Business, Verification
from .states import Status, VerificationStatus

BUSINESS_PANEL = "isletme/<slug:business>/"
PERSON_PANEL = "panel/"
GUARDS = {"business_keeps_an_owner", "member_role_is_of_the_same_business", "person_joins_a_business_once"}


@dataclass(frozen=True)
class _Somebody:
    """Stands in a business with every right and these modules."""

    modules: frozenset[str]

    def can(self, right: str) -> bool:
        return True


@proof("teams.modules_obeyed", title=gettext_lazy("A module that is off is not there"))
def modules_obeyed() -> Result:
    """Each menu entry of a module leads to pages of that module; off, the gate closes both."""
    entries = [entry for entry in panel.entries() if panel.modules_of(entry)]
    wrong = [entry.url_name for entry in entries if not _obeys(entry)]
    if wrong or len(modules.ALL) != 5:
        return Result(State.FAILED, _("A module can be reached although it is off."), ", ".join(wrong))
    public = _("There are five modules; one that is off has neither a menu entry nor pages.")
    return Result(State.OK, public, f"{len(entries)} entries")


def _obeys(entry: panel.Entry) -> bool:
    page = _view_of(entry.url_name)
    codes = panel.modules_of(entry)
    if page is None or not codes <= modules.BY_CODE.keys() or panel.modules_of(page) != codes:
        return False
    off = _request(entry.scope, frozenset())
    closed = not panel.is_open(off, entry) and not panel.is_open(off, page)
    on = [_request(entry.scope, frozenset({code})) for code in codes]
    return closed and all(panel.is_open(one, entry) and panel.is_open(one, page) for one in on)


def _request(scope: str, on: frozenset[str]) -> HttpRequest:
    request: Any = HttpRequest()
    request.user, request.own_modules = AnonymousUser(), on
    if scope == panel.BUSINESS:
        request.access = _Somebody(on)
    return request


@proof("teams.panels_apart", title=gettext_lazy("Each panel is for its own people"))
def panels_apart() -> Result:
    """Every address of a panel asks who you are; the database guards teams; each business has an owner."""
    open_doors = [route for route, view in _routes() if not _is_guarded(route, view)]
    missing = GUARDS - _guards()
    ownerless = Business.objects.exclude(memberships__role__template=rights.OWNER).count()
    figures = f"open: {open_doors}, missing: {sorted(missing)}, ownerless: {ownerless}"
    if open_doors or missing or ownerless:
        return Result(State.FAILED, _("A panel is not guarded as it should be; staff are on it."), figures)
    return Result(State.OK, _("Each panel opens only for its own people, at each page anew."), figures)


def _is_guarded(route: str, view: Any) -> bool:
    if route.startswith(BUSINESS_PANEL):
        return isinstance(view, type) and issubclass(view, BusinessPanelView)
    return isinstance(view, type) and issubclass(view, panel.PanelView | RedirectView)  # which shows nothing


def _routes() -> Iterator[tuple[str, Any]]:
    for route, pattern in _walk(get_resolver().url_patterns):
        if route.startswith((BUSINESS_PANEL, PERSON_PANEL)):
            yield route, getattr(pattern.callback, "view_class", None)


def _walk(patterns: list[Any], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Addresses in the source language, whose prefix is empty."""
    for item in patterns:
        route = before + str(item.pattern).removeprefix("en/")
        if isinstance(item, URLResolver):
            yield from _walk(item.url_patterns, route)
        else:
            yield route, item


def _named(patterns: list[Any], space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Each address by the name that `reverse` knows it by."""
    for item in patterns:
        if isinstance(item, URLResolver):
            yield from _named(item.url_patterns, f"{space}{item.namespace}:" if item.namespace else space)
        else:
            yield f"{space}{item.name}", item


def _view_of(url_name: str) -> Any:
    found = (item for name, item in _named(get_resolver().url_patterns) if name == url_name)
    return getattr(getattr(next(found, None), "callback", None), "view_class", None)


def _guards() -> set[str]:
    """Constraints that the database keeps now: a trigger that is switched off keeps nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint rule WHERE conname = ANY(%s) AND NOT EXISTS"
            " (SELECT 1 FROM pg_trigger WHERE tgconstraint = rule.oid AND tgenabled = 'D')",
            [list(GUARDS)],
        )
        return {name for (name,) in cursor.fetchall()}


@proof("teams.verified_facts_reviewed", title=gettext_lazy("Verified facts are those a review has approved"))
def verified_facts_reviewed() -> Result:
    """Legal name, tax number, bank account and licences in force equal what was approved last."""
    checked = list(Business.objects.filter(status__in=[Status.VERIFIED, Status.SUSPENDED]))
    wrong = [row.pk for row in checked if _approved_last(row) != facts.in_force(row)]
    figures = f"{len(checked)} checked, differing: {wrong[:50]}"
    if wrong:
        return Result(State.FAILED, _("A fact of a business is not the one that was approved."), figures)
    public = _("All facts of the %d verified businesses are those a review has approved.") % len(checked)
    return Result(State.OK, public, figures)


def _approved_last(business: Business) -> dict | None:
    approved = Verification.objects.filter(business=business, status=VerificationStatus.APPROVED)
    last = approved.order_by("-decided_at", "-pk").first()
    return last.facts if last else None
