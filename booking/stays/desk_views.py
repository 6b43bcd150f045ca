"""Stays at the desk: the report of the day, its pictures, another day of leaving."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import Refused

from .. import agenda
from .. import kinds as every_kind
from ..booking_views import page_of
from ..desk_access import DeskView, FormView, OfBooking, Press
from ..kinds import Kind
from ..states import By, Status
from . import forms, leaving_days, pictures, queries, services
from .models import LeavingChange, Report

PAGE = 50


def takes_stays(access: Any) -> bool:
    return Kind.STAY in every_kind.offered_by(access.business.kind)


class Reports(DeskView):
    """What is still to be written today, and who waits for a word about her day of leaving."""

    template_name = "booking/stays/reports.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not takes_stays(self.access):
            raise Http404
        rows, now = self.bookings(), timezone.now()
        page = Paginator(queries.reports_due(rows, now=now), PAGE).get_page(self.request.GET.get("page"))
        found = {
            "page": page,
            "rows": [(one, agenda.animals_of(one)) for one in page],
            "answers": [(one, agenda.animals_of(one)) for one in queries.to_answer(rows)[:PAGE]],
            "are_any": rows.filter(kind=Kind.STAY, status=Status.IN_SERVICE).exists(),
        }
        return super().get_context_data(**found, **kwargs)


class OfStay(OfBooking):
    """Base: 404 for what is no stay."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated and self.access.can(self.right) and self.booking.kind != Kind.STAY:
            raise Http404

    def back(self) -> str:
        return page_of(self.booking)


class WriteReport(OfStay, FormView):
    template_name = "booking/stays/report.html"
    title = gettext_lazy("Report of today")

    @cached_property
    def report(self) -> Report | None:
        mine = Report.objects.filter(booking=self.booking, day=timezone.localdate())
        return mine.prefetch_related("photos").first()

    def form(self, data: Any = None) -> forms.ReportForm:
        return forms.ReportForm(data, self.request.FILES or None, report=self.report)

    def save(self, form: Any) -> HttpResponse:
        by, now = self.request.user, timezone.now()
        services.write_report(booking=self.booking, by=by, now=now, **form.facts())
        messages.success(self.request, _("Kept. The customer can read it."))
        left = queries.reports_due(self.bookings(), now=now).exists()
        return redirect(reverse("business_reports", args=[self.business.slug]) if left else self.back())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = agenda.animals_of(self.booking)
        is_open = self.booking.status == Status.IN_SERVICE
        return super().get_context_data(
            **({"booking": self.booking, "names": names, "is_open": is_open} | kwargs)
        )


class Photo(OfStay):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return pictures.answer(self.booking, kwargs["pk"], kwargs["size"])


class Leaving(OfStay, FormView):
    template_name = "booking/stays/leaving.html"
    title = gettext_lazy("Another day of leaving")
    verb = gettext_lazy("Change it")

    @cached_property
    def days(self) -> list[leaving_days.Day]:
        return leaving_days.possible(self.booking, role=By.PROVIDER, now=timezone.now())

    def form(self, data: Any = None) -> forms.DayForm:
        return forms.DayForm(data, days=self.days, more=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = {"booking": self.booking, "days": self.days, "wish": queries.wish_of(self.booking)}
        return super().get_context_data(**(found | kwargs))

    def save(self, form: Any) -> HttpResponse:
        day, given = form.day, form.cleaned_data
        facts: dict[str, Any] = {"booking": self.booking, "day": day.on, "role": By.PROVIDER}
        facts |= {"by": self.request.user, "now": timezone.now()}
        if day.is_earlier:
            services.shorten(back=given["back"] or Decimal(0), **facts)
        else:
            services.extend(agreed=day.amount, may_change_room=given["room"], **facts)
        messages.success(self.request, _("Changed. Your customer is told."))
        return redirect(self.back())


class GiveBack(OfStay, FormView):
    """How much of the nights that were not used goes back."""

    template_name = "booking/stays/give_back.html"
    title = gettext_lazy("Unused nights")
    verb = gettext_lazy("Decide")

    @cached_property
    def change(self) -> LeavingChange:
        mine = LeavingChange.objects.filter(booking=self.booking, is_decided=False)
        return get_object_or_404(mine.select_related("booking"), pk=self.kwargs["pk"])

    def form(self, data: Any = None) -> forms.BackForm:
        return forms.BackForm(data, least=self.change.given_back, most=self.change.amount)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**({"change": self.change, "booking": self.booking} | kwargs))

    def save(self, form: Any) -> HttpResponse:
        amount, by = form.cleaned_data["amount"], self.request.user
        services.decide_back(change=self.change, amount=amount, by=by, now=timezone.now())
        messages.success(self.request, _("Decided. Your customer is told."))
        return redirect(self.back())


class AcceptWish(OfStay, Press):
    done = gettext_lazy("Accepted. Your customer is told.")

    def press(self) -> None:
        wish = queries.wish_of(self.booking)
        if wish is None:
            raise Refused
        services.extend(
            booking=self.booking,
            day=timezone.localdate(wish.ends_at),
            role=By.PROVIDER,
            by=self.request.user,
            now=timezone.now(),
            agreed=wish.amount,
        )

    def after(self) -> str:
        return page_of(self.booking)


class DeclineWish(OfStay, Press):
    done = gettext_lazy("Declined. Your customer is told.")

    def press(self) -> None:
        services.decline_wish(booking=self.booking, by=self.request.user, now=timezone.now())

    def after(self) -> str:
        return page_of(self.booking)
