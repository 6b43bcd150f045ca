"""Who else may look: businesses for a time; who looked; the way to take it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from teams.models import Business

from .. import forms, queries
from ..models import Grant
from ..services import sharing
from .base import FormPage, PetAction, PetView, kept

SHOWN_READINGS = 50
LONGEST_QUERY = 80


class Sharing(FormPage, PetView):
    """First find the business by name, then say what it may, until when."""

    template_name = "pets/sharing.html"
    tab = "sharing"

    def form(self, data: Any) -> forms.ShareFile:
        return forms.ShareFile(data)

    def done(self, form: Any) -> HttpResponse:
        business = get_object_or_404(Business.objects.listed(), slug=self.request.GET.get("business", ""))
        sharing.grant(
            pet=self.pet,
            business=business,
            scope=form.cleaned_data["scope"],
            until=form.until(self.now),
            by=self.request.user,
            now=self.now,
        )
        messages.success(self.request, _("%(name)s can open the file now.") % {"name": business.name})
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET.get("q", "").strip()[:LONGEST_QUERY]
        grants = list(queries.grants_of(self.pet))
        live = set(self.pet.grants.live(self.now).values_list("pk", flat=True))
        return super().get_context_data(
            query=query,
            found=queries.businesses_named(query) if len(query) > 1 else [],
            chosen=Business.objects.listed().filter(slug=self.request.GET.get("business", "")).first(),
            grants=[grant for grant in grants if grant.pk in live],
            ended=[grant for grant in grants if grant.pk not in live][:SHOWN_READINGS],
            readings=queries.readings_of(self.pet)[:SHOWN_READINGS],
            **kwargs,
        )


class RevokeGrant(PetAction):
    back_to = "sharing"

    def act(self) -> str:
        grant = kept(self, Grant, self.kwargs["pk"])
        sharing.revoke(grant=grant, by=self.request.user, now=self.now)
        return _("%(name)s can no longer open the file.") % {"name": grant.business.name}
