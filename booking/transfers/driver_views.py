"""The driver's phone: one step at a time. By her account, or by the link her carrier sent.

Forms may arrive late and twice: each has the key of its press. A script asks for JSON and keeps what could
not be sent; without it they are plain forms.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from core.errors import Refused
from teams import modules
from teams.access import BusinessPanelView

from . import driver_forms, links, queries, services, watching
from .models import TransferJob
from .states import ICONS, ON_THE_WAY, Ride, What

Answer = HttpResponse
FORMS: dict[str, Any] = {
    "al": driver_forms.PickUp,
    "yola": driver_forms.Depart,
    "haber": driver_forms.News,
    "sorun": driver_forms.Trouble,
    "duzeldi": driver_forms.Solved,
    "teslim": driver_forms.Deliver,
    "kodsuz": driver_forms.Leave,
    "geri": driver_forms.BringBack,
}
VERBS: dict[str, Any] = {
    "al": services.pick_up,
    "yola": services.depart,
    "haber": services.tell,
    "sorun": services.report_problem,
    "duzeldi": services.solve,
    "teslim": services.deliver,
    "kodsuz": services.leave,
    "geri": services.bring_back,
}
MORE = {"haber": "what", "teslim": "code"}  # what a verb takes beside the press
OPEN = {
    Ride.ASSIGNED: ("al",),
    Ride.PICKED_UP: ("yola", "haber", "sorun", "teslim", "kodsuz", "geri"),
    Ride.IN_TRANSIT: ("haber", "sorun", "teslim", "kodsuz", "geri"),
    Ride.PROBLEM: ("duzeldi", "haber", "sorun", "teslim", "kodsuz", "geri"),
}


@method_decorator(never_cache, name="dispatch")
class DriverPage(TemplateView):
    """Base: `find` says whose journey it is, or 404."""

    template_name = "booking/transfers/driver/drive.html"

    def find(self) -> TransferJob | None:
        raise NotImplementedError

    def page(self) -> str:
        raise NotImplementedError

    def step_url(self, step: str) -> str:
        raise NotImplementedError

    @cached_property
    def job(self) -> TransferJob:
        found = self.find()
        if found is None:
            raise Http404
        return found

    @property
    def is_live(self) -> bool:
        return links.is_live_for_driver(self.job, timezone.now())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Answer:
        if not self.is_live or self.job.status == Ride.UNCONFIRMED:
            return self.over()
        return super().get(request, *args, **kwargs)

    def over(self) -> Answer:
        """Nobody's address stands there any more."""
        facts = {"is_asked": self.job.status == Ride.UNCONFIRMED, "animals": self.job.animals}
        page = "booking/transfers/driver/over.html"
        return self.response_class(self.request, [page], facts, status=410, using=self.template_engine)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        job, now = self.job, timezone.now()
        steps = OPEN.get(Ride(job.status), ())
        forms = {step: FORMS[step]() for step in steps} | kwargs.pop("forms", {})
        return super().get_context_data(
            job=job,
            tracking=watching.Tracking(job, now),
            request_=job.request,
            forms=forms,
            urls={step: self.step_url(step) for step in steps},
            page=self.page(),
            buttons=[(one, What(one).label, ICONS[one]) for one in ON_THE_WAY],
            **kwargs,
        )


class StepPage(DriverPage):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Answer:
        step, key = self.kwargs["step"], request.POST.get("key", "")
        if step not in FORMS:
            raise Http404
        if key and self.job.events.filter(key=key).exists():
            return self._done()
        if not self.is_live:
            raise Http404
        form = FORMS[step](request.POST, request.FILES)
        if form.is_valid():
            try:
                self._press(step, form)
                return self._done()
            except Refused as error:
                form.add_error("code" if step == "teslim" else None, error.message)
        return self._refused(step, form)

    def _press(self, step: str, form: Any) -> None:
        more = {MORE[step]: form.cleaned_data[MORE[step]]} if step in MORE else {}
        user = self.request.user
        by = user if user.is_authenticated else None
        VERBS[step](job=self.job, told=form.told(), by=by, now=timezone.now(), **more)

    @property
    def _is_fetched(self) -> bool:
        return self.request.headers.get("X-Requested-With") == "fetch"

    def _done(self) -> Answer:
        if self._is_fetched:
            return JsonResponse({"done": True})
        return redirect(self.page())

    def _refused(self, step: str, form: Any) -> Answer:
        if self._is_fetched:
            words = [str(word) for errors in form.errors.values() for word in errors]
            return JsonResponse({"refused": " ".join(words)}, status=422)
        self.job = self._fresh()
        forms = {step: form} if step in OPEN.get(Ride(self.job.status), ()) else {}
        if not forms:
            messages.error(self.request, " ".join(str(one) for one in form.non_field_errors()))
        return self.render_to_response(self.get_context_data(forms=forms, refused=step), status=422)

    def _fresh(self) -> TransferJob:
        return queries.jobs().get(pk=self.job.pk)


class OfMember(BusinessPanelView, DriverPage):
    """The member who stands on it as its driver; for everybody else it is not there."""

    module = modules.TRANSFER

    def find(self) -> TransferJob | None:
        member = self.access.membership
        rows = queries.jobs_driven_by(member).filter(booking__business=self.business)
        job = rows.filter(public_id=self.kwargs["public_id"]).first()
        return job if job and job.driver and job.driver.membership_id == member.pk else None

    def _args(self) -> list[Any]:
        return [self.kwargs["business"], self.kwargs["public_id"]]

    def page(self) -> str:
        return reverse("business_transfer_drive", args=self._args())

    def step_url(self, step: str) -> str:
        return reverse("business_transfer_step", args=[*self._args(), step])


class OfLink(DriverPage):
    def find(self) -> TransferJob | None:
        return links.job_of_driver(self.kwargs["token"])

    def page(self) -> str:
        return reverse("transfer_driver", args=[self.kwargs["token"]])

    def step_url(self, step: str) -> str:
        return reverse("transfer_driver_step", args=[self.kwargs["token"], step])


class Drive(OfMember):
    pass


class DriveStep(StepPage, OfMember):
    pass


class ByLink(OfLink):
    pass


class ByLinkStep(StepPage, OfLink):
    pass
