"""Roles of a business, and the hand-over of its ownership."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.errors import Refused

from .. import authority, ownership, people_forms, permissions, roles, team_queries
from ..models import OwnershipOffer, Role
from ..people_states import OfferStatus
from .team import TeamView


class Roles(TeamView):
    template_name = "teams/roles.html"
    right = permissions.MEMBERS
    tab = "roles"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = [
            {
                "role": role,
                "groups": team_queries.grouped(role.rights),
                "may_edit": not role.template and authority.may_give(self.access.membership, role),
                "may_copy": authority.may_give_rights(self.access.membership, role.rights),
            }
            for role in team_queries.roles(self.business)
        ]
        return super().get_context_data(roles=held, may_make=self.access.can(permissions.ROLES), **kwargs)


class RoleForm(TeamView):
    """Base of the two pages with the list of rights."""

    template_name = "teams/role_form.html"
    right = permissions.ROLES
    tab = "roles"
    role: Role | None = None

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self._form(request.POST)
        if form.is_valid() and self._save(form):
            told = _("The role “%(name)s” is saved.") % {"name": form.cleaned_data["name"]}
            messages.success(request, told)
            return self.to("team_roles")
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = self.access.rights
        context = {"form": self._form(), "groups": team_queries.grouped(held), "role": self.role}
        return super().get_context_data(**(context | kwargs))

    def _form(self, data: Any = None) -> people_forms.OwnRole:
        return people_forms.OwnRole(data, giver=self.access.membership, initial=self.initial())

    def _save(self, form: people_forms.OwnRole) -> bool:
        try:
            self.save(**form.cleaned_data)
        except Refused as error:
            form.add_error("name" if error.code == "name_taken" else "chosen", str(error.message))
        return form.is_valid()

    def initial(self) -> dict[str, Any]:
        raise NotImplementedError

    def save(self, **given: Any) -> None:
        raise NotImplementedError


class MakeRole(RoleForm):
    """Empty, or as a copy of the role named in the address."""

    def initial(self) -> dict[str, Any]:
        wanted = self.request.GET.get("kopya", "")
        source = self.business.roles.filter(pk=wanted).first() if wanted.isdecimal() else None
        if source is None:
            return {}
        name = _("%(role)s (copy)") % {"role": source.label}
        return {"name": name, "chosen": sorted(source.rights & self.access.rights)}

    def save(self, **given: Any) -> None:
        roles.make_role(business=self.business, by=self.request.user, **given)


class EditRole(RoleForm):
    @cached_property
    def role(self) -> Role:  # type: ignore[override]
        return get_object_or_404(self.business.roles.filter(template=""), pk=self.kwargs["pk"])

    def initial(self) -> dict[str, Any]:
        return {"name": self.role.name, "chosen": self.role.chosen}

    def save(self, **given: Any) -> None:
        roles.edit_role(role=self.role, by=self.request.user, **given)


class RemoveRole(TeamView):
    http_method_names = ["post"]
    right = permissions.ROLES

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        role = get_object_or_404(self.business.roles, pk=self.kwargs["pk"])
        try:
            roles.remove_role(role=role, by=request.user)
        except Refused as error:
            return self.refuse(error, "team_roles")
        messages.success(request, _("The role “%(name)s” is removed.") % {"name": role.name})
        return self.to("team_roles")


class Ownership(TeamView):
    """The owner offers, the other answers. Both see here where the matter stands."""

    template_name = "teams/ownership.html"
    is_sensitive = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine, offer = self.access.membership, self._open_offer()
        context = {
            "offer": offer,
            "is_giver": offer is not None and offer.giver_id == mine.pk,
            "is_taker": offer is not None and offer.taker_id == mine.pk,
            "form": people_forms.NewOwner(giver=mine) if mine.role.is_owner and not offer else None,
        }
        return super().get_context_data(**(context | kwargs))

    @method_decorator(reauthentication_required)
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The password again, whatever is decided here."""
        try:
            return self._decide(request.POST.get("answer", "offer"))
        except Refused as error:
            return self.refuse(error, "team_ownership")

    def _decide(self, answer: str) -> HttpResponse:
        if answer == "offer":
            return self._offer()
        offer = get_object_or_404(self.business.ownership_offers, pk=self._number())
        user, now = self.request.user, timezone.now()
        if answer == "withdraw":
            ownership.withdraw(offer=offer, by=user)
            messages.success(self.request, _("The offer is withdrawn. You stay the owner."))
        elif answer == "decline":
            ownership.decline(offer=offer, user=user, now=now)
            messages.success(self.request, _("You have declined the ownership."))
        elif answer == "accept":
            ownership.accept(offer=offer, user=user, now=now)
            messages.success(self.request, _("You are the owner now."))
        else:
            raise BadRequest("unknown answer")
        return self.to("business_panel")

    def _offer(self) -> HttpResponse:
        mine = self.access.membership
        if not mine.role.is_owner:
            raise authority.NotAllowed
        form = people_forms.NewOwner(self.request.POST, giver=mine)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        ownership.offer(giver=mine, taker=form.cleaned_data["member"], now=timezone.now())
        messages.success(self.request, _("The offer is made. The other person has seven days to answer."))
        return self.to("team_ownership")

    def _number(self) -> int:
        typed = self.request.POST.get("offer", "")
        return int(typed) if typed.isdecimal() and len(typed) < 10 else 0

    def _open_offer(self) -> OwnershipOffer | None:
        rows = self.business.ownership_offers.select_related("giver__user", "taker__user")
        offer = rows.filter(status=OfferStatus.OFFERED).first()
        return offer if offer and offer.is_good(timezone.now()) else None
