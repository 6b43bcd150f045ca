"""Registering a business: each step is a page of its own that saves by itself and can be left."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from core import panel
from core.errors import Refused

from .. import facts, hours, licences, onboarding, permissions, places, services
from ..access import BusinessPanelView
from ..forms.business import BankForm, IdentityForm, KindForm, PlaceForm
from ..forms.hours import WeekForm
from ..forms.licences import LicenceForm
from ..models import Business, Licence
from ..states import LicenceStatus, Status

EDITABLE = {Status.DRAFT, Status.REJECTED}


class OpenBusiness(panel.PanelView):
    """The first step makes the draft; a draft that waits can be gone on with."""

    template_name = "teams/onboarding/start.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        drafts = Business.objects.of(self.request.user).filter(status__in=EDITABLE).order_by("-opened_at")
        return super().get_context_data(**({"form": KindForm(), "drafts": drafts} | kwargs))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = KindForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        business = services.open_business(**form.cleaned_data, by=request.user, now=timezone.now())
        return redirect("business_open_step", business.slug, onboarding.IDENTITY)


class OnboardingStep(BusinessPanelView):
    """One step of a draft. Sent and verified businesses have their profile instead."""

    template_name = "teams/onboarding/step.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            steps = {step.key: step for step in onboarding.steps(self.business)}
            if self.kwargs["step"] not in steps:
                raise Http404
            self.step = steps[self.kwargs["step"]]
            self.right = _right_of(self.step)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and self.business.status not in EDITABLE:
            return redirect("business_facts", self.business.slug)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        returned = onboarding.last_return(self.business)
        own: dict[str, Any] = {
            "progress": onboarding.progress(self.business),
            "form": None if self.step.key == onboarding.SUMMARY else self._form(),
            "licence": self._licence() if self.step.licence else None,
            "reasons": _reasons(returned.reasons, returned.after) if returned else [],
        }
        if self.step.key == onboarding.SUMMARY:
            own["summary"] = facts.differences({}, facts.sent(self.business))
        return super().get_context_data(**(own | kwargs | {"step": self.step}))  # the address says `step` too

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.step.key == onboarding.SUMMARY:
            return self._send()
        form = self._form(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            self._save(form)
        except Refused as error:
            form.add_error(None, error.message)
            return self.render_to_response(self.get_context_data(form=form))
        return redirect("business_open_step", self.business.slug, self._next().key)

    def _send(self) -> HttpResponse:
        hole = onboarding.first_hole(self.business)
        if hole:
            messages.error(self.request, _("Something is still missing here."))
            return redirect("business_open_step", self.business.slug, hole.key)
        try:
            onboarding.send(business=self.business, by=self.request.user, now=timezone.now())
        except Refused as error:
            messages.error(self.request, str(error.message))
        else:
            messages.success(
                self.request, _("Sent. We look at it and write to you; until then it waits here.")
            )
        return redirect("business_facts", self.business.slug)

    def _form(self, *data: Any) -> Any:
        """The form of this step, on the draft as it is stored."""
        business = Business.objects.get(pk=self.business.pk)
        place = onboarding.main_location(business)
        if self.step.licence:
            instance = self._licence()
            return LicenceForm(*data, business=business, kind=self.step.licence, instance=instance)
        if self.step.key == onboarding.HOURS:
            return WeekForm(*data[:1], location=place)
        if self.step.key == onboarding.PLACE:
            return PlaceForm(*data, instance=place)
        simple = {onboarding.KIND: KindForm, onboarding.IDENTITY: IdentityForm, onboarding.BANK: BankForm}
        return simple[self.step.key](*data, instance=business)

    def _save(self, form: BaseForm) -> None:
        by, values = self.request.user, form.cleaned_data
        if self.step.licence:
            save_draft_licence(self.business, form, by)
        elif self.step.key == onboarding.HOURS:
            _save_week(self.business, form, by)
        elif self.step.key == onboarding.PLACE:
            contact = {name: values[name] for name in ("phone", "email")}
            onboarding.edit(business=self.business, values=contact, by=by)
            places.save_location(location=form.instance, by=by)  # type: ignore[attr-defined]
        elif self.step.key == onboarding.KIND:
            onboarding.choose_kind(business=self.business, **values, by=by)
        else:
            onboarding.edit(business=self.business, values=values, by=by)

    def _licence(self) -> Licence | None:
        rows = self.business.licences.filter(kind=self.step.licence, status=LicenceStatus.WAITING)
        return rows.prefetch_related("evidence").first()

    def _next(self) -> onboarding.Step:
        self.business.refresh_from_db()
        steps = onboarding.steps(self.business)
        place = next(number for number, step in enumerate(steps) if step.key == self.step.key)
        return steps[place + 1]


def save_draft_licence(business: Business, form: Any, by: Any) -> None:
    onboarding.open_draft(business=business, by=by)
    licence = form.instance
    licences.save_licence(
        business=business, licence=licence, files=form.accepted(), by=by, now=timezone.now()
    )


def _save_week(business: Business, form: Any, by: Any) -> None:
    onboarding.open_draft(business=business, by=by)
    hours.keep_holidays(location=form.location, keeps=form.cleaned_data["keeps_holidays"], by=by)
    hours.set_week(location=form.location, week=form.week, by=by)


def _right_of(step: onboarding.Step) -> str:
    if step.licence:
        return permissions.LICENCES
    return permissions.BANK if step.key == onboarding.BANK else permissions.PROFILE


def _reasons(reasons: dict[str, str], after: dict[str, Any]) -> list[tuple[str, str]]:
    labels = {one.key: one.label for one in facts.differences({}, after)}
    return [(labels.get(key, _("General")), reason) for key, reason in reasons.items()]
