"""Who works in a business: the list, a member's role and branches, going."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.errors import Refused

from .. import authority, members, people_forms, permissions, queries, records, team_queries
from ..models import Membership
from .team import TeamView

PAGE = 50


class Members(TeamView):
    template_name = "teams/members.html"
    right = permissions.MEMBERS
    tab = "members"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query, role = self.request.GET.get("q", "").strip()[:100], self.request.GET.get("rol", "")
        rows = team_queries.found_members(self.business, query=query, role=role)
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        invited = team_queries.open_invitations(self.business, query=query, role=role)
        return super().get_context_data(
            page=page,
            invited=[] if page.has_next() else list(invited[:PAGE]),
            query=query,
            role=role,
            roles=[one for one in team_queries.roles(self.business) if one.people or str(one.pk) == role],
            **kwargs,
        )


class MemberView(TeamView):
    """Base of pages about one member of this business."""

    right = permissions.MEMBERS
    tab = "members"

    @cached_property
    def member(self) -> Membership:
        return get_object_or_404(queries.members_of(self.business), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_self = self.member.pk == self.access.membership.pk
        mine = self.access.membership
        return super().get_context_data(
            member=self.member,
            is_self=is_self,
            may_change=not is_self and authority.may_give(mine, self.member.role),
            **kwargs,
        )


class Member(MemberView):
    template_name = "teams/member.html"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self._form(request.POST)
        if form.is_valid() and self._change(form):
            messages.success(
                request, _("%(person)s: saved, in force now.") % {"person": self.member.user.get_full_name()}
            )
            return self.to("business_team")
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**({"form": self._form()} | kwargs))

    def _form(self, data: Any = None) -> people_forms.PlaceInTeam:
        there = {"role": self.member.role_id, "locations": [one.pk for one in self.member.locations.all()]}
        return people_forms.PlaceInTeam(data, giver=self.access.membership, initial=there)

    def _change(self, form: people_forms.PlaceInTeam) -> bool:
        try:
            members.change_member(membership=self.member, by=self.request.user, **form.cleaned_data)
        except Refused as error:
            form.add_error("role", str(error.message))
        return form.is_valid()


class RemoveMember(MemberView):
    template_name = "teams/member_remove.html"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        name = self.member.user.get_full_name() or self.member.user.email
        try:
            members.remove_member(membership=self.member, by=request.user)
        except Refused as error:
            return self.refuse(error, "business_team")
        messages.success(request, _("%(person)s is no longer in the team.") % {"person": name})
        return self.to("business_team")


class Leave(TeamView):
    """For everybody who works here, whatever her rights."""

    template_name = "teams/leave.html"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            members.leave(membership=self.access.membership)
        except Refused as error:
            return self.refuse(error, "team_leave")
        messages.success(request, _("You have left %(business)s.") % {"business": self.business.name})
        return redirect("panel")


class Records(TeamView):
    """The journal of this business."""

    template_name = "teams/records.html"
    right = permissions.RECORDS
    tab = "records"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(records.of_business(self.business), PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, records=records.read(page.object_list), **kwargs)
