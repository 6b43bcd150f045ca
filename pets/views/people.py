"""Who keeps the animal: invited, joined, removed, handed over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core import limits
from core.errors import Refused
from core.panel import PanelView

from .. import forms, queries
from ..errors import TooMany
from ..models import Invitation, Keeper
from ..services import people
from .base import FormPage, PetAction, PetView, kept, say

INVITATIONS_A_DAY = 10


class People(FormPage, PetView):
    template_name = "pets/people.html"
    tab = "people"

    def form(self, data: Any) -> forms.InviteKeeper:
        return forms.InviteKeeper(data)

    def done(self, form: Any) -> HttpResponse:
        user: Any = self.request.user
        if limits.is_over("pets.invite", str(user.pk), most=INVITATIONS_A_DAY, seconds=86400):
            raise TooMany
        email = form.cleaned_data["email"]
        people.invite_keeper(pet=self.pet, email=email, by=user, now=self.now)
        messages.success(self.request, _("The invitation is on its way to %(email)s.") % {"email": email})
        return self.back()

    def refuse(self, form: Any, refused: Refused) -> None:
        form.add_error("email", refused.message)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            keepers=queries.keepers_of(self.pet),
            invitations=queries.open_invitations(self.pet, now=self.now),
            **kwargs,
        )


class WithdrawInvitation(PetAction):
    back_to = "people"

    def act(self) -> str:
        invitation = kept(self, Invitation, self.kwargs["pk"])
        people.withdraw_invitation(invitation=invitation, by=self.request.user, now=self.now)
        return _("The link in that mail no longer works.")


class RemoveKeeper(PetAction):
    back_to = "people"

    def act(self) -> str:
        keeper = kept(self, Keeper, self.kwargs["pk"])
        self.is_gone = keeper.user == self.request.user
        people.remove_keeper(keeper=keeper, by=self.request.user)
        return _("You no longer keep this pet here.") if self.is_gone else _("Removed.")

    def back(self, tab: str = "") -> HttpResponse:
        left = self.is_gone and not self.pet.keepers.filter(user=self.request.user).exists()
        return redirect("pets:list") if left else super().back(tab)


class HandOver(PetAction):
    back_to = "people"

    def act(self) -> str:
        to = kept(self, Keeper, self.kwargs["pk"])
        people.hand_over(pet=self.pet, to=to, by=self.request.user, now=self.now)
        return _("%(name)s is the main keeper now.") % {"name": to.user.get_full_name() or to.user.email}


class AnswerInvitation(PanelView):
    """The link of the mail, for whoever is signed in with that address."""

    template_name = "pets/invitation.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        invitation = people.invitation_of(self.kwargs["token"], now=timezone.now())
        user: Any = request.user
        if invitation is None or invitation.email != user.email:
            context = self.get_context_data(is_other=invitation is not None)
            return render(request, "pets/invitation_over.html", context, status=404)
        return self.render_to_response(self.get_context_data(invitation=invitation))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("pets:list") if say(request, self._accept) else self.get(request)

    def _accept(self) -> str:
        token = self.kwargs["token"]
        keeper = people.accept_invitation(token=token, by=self.request.user, now=timezone.now())
        return _("You keep %(name)s together now.") % {"name": keeper.pet.name}
