"""A day of the providers beside ours: sums, what differs, and what can be done about it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from core.errors import Refused

from ..models import DayReport, Difference, DifferenceKind, DifferenceState, Step
from ..models.differences import MOVES_MONEY
from ..payout_forms import Day
from ..providers import registry
from ..services import day_report
from ..services import difference_decisions as decisions
from .base import OfficeView

OPEN = [DifferenceState.OPEN, DifferenceState.ASKED]
PAGE = 100


class Days(OfficeView):
    """All that is open, of whichever day; a day with its sums by `?day=`."""

    template_name = "payments/back_office/days.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day = self._day()
        reports = DayReport.objects.filter(day=day)
        rows = Difference.objects.filter(state__in=OPEN).select_related("report")
        if "day" in self.request.GET:
            rows = Difference.objects.filter(report__day=day).select_related("report")
        kind = self.request.GET.get("kind", "")
        counts = dict(rows.order_by().values_list("kind").annotate(number=Count("pk")))
        shown = rows.filter(kind=kind) if kind else rows
        return super().get_context_data(
            day=day,
            is_day="day" in self.request.GET,
            reports=reports,
            sums=reports.aggregate(
                there=Sum("sum_there"),
                here=Sum("sum_here"),
                lines_there=Sum("lines_there"),
                lines_here=Sum("lines_here"),
                matched=Sum("matched"),
            ),
            kinds=[
                (value, label, counts[value]) for value, label in DifferenceKind.choices if value in counts
            ],
            number=sum(counts.values()),
            kind=kind,
            rows=shown.order_by("-report__day", "pk")[:PAGE],
            providers=[one for one in registry.all() if one.abilities.report],
            yesterday=timezone.localdate() - timedelta(days=1),
            **kwargs,
        )

    def _day(self) -> date:
        try:
            return date.fromisoformat(self.request.GET.get("day", ""))
        except ValueError:
            last = DayReport.objects.order_by("-day").values_list("day", flat=True).first()
            return last or timezone.localdate() - timedelta(days=1)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Compare a day by hand, also once more."""
        form = Day(request.POST)
        able = [one for one in registry.all() if one.abilities.report]
        form.fields["provider"].choices = [(one.code, one.code) for one in able]  # type: ignore[attr-defined]
        if not form.is_valid():
            messages.error(request, " ".join(str(error) for found in form.errors.values() for error in found))
            return redirect("payments_days")
        day, code = form.cleaned_data["day"], form.cleaned_data["provider"]
        provider = next(one for one in able if one.code == code)
        done = day_report.compare(provider=provider, day=day, now=timezone.now(), by=request.user)
        if done is None:
            messages.error(request, _("The provider is silent. We ask again within the hour."))
        else:
            messages.success(request, _("Compared."))
        return redirect(f"{reverse('payments_days')}?day={day.isoformat()}")


class OneDifference(OfficeView):
    """Both sides, and beside each button what it does."""

    template_name = "payments/back_office/difference.html"

    @cached_property
    def row(self) -> Difference:
        rows = Difference.objects.select_related(
            "report", "attempt__payment", "part", "payout__business", "asked_by", "decided_by"
        )
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.row
        return super().get_context_data(
            row=row,
            sides=_sides(row),
            steps=[
                (step, Step(step).label, step in MOVES_MONEY, words_of(step)) for step in decisions.steps(row)
            ],
            step_words=words_of(row.step) if row.step else "",
            may_agree=row.state == DifferenceState.ASKED and row.asked_by_id != self.request.user.pk,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        step, note, by, now = (
            request.POST.get("step", ""),
            request.POST.get("note", ""),
            request.user,
            timezone.now(),
        )
        row = self.row
        if step == Step.ASK:
            self._ask()
        elif step == "agree":
            self.done(lambda: decisions.agree(difference=row, by=by, now=now), _("Done."))
        elif step == "take_back":
            self.done(lambda: decisions.take_back(difference=row, by=by), _("Taken back."))
        else:
            words = (
                _("A second person has to agree now.")
                if step in MOVES_MONEY
                else _("Closed with your words.")
            )
            self.done(lambda: decisions.propose(difference=row, step=step, by=by, note=note, now=now), words)
        return redirect("payments_difference", row.pk)

    def _ask(self) -> None:
        try:
            settled = decisions.ask_bank(difference=self.row, by=self.request.user, now=timezone.now())
        except Refused as error:
            messages.error(self.request, str(error.message))
            return
        if settled:
            messages.success(self.request, _("The bank says the same as its report; we took it over."))
        else:
            messages.warning(self.request, _("Asked. The answer leaves the difference as it is."))


def words_of(step: str) -> str:
    return {
        Step.ASK: _("We ask what became of it and write the answer down, as after any other question."),
        Step.SETTLE: _(
            "What the report says counts as the provider's word: the payment is paid, its buyer is told."
        ),
        Step.GIVE_BACK: _("The amount of the report is booked and goes back the way it came."),
        Step.EXPLAIN: _("Nothing moves. Your words stay with the difference."),
    }[Step(step)]


FIELDS = ("amount", "currency", "reference", "remote_id", "at", "state")


def _sides(row: Difference) -> list[tuple[str, Any, Any, bool]]:
    """Name, theirs, ours, and whether both say it and differ."""
    names = {
        "amount": _("Amount"),
        "currency": _("Currency"),
        "reference": _("Reference"),
        "remote_id": _("Their number"),
        "at": _("When"),
        "state": _("State"),
    }
    found = []
    for name in FIELDS:
        there, here = row.there.get(name, ""), row.here.get(name, "")
        if there or here:
            found.append((names[name], there, here, bool(there and here) and there != here and name != "at"))
    return found
