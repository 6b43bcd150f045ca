"""Invitations: what the team sends, and what the invited person answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from core import limits
from core.errors import Refused

from .. import invitations, people_forms, permissions, team_queries
from ..models import Invitation
from ..people_states import InvitationStatus
from .team import TeamView

PAGE = 50
FIELD_OF = {"more_than_held": "role", "not_allowed": None, "too_many_invitations": None}
MOST_TRIES, HOUR = 60, 3600


class Invitations(TeamView):
    template_name = "teams/invitations.html"
    right = permissions.MEMBERS
    tab = "invitations"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = team_queries.invitations(self.business)
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, now=timezone.now(), **kwargs)


class Invite(TeamView):
    template_name = "teams/invite.html"
    right = permissions.MEMBERS
    tab = "invitations"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = people_forms.Invite(request.POST, giver=self.access.membership)
        if form.is_valid() and self._invite(form):
            told = _("The invitation is on its way to %(email)s.") % {"email": form.cleaned_data["email"]}
            messages.success(request, told)
            return self.to("team_invitations")
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        blank = people_forms.Invite(giver=self.access.membership)
        return super().get_context_data(**({"form": blank, "days": invitations.LIFE.days} | kwargs))

    def _invite(self, form: people_forms.Invite) -> bool:
        given = form.cleaned_data
        try:
            invitations.invite(business=self.business, by=self.request.user, now=timezone.now(), **given)
        except Refused as error:
            form.add_error(FIELD_OF.get(error.code, "email"), str(error.message))
        return form.is_valid()


class InvitationAction(TeamView):
    """Base of the two buttons beside an invitation."""

    http_method_names = ["post"]
    right = permissions.MEMBERS

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        invitation = get_object_or_404(self.business.invitations, pk=self.kwargs["pk"])
        try:
            self.act(invitation)
        except Refused as error:
            return self.refuse(error, "team_invitations")
        return self.to("team_invitations")

    def act(self, invitation: Invitation) -> None:
        raise NotImplementedError


class SendAgain(InvitationAction):
    def act(self, invitation: Invitation) -> None:
        invitations.send_again(invitation=invitation, by=self.request.user, now=timezone.now())
        messages.success(self.request, _("A new link is on its way; the old one opens nothing any more."))


class Revoke(InvitationAction):
    def act(self, invitation: Invitation) -> None:
        invitations.revoke(invitation=invitation, by=self.request.user)
        messages.success(self.request, _("The invitation is withdrawn; its link opens nothing any more."))


@method_decorator(never_cache, name="dispatch")
class Answer(TemplateView):
    """The link in the mail. Who is not the addressee learns nothing about the invitation."""

    template_name = "teams/invitation.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if limits.is_over("teams.invitation", limits.client(request), most=MOST_TRIES, seconds=HOUR):
            return limits.too_many(request, seconds=HOUR)
        response = super().dispatch(request, *args, **kwargs)
        response["Referrer-Policy"] = "same-origin"  # the address is a key: no other site may see it
        return response

    @cached_property
    def invitation(self) -> Invitation | None:
        return invitations.find(self.kwargs["token"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        state, status = self._state()
        return self.render_to_response(self.get_context_data(state=state), status=status)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self._state()[0] != "yours":
            return self.get(request, *args, **kwargs)
        try:
            return self._answer(self.invitation)
        except Refused:  # somebody was quicker; the page says what it is now
            del self.invitation
            return self.get(request, *args, **kwargs)

    def _answer(self, invitation: Any) -> HttpResponse:
        user, now = self.request.user, timezone.now()
        if self.request.POST.get("answer") == "decline":
            invitations.decline(invitation=invitation, user=user, now=now)
            messages.success(self.request, _("You have declined. The link is closed."))
            return redirect("panel")
        member = invitations.accept(invitation=invitation, user=user, now=now)
        messages.success(self.request, _("Welcome to %(business)s.") % {"business": member.business.name})
        return redirect(member.business.panel_url)

    def _state(self) -> tuple[str, int]:
        """For others than the addressee a dead link is a dead link, whatever became of it."""
        found, user = self.invitation, self.request.user
        if found is None:
            return "unknown", 404
        if user.is_authenticated and user.email != found.email:
            return "foreign", 403
        if not found.is_good(timezone.now()):
            return self._over(found), 410
        return ("yours" if user.is_authenticated else "open"), 200

    def _over(self, found: Invitation) -> str:
        overdue = found.status == InvitationStatus.SENT
        return str(InvitationStatus.EXPIRED if overdue else found.status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_shown = kwargs["state"] in ("open", "yours")
        return super().get_context_data(invitation=self.invitation if is_shown else None, **kwargs)
