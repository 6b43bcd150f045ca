"""“Business > Profile”: what is in force, what waits, and forms for each."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import phones
from core.errors import Refused

from .. import facts, licences, onboarding, permissions, places, queries, trader, verification
from ..access import BusinessPanelView
from ..forms.business import BankForm, IdentityForm, ProfileForm, ShownForm
from ..forms.licences import LicenceForm
from ..licence_kinds import NEEDED
from ..models import Business, Licence, Membership, Topic
from ..states import LicenceStatus, Status

FACTS = (permissions.PROFILE, permissions.LICENCES, permissions.BANK)


class BusinessFacts(BusinessPanelView):
    """All facts of the business. Whoever may edit one part sees the page; each part asks for its right."""

    template_name = "teams/profile/facts.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not any(map(self.access.can, FACTS)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        business = self.business
        waiting = queries.open_verifications(business)
        licences = queries.shown_licences(business)
        return super().get_context_data(
            can={right.partition(".")[2]: self.access.can(right) for right in FACTS},
            waiting={one.topic: _side_by_side(one) for one in waiting if one.licence_id is None},
            returned=queries.returned_changes(business),
            licences=licences,
            licence_changes={one.licence_id: one for one in waiting if one.licence_id},
            missing_kinds=_missing_kinds(business, licences),
            is_editable=business.status in (Status.VERIFIED, Status.SUSPENDED),
            is_draft=business.status in (Status.DRAFT, Status.REJECTED),
            is_listed=Business.objects.listed().filter(pk=business.pk).exists(),
            place=onboarding.main_location(business),
            phone=phones.shown(business.phone),
            trader=trader.facts(business),
            places=business.locations.count(),
            **kwargs,
        )


def _side_by_side(row: Any) -> dict[str, Any]:
    changed = [one for one in facts.differences(row.before, row.after) if one.is_changed]
    return {"row": row, "changes": changed}


def _missing_kinds(business: Business, licences: list[Licence]) -> list[Any]:
    held = {one.kind for one in licences}
    return [kind for kind in NEEDED[business.kind] if kind not in held]


class FormPage(BusinessPanelView):
    """A form, one verb, back to the profile. What was typed is kept when it is refused."""

    template_name = "teams/profile/form.html"
    title: Any = ""
    text: Any = ""
    verb: Any = gettext_lazy("Save")
    done: Any = gettext_lazy("Saved.")
    back = "business_facts"
    is_for_verified = False

    def form(self, *data: Any) -> Any:
        raise NotImplementedError

    def save(self, form: Any) -> None:
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        fits = not request.user.is_authenticated or not self.is_for_verified
        if not fits and self.business.status not in (Status.VERIFIED, Status.SUSPENDED):
            return redirect("business_facts", self.business.slug)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {"title": self.title, "text": self.text, "verb": self.verb, "back": self.back}
        return super().get_context_data(**(own | {"form": self.form()} | kwargs))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            self.save(form)
        except Refused as error:
            form.add_error(None, error.message)
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(request, str(self.done))
        return redirect(self.back, self.business.slug)

    def fresh(self) -> Business:
        """A copy for a form to write on, so that the page around it shows what is stored."""
        return Business.objects.get(pk=self.business.pk)


class EditProfile(FormPage):
    right = permissions.PROFILE
    title = gettext_lazy("Name and introduction")

    def form(self, *data: Any) -> ProfileForm:
        return ProfileForm(data[0] if data else None, instance=self.fresh())

    def save(self, form: Any) -> None:
        places.edit_profile(business=self.business, values=form.cleaned_data, by=self.request.user)


class ChangeFacts(FormPage):
    """Verified facts: the form makes a request, and what is in force stays until it is approved."""

    topic = Topic.IDENTITY
    is_for_verified = True
    verb = gettext_lazy("Send for review")
    done = gettext_lazy("Sent for review. Until it is approved the old value stays in force.")
    text = gettext_lazy(
        "We review this change. Until it is approved the old value stays in force and in public."
    )

    def form(self, *data: Any) -> Any:
        kind = {Topic.IDENTITY: IdentityForm, Topic.BANK: BankForm}[self.topic]
        waiting = self.business.verifications.open().filter(topic=self.topic).first()
        return kind(*data, instance=self.fresh(), initial=waiting.after if waiting else {})

    def save(self, form: Any) -> None:
        verification.request_change(
            business=self.business,
            topic=self.topic,
            values=form.cleaned_data,
            by=self.request.user,
            now=timezone.now(),
        )


class ChangeIdentity(ChangeFacts):
    right = permissions.PROFILE
    title = gettext_lazy("Legal name and tax number")


@method_decorator(reauthentication_required, name="get")
@method_decorator(reauthentication_required, name="post")
class ChangeBank(ChangeFacts):
    """Money goes there, so the password is asked for again, two of our staff look and a day passes."""

    right = permissions.BANK
    topic = Topic.BANK
    title = gettext_lazy("Bank account")
    text = gettext_lazy(
        "Two of us review a new account. Until then we pay to the old one, and to the new one from 24 hours "
        "after the approval. All owners are told."
    )


class EditLicence(FormPage):
    """A new licence, the renewal of one in force, or one that waits and is mended."""

    right = permissions.LICENCES
    is_for_verified = True
    template_name = "teams/profile/licence.html"
    verb = gettext_lazy("Send for review")
    done = ChangeFacts.done
    text = ChangeFacts.text

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            self.old, self.licence = self._which()

    def _which(self) -> tuple[Licence | None, Licence]:
        """The one in force, and the one this form is about."""
        if kind := self.kwargs.get("kind"):
            if kind not in NEEDED[self.business.kind]:
                raise PermissionDenied
            return None, Licence(business=self.business, kind=kind)
        alive = [LicenceStatus.WAITING, LicenceStatus.IN_FORCE, LicenceStatus.EXPIRED]
        rows = self.business.licences.filter(status__in=alive).select_related("replaces")
        found = get_object_or_404(rows, pk=self.kwargs["pk"])
        if found.is_waiting:
            return found.replaces, found
        waiting = self.business.licences.filter(replaces=found, status=LicenceStatus.WAITING).first()
        return found, waiting or _renewal_of(found)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = _("Renew: %s") % self.old if self.old else self.licence.get_kind_display()
        return super().get_context_data(
            **({"licence": self.licence, "old": self.old, "title": title} | kwargs)
        )

    def form(self, *data: Any) -> LicenceForm:
        fresh = Licence.objects.get(pk=self.licence.pk) if self.licence.pk else self.licence
        return LicenceForm(*data, business=self.business, kind=fresh.kind, instance=fresh)

    def save(self, form: Any) -> None:
        now, by = timezone.now(), self.request.user
        kept = licences.save_licence(
            business=self.business, licence=form.instance, files=form.accepted(), by=by, now=now
        )
        verification.request_licence(licence=kept, by=by, now=now)


def _renewal_of(old: Licence) -> Licence:
    carried = ["business", "kind", "location", "number", "activity", "species", "holder"]
    carried += ["diploma_number", "chamber_number", "plate"]
    return Licence(replaces=old, **{name: getattr(old, name) for name in carried})


class WithdrawChange(BusinessPanelView):
    """Take a request back."""

    http_method_names = ["post"]
    RIGHTS = {Topic.BANK: permissions.BANK, Topic.LICENCE: permissions.LICENCES}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = self.business.verifications.exclude(topic=Topic.ONBOARDING).select_related(
            "business", "licence"
        )
        row = get_object_or_404(rows, pk=self.kwargs["pk"])
        if not self.access.can(self.RIGHTS.get(Topic(row.topic), permissions.PROFILE)):
            raise PermissionDenied
        try:
            verification.withdraw(verification=row, by=request.user, now=timezone.now())
        except Refused as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, _("Taken back. What is in force stays."))
        return redirect("business_facts", self.business.slug)


class ShowMe(FormPage):
    """Each person decides for herself whether the public page names her."""

    title = gettext_lazy("Me on the public page")
    text = gettext_lazy("Only you can decide this. You can take it back whenever you like.")
    back = "business_panel"

    def form(self, *data: Any) -> ShownForm:
        own = Membership.objects.get(pk=self.access.membership.pk)
        return ShownForm(data[0] if data else None, instance=own)

    def save(self, form: Any) -> None:
        values = {"is_public": form.cleaned_data["is_public"], "title": form.cleaned_data["public_title"]}
        places.show_member(membership=self.access.membership, **values, by=self.request.user)
