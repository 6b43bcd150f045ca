"""Requests and journeys as a carrier sees them."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking import desk_forms
from booking.desk_access import DeskView, FormView
from teams.modules import TRANSFER

from . import links, queries, services, watching
from .forms import LinkForm, QuoteForm
from .models import TransferJob, TransferRequest
from .states import Asked


class TransferDesk(DeskView):
    modules = frozenset({TRANSFER})

    def requests(self) -> Any:
        return self.access.in_locations(queries.requests_with(self.business), "offering__location")

    def jobs(self) -> Any:
        return self.access.in_locations(queries.jobs_with(self.business), "booking__location")


class Quotes(TransferDesk):
    template_name = "booking/transfers/desk/quotes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = list(queries.waiting(self.requests()))
        done = self.requests().exclude(status__in=[Asked.ASKED, Asked.QUOTED])[:20]
        return super().get_context_data(
            to_answer=[one for one in waiting if one.status == Asked.ASKED],
            quoted=[(one, queries.live_quote(one)) for one in waiting if one.status == Asked.QUOTED],
            done=list(done),
            has_offering=queries.transfer_offerings(self.business).exists(),
            **kwargs,
        )


class OfRequest(TransferDesk):
    @cached_property
    def asked(self) -> TransferRequest:
        return get_object_or_404(self.requests(), public_id=self.kwargs["public_id"])

    def page(self) -> str:
        return reverse("business_quote", args=[self.business.slug, self.asked.public_id])


class QuotePage(FormView, OfRequest):
    """What is asked, and the form of the answer; sent again it replaces the quote before."""

    template_name = "booking/transfers/desk/quote.html"
    title = gettext_lazy("Request for a quote")

    def back(self) -> str:
        return reverse("business_quotes", args=[self.business.slug])

    def form(self, data: Any = None) -> Any:
        return QuoteForm(data, request=self.asked, now=timezone.now())

    def save(self, form: Any) -> HttpResponse:
        by, now = self.request.user, timezone.now()
        services.quote(request=self.asked, terms=form.terms(), by=by, now=now)
        messages.success(self.request, _("Your quote is sent. You hear of the answer."))
        return redirect(self.page())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.asked
        quote = queries.live_quote(asked)
        found = {
            "asked": asked,
            "quote": quote,
            "older": [one for one in asked.quotes.all() if one != quote],
            "shows_address": asked.status == Asked.ACCEPTED,
            "job": self.jobs().filter(quote__request=asked).first(),
            "verb": _("Send a new quote in its place") if quote else _("Send the quote"),
        }
        return super().get_context_data(**(found | kwargs))


class Decline(FormView, OfRequest):
    title = gettext_lazy("Decline the request")
    verb = gettext_lazy("Decline it")

    def back(self) -> str:
        return self.page()

    def form(self, data: Any = None) -> Any:
        return desk_forms.ReasonForm(data)

    def save(self, form: Any) -> HttpResponse:
        reason, by = form.cleaned_data["reason"], self.request.user
        services.decline(request=self.asked, reason=reason, by=by, now=timezone.now())
        messages.success(self.request, _("Declined. The owner reads your reason."))
        return redirect("business_quotes", self.business.slug)


class Journeys(TransferDesk):
    template_name = "booking/transfers/desk/journeys.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        mine = self.access.membership.pk
        today = [
            (one, watching.Tracking(one, now), drives(one, mine)) for one in queries.of_day(self.jobs(), now)
        ]
        ahead = [
            (one, watching.Tracking(one, now), drives(one, mine)) for one in queries.ahead(self.jobs(), now)
        ]
        return super().get_context_data(today=today, ahead=ahead, **kwargs)


def drives(job: TransferJob, membership: int) -> bool:
    driver: Any = job.driver
    return bool(driver and driver.membership_id == membership)


class OfJourney(TransferDesk):
    @cached_property
    def job(self) -> TransferJob:
        return get_object_or_404(self.jobs(), public_id=self.kwargs["public_id"])

    def page(self) -> str:
        return reverse("business_transfer", args=[self.business.slug, self.job.public_id])


class Journey(OfJourney):
    template_name = "booking/transfers/desk/journey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        return super().get_context_data(
            tracking=watching.Tracking(self.job, now),
            job=self.job,
            request_=self.job.request,
            drives=drives(self.job, self.access.membership.pk),
            may_send=links.is_live_for_driver(self.job, now),
            **kwargs,
        )


class Live(Journey):
    template_name = "booking/transfers/_live.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("v") == watching.current_version(self.job):
            return HttpResponse(status=204)
        return super().get(request, *args, **kwargs)


class Photo(OfJourney):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return watching.photo_answer(self.job, self.kwargs["event"])


class SendLink(FormView, OfJourney):
    """For a driver who has no account here."""

    title = gettext_lazy("Send the driver a link")
    text = gettext_lazy(
        "Whoever has it runs this journey: it shows addresses and phones. It ends with the journey, with a "
        "new link, and when somebody else drives."
    )
    verb = gettext_lazy("Send the link")

    def back(self) -> str:
        return self.page()

    def form(self, data: Any = None) -> Any:
        return LinkForm(data)

    def save(self, form: Any) -> HttpResponse:
        facts: dict[str, Any] = {"by": self.request.user, "now": timezone.now()}
        services.send_driver_link(job=self.job, **form.cleaned_data, **facts)
        messages.success(self.request, _("The link is on its way."))
        return redirect(self.page())
