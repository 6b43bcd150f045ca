"""What a person asked and what travels for her: quotes, the journey, the hand-over code."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking import paying, policies
from booking.models import Booking
from core import money, panel
from core.errors import Refused
from teams import modules

from . import links, queries, services, watching
from .forms import DisputeForm
from .models import TransferJob, TransferRequest
from .states import Asked, Offered


class Mine(panel.PanelView):
    module = modules.TRANSFER

    def back(self) -> str:
        """Where its buttons lead back to."""
        raise NotImplementedError


class Press(Mine):
    """A button: one verb, then back to where it stood. What is refused is said there."""

    http_method_names = ["post"]
    done: Any = ""

    def press(self) -> str | None:
        """Does it; may say where to go on."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            further = self.press()
        except Refused as error:
            messages.error(request, str(error.message))
            return redirect(self.back())
        if self.done:
            messages.success(request, str(self.done))
        return redirect(further or self.back())


class Transfers(Mine):
    template_name = "booking/transfers/panel/transfers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        rows = queries.requests_of(user)
        closed = rows.exclude(status__in=[Asked.ASKED, Asked.QUOTED, Asked.ACCEPTED])
        return super().get_context_data(
            jobs=list(queries.under_way(user)),
            requests=[(one, queries.live_quote(one)) for one in queries.waiting(rows)],
            past=list(queries.past(user)[:20]),
            closed=list(closed[:20]),
            **kwargs,
        )


class OfRequest(Mine):
    @cached_property
    def asked(self) -> TransferRequest:
        rows = queries.requests_of(self.request.user)
        return get_object_or_404(rows, public_id=self.kwargs["public_id"])

    def back(self) -> str:
        return self.asked.url()


class RequestPage(OfRequest):
    template_name = "booking/transfers/panel/request.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked, now = self.asked, timezone.now()
        quote = queries.live_quote(asked)
        found: dict[str, Any] = {
            "asked": asked,
            "quote": quote,
            "older": [one for one in asked.quotes.all() if one != quote],
            "holds": bool(quote and quote.status == Offered.SENT and quote.valid_until > now),
            "usual": queries.usual_price(asked, now=now) if asked.is_open else None,
            "booking": _booking_of(asked) if asked.status == Asked.ACCEPTED else None,
        }
        if quote:
            due = money.lira(quote.price * asked.offering.deposit_percent / 100)
            found |= {
                "due": due,
                "later": quote.price - due,
                "tiers": policies.tiers(quote.policy, quote.pickup_at, due),
                "is_outside": not asked.earliest <= quote.pickup_at <= asked.latest,
            }
        return super().get_context_data(**found, **kwargs)


def _booking_of(asked: TransferRequest) -> Any:
    rows = Booking.objects.filter(transfer_acceptance__quote__request=asked)
    return rows.select_related("transfer_job").order_by("-pk").first()


class Withdraw(Press, OfRequest):
    done = gettext_lazy("You took it back; the carrier knows.")

    def press(self) -> None:
        services.withdraw(request=self.asked, by=self.request.user, now=timezone.now())


class Accept(Press, OfRequest):
    """Holds its time at its price, and on to paying."""

    def press(self) -> str:
        quote = get_object_or_404(self.asked.quotes.all(), public_id=self.kwargs["quote"])
        booking = services.accept(quote=quote, by=self.request.user, now=timezone.now())
        return paying.next_page(self.request, booking)


class OfJourney(Mine):
    @cached_property
    def job(self) -> TransferJob:
        rows = queries.jobs_of(self.request.user)
        return get_object_or_404(rows, public_id=self.kwargs["public_id"])

    def back(self) -> str:
        return self.job.url()


class Journey(OfJourney):
    template_name = "booking/transfers/panel/journey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tracking = watching.Tracking(self.job, timezone.now(), is_owner=True)
        share = links.share_url(self.job) if self.job.share_number and not tracking.is_over else ""
        found = {"tracking": tracking, "job": self.job, "request_": self.job.request, "share": share}
        return super().get_context_data(**(found | {"form": DisputeForm()} | kwargs))


class Live(Journey):
    """The part of the page that changes; 204 while nothing has."""

    template_name = "booking/transfers/_live.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("v") == watching.current_version(self.job):
            return HttpResponse(status=204)
        return super().get(request, *args, **kwargs)


class Code(OfJourney):
    """The code alone, so large that it is read across a street. A press makes a new one."""

    template_name = "booking/transfers/panel/code.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tracking = watching.Tracking(self.job, timezone.now(), is_owner=True)
        return super().get_context_data(tracking=tracking, job=self.job, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        services.new_code(job=self.job, by=request.user, now=timezone.now())
        messages.success(request, _("Here is a new code. The old one opens nothing any more."))
        return redirect(self.back())


class Share(Press, OfJourney):
    done = gettext_lazy("The link is ready. A link you gave out before opens nothing any more.")

    def press(self) -> None:
        services.share(job=self.job, by=self.request.user, now=timezone.now())


class TellEvents(Press, OfJourney):
    def press(self) -> None:
        services.tell_events(job=self.job, tells=self.request.POST.get("tells") == "1")


class Confirm(Press, OfJourney):
    done = gettext_lazy("Thank you. The journey is over.")

    def press(self) -> None:
        services.confirm(job=self.job, by=self.request.user, now=timezone.now())


class Dispute(Journey):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = DisputeForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        text = form.cleaned_data["text"]
        services.dispute(job=self.job, text=text, by=request.user, now=timezone.now())
        messages.success(request, _("The carrier knows at once. Nothing is paid out meanwhile."))
        return redirect(self.back())


class Photo(OfJourney):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return watching.photo_answer(self.job, self.kwargs["event"])
