"""Payouts of a business: what can be paid out, asking for it, each with its way, the plan."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from core import money
from core.errors import Refused
from finance import permissions
from teams.access import BusinessPanelView

from .. import earnings, payout_forms
from ..models import Payout
from ..payout_permissions import PAYOUTS
from ..services import payouts, planning
from ..states import PayoutStatus


class PayoutsView(BusinessPanelView):
    right = permissions.EARNINGS

    def to_list(self) -> HttpResponse:
        return redirect("payouts:payouts", self.business.slug)


class Payouts(PayoutsView):
    template_name = "payments/business/payouts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today, after = timezone.localdate(), self.request.GET.get("sonra", "")
        rows = earnings.payouts_of(self.business)
        return super().get_context_data(
            standing=earnings.standing(self.business),
            page=earnings.page(rows, after=after, when="requested_at"),
            after=after,
            plan=planning.plan_of(self.business, today),
            refusal=self._refusal(),
            may_ask=self.access.can(PAYOUTS),
            **kwargs,
        )

    def _refusal(self) -> str:
        """Why nothing can go out just now; empty when it can."""
        try:
            payouts.check_account(self.business, timezone.now())
        except Refused as error:
            return str(error.message)
        return ""


class OnePayout(PayoutsView):
    """Its way so far, and what it consists of."""

    template_name = "payments/business/payout.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = get_object_or_404(earnings.payouts_of(self.business), public_id=self.kwargs["public_id"])
        return super().get_context_data(
            payout=row,
            movements=earnings.movements(row),
            arrives_by=planning.arrives_by(timezone.localdate(row.requested_at)),
            may_cancel=row.status == PayoutStatus.DRAFT and self.access.can(PAYOUTS),
            **kwargs,
        )


@method_decorator(reauthentication_required, name="get")
@method_decorator(reauthentication_required, name="post")
class AskForPayout(PayoutsView):
    template_name = "payments/business/ask.html"
    right = PAYOUTS

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        there = earnings.standing(self.business).payable
        form = payout_forms.AskForPayout(initial={"amount": max(there, 0)})
        return self.render_to_response(self.get_context_data(form=form))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = payout_forms.AskForPayout(request.POST)
        if form.is_valid() and (row := self._ask(form)):
            words = _("%(amount)s is on its way to approval.") % {"amount": money.display(row.amount)}
            messages.success(request, words)
            return redirect(row)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        return super().get_context_data(
            standing=earnings.standing(self.business), arrives_by=planning.arrives_by(today), **kwargs
        )

    def _ask(self, form: payout_forms.AskForPayout) -> Payout | None:
        given: dict[str, Any] = {"business": self.business, "by": self.request.user, "now": timezone.now()}
        try:
            return payouts.request_payout(amount=form.cleaned_data["amount"], **given)
        except Refused as error:
            form.add_error("amount", str(error.message))
        return None


class CancelPayout(PayoutsView):
    right = PAYOUTS

    def row(self) -> Payout:
        return get_object_or_404(earnings.payouts_of(self.business), public_id=self.kwargs["public_id"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.row())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.row()
        if row.status != PayoutStatus.DRAFT:
            messages.error(request, _("It has been approved already; write to support to stop it."))
            return redirect(row)
        payouts.cancel_payout(payout=row, by=request.user, now=timezone.now())
        words = _("Called off. %(amount)s can be paid out again.") % {"amount": money.display(row.amount)}
        messages.success(request, words)
        return self.to_list()


class ChangePlan(PayoutsView):
    template_name = "payments/business/plan.html"
    right = PAYOUTS

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        plan = planning.plan_of(self.business, timezone.localdate())
        form = payout_forms.Plan(initial={"every": plan.every, "minimum": plan.minimum})
        return self.render_to_response(self.get_context_data(form=form))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = payout_forms.Plan(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        given: dict[str, Any] = {"business": self.business, "by": request.user, "now": timezone.now()}
        planning.change_plan(**given, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return self.to_list()
