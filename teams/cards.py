"""Cards of the first pages: modules, team, what a business waits for, help for the reader's kind of work."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import panel
from core.audiences import Audience
from faq.models import QuestionPage

from . import module_states, permissions, team_queries, todo
from .kinds import Kind
from .models import Business, OwnershipOffer
from .people_states import OfferStatus
from .states import Status

SHOWN = 4


class BusinessCard(panel.Card):
    """Base of cards that stand in the panel of a business."""

    @property
    def business(self) -> Business:
        return self.request.access.business  # type: ignore[attr-defined]


@panel.card(order=1, scope=panel.BUSINESS)
class OwnershipCard(BusinessCard):
    """For the two people an open offer is about."""

    template_name = "teams/panel/ownership_card.html"

    def is_shown(self) -> bool:
        mine = self.request.access.membership  # type: ignore[attr-defined]
        rows = OwnershipOffer.objects.filter(business=self.business, status=OfferStatus.OFFERED)
        self.offer = rows.select_related("giver__user", "taker__user").first()
        if self.offer is None or not self.offer.is_good(timezone.now()):
            return False
        return mine.pk in (self.offer.giver_id, self.offer.taker_id)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        mine = self.request.access.membership  # type: ignore[attr-defined]
        assert self.offer is not None  # noqa: S101  (is_shown)
        is_taker = mine.pk == self.offer.taker_id
        return {"offer": self.offer, "business": self.business, "is_taker": is_taker}


@panel.card(order=2, scope=panel.BUSINESS)
class StateCard(BusinessCard):
    """Until a business is verified: where it stands and what is missing. Silent afterwards."""

    template_name = "teams/panel/state_card.html"

    def is_shown(self) -> bool:
        return self.business.status != Status.VERIFIED

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        is_open = self.business.status in (Status.DRAFT, Status.REJECTED)
        missing = list(self._missing()) if is_open else []
        return {"business": self.business, "missing": missing, "url": self._profile() if is_open else ""}

    def _missing(self) -> Iterable[Any]:
        place = self.business.locations.filter(is_main=True).first()
        if not self.business.legal_name:
            yield _("Legal name")
        if not self.business.tax_number:
            yield _("Tax number")
        if place is None or not (place.province and place.district and place.street):
            yield _("Address of the main branch")
        if not self.business.phone:
            yield _("Phone")

    def _profile(self) -> str:
        """The page where these facts are written, once the panel has one and she may open it."""
        entries = (item for item in panel.entries() if item.scope == panel.BUSINESS)
        page = next((item for item in entries if item.right == permissions.PROFILE), None)
        if page is None or not panel.is_open(self.request, page):
            return ""
        return reverse(page.url_name, kwargs={"business": self.business.slug})


@panel.card(order=5, scope=panel.BUSINESS)
class WaitingCard(BusinessCard):
    """What needs a hand, as far as she may touch it: changes, ending permits, missing second steps."""

    template_name = "teams/panel/waiting_card.html"

    def is_shown(self) -> bool:
        access = self.request.access  # type: ignore[attr-defined]
        self.tasks = list(todo.of(access, now=timezone.now()))
        return bool(self.tasks)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"tasks": self.tasks}


@panel.card(order=20, scope=panel.BUSINESS)
class TeamCard(BusinessCard):
    template_name = "teams/panel/team_card.html"
    is_aside = True

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        may_manage = self.request.access.can(permissions.MEMBERS)  # type: ignore[attr-defined]
        waiting = list(team_queries.open_invitations(self.business)[: SHOWN + 1]) if may_manage else []
        return {
            "business": self.business,
            "members": self.business.memberships.count(),
            "waiting": waiting[:SHOWN],
            "has_more": len(waiting) > SHOWN,
            "may_manage": may_manage,
        }


class ModulesCard(panel.Card):
    """The switches of the page “Modules”, at hand."""

    template_name = "teams/panel/modules_card.html"
    is_aside = True

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {
            "modules": module_states.states(self.request),
            "switch_url": self.url(),
            "request": self.request,
            "csrf_token": (parent_context or {}).get("csrf_token", ""),
        }

    def url(self) -> str:
        return reverse("panel_modules")


@panel.card(order=60)
class OwnModules(ModulesCard):
    pass


@panel.card(order=60, scope=panel.BUSINESS)
class BusinessModules(ModulesCard, BusinessCard):
    right = permissions.MODULES

    def url(self) -> str:
        return reverse("business_modules", args=[self.business.slug])


class HelpCard(panel.Card):
    """Questions that are tagged with the reader's kind of work."""

    template_name = "teams/panel/help_card.html"
    is_aside = True

    def is_shown(self) -> bool:
        rows = QuestionPage.objects.live().filter(locale__language_code=get_language())
        self.questions = list(rows.filter(audiences__contains=[self.audience()]).order_by("path")[:SHOWN])
        return bool(self.questions)

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        hits = [{"title": one.title, "url": one.get_url(self.request)} for one in self.questions]
        return {"questions": hits, "audience": self.audience()}

    def audience(self) -> str:
        return Audience.OWNER


@panel.card(order=80)
class HelpForPeople(HelpCard):
    pass


@panel.card(order=80, scope=panel.BUSINESS)
class HelpForBusinesses(HelpCard, BusinessCard):
    def audience(self) -> str:
        return Audience.CLINIC if self.business.kind == Kind.CLINIC else Audience.PARTNER
