"""Payments in the back office: find one, read what happened to it, and do what is left to people."""

from __future__ import annotations

import uuid
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from accounts.factors import RecentlyConfirmedMixin
from core import journal
from core.errors import Refused

from .. import clocks, events, queries, services, timeline, ways
from ..models import Attempt, OpenMethod, Payment, PaymentItem, Reason, RefundPart
from ..providers import registry
from ..services.papers import documents_of

READ, REFUND, RECONCILE = (
    "payments.read_payments",
    "payments.refund_payments",
    "payments.reconcile_payments",
)
FOUND = 50


class OfficeView(PermissionRequiredMixin, TemplateView):
    permission_required: Any = READ


class Search(OfficeView):
    template_name = "payments/office/search.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET.get("q", "").strip()[:100]
        found = search(query).select_related("payer").prefetch_related("items", "refunds").order_by("-pk")
        return super().get_context_data(query=query, payments=found[:FOUND], most=FOUND, **kwargs)


def search(query: str) -> QuerySet[Payment]:
    """By person, reference of an attempt or refund, address of the payment, or amount."""
    rows = Payment.objects.all()
    if not query:
        return rows
    person = Q(payer__email__icontains=query) | Q(email__icontains=query)
    person |= Q(payer__first_name__icontains=query) | Q(payer__last_name__icontains=query)
    code = query.upper().removeprefix("DV-")
    reference = Q(attempts__reference__startswith=code) | Q(refunds__parts__reference=code)
    return rows.filter(person | reference | _exactly(query)).distinct()


def _exactly(query: str) -> Q:
    try:
        return Q(public_id=uuid.UUID(query))
    except ValueError:
        pass
    try:
        return Q(amount=Decimal(query.replace(".", "").replace(",", ".") if "," in query else query))
    except InvalidOperation:
        return Q(pk=None)


class GiveBack(forms.Form):
    """A refund by staff. `key` makes pressing twice the same refund."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    item = forms.ModelChoiceField(label=gettext_lazy("What for"), queryset=PaymentItem.objects.none())
    amount = forms.DecimalField(
        label=gettext_lazy("Amount in lira"), min_value=Decimal("0.01"), decimal_places=2, localize=True
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=[(one.value, one.label) for one in Reason if one not in (Reason.LATE, Reason.TWICE)],
    )
    note = forms.CharField(label=gettext_lazy("Note for colleagues"), max_length=300, required=False)

    def __init__(self, *args: Any, payment: Payment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items: Any = self.fields["item"]
        items.queryset = payment.items.filter(settled_at__isnull=False)
        items.label_from_instance = lambda item: f"{item.text} ({item.amount - item.refunded})"


class Show(OfficeView):
    """One payment with its time line. That somebody of us read it is noted."""

    template_name = "payments/office/payment.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        payment = self.found()
        journal.write(events.READ, actor=request.user, subject=payment)
        return self.render_to_response(self.context(payment, self.blank(payment)))

    def found(self) -> Payment:
        return get_object_or_404(Payment.objects.select_related("payer"), pk=self.kwargs["pk"])

    def blank(self, payment: Payment) -> GiveBack:
        return GiveBack(payment=payment, initial={"key": uuid.uuid4()})

    def context(self, payment: Payment, form: GiveBack) -> dict[str, Any]:
        user = self.request.user
        refunds = payment.refunds.prefetch_related("parts__attempt", "parts__refund").select_related("item")
        items = list(payment.items.select_related("payee").order_by("pk"))
        attempts = list(payment.attempts.all())
        return self.get_context_data(
            payment=payment,
            items=items,
            attempts=attempts,
            captured=sum((one.captured for one in attempts), Decimal(0)),
            returned=sum((one.refunded for one in attempts), Decimal(0)),
            moments=timeline.of(payment),
            refunds=[(refund, clocks.of(refund)) for refund in refunds],
            documents=documents_of(items),
            form=form,
            may_refund=user.has_perm(REFUND),
            may_reconcile=user.has_perm(RECONCILE),
        )


class Refund(RecentlyConfirmedMixin, Show):
    """Give back by hand of staff: who she is was asked within the last fifteen minutes."""

    permission_required = REFUND

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("payments_office", kwargs["pk"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        payment = self.found()
        form = GiveBack(request.POST, payment=payment)
        if form.is_valid():
            try:
                self.give_back(payment, **form.cleaned_data)
            except Refused as error:
                form.add_error(None, str(error.message))
            else:
                messages.success(request, _("Given back. The clock below shows how far it is."))
                return redirect("payments_office", payment.pk)
        return self.render_to_response(self.context(payment, form), status=422)

    def give_back(self, payment: Payment, *, key: Any, **wish: Any) -> None:
        services.refund_item(key=f"staff {key}", by=self.request.user, now=timezone.now(), **wish)


class Act(PermissionRequiredMixin, View):
    """One press on one row; refusals are said over the page it came from."""

    permission_required: Any = RECONCILE
    http_method_names = ["post"]
    done: Any = ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            payment = self.act(kwargs["pk"])
        except Refused as error:
            messages.error(request, str(error.message))
            return redirect(request.headers.get("Referer") or "payments_waiting")
        messages.success(request, str(self.done))
        return redirect("payments_office", payment.pk)

    def act(self, pk: int) -> Payment:
        raise NotImplementedError

    @property
    def who(self) -> dict[str, Any]:
        return {"by": self.request.user, "now": timezone.now()}


class AskBank(Act):
    permission_required = READ
    done = gettext_lazy("The provider was asked; its answer stands in the time line.")

    def act(self, pk: int) -> Payment:
        attempt = get_object_or_404(Attempt.objects.select_related("payment"), pk=pk)
        services.look_up_attempt(attempt=attempt, now=timezone.now())
        return attempt.payment


class Resolve(RecentlyConfirmedMixin, Act):
    """An attempt whose figures differ: all of it goes back, or nothing ever came."""

    done = gettext_lazy("Decided.")

    def act(self, pk: int) -> Payment:
        attempt = get_object_or_404(Attempt.objects.select_related("payment"), pk=pk)
        if "nothing" in self.request.POST:
            services.nothing_came(attempt=attempt, **self.who)
        else:
            services.return_it(attempt=attempt, amount=attempt.told or attempt.amount, **self.who)
        return attempt.payment


class Part(RecentlyConfirmedMixin, Act):
    """A part of a refund that no machine can finish."""

    permission_required = REFUND
    done = gettext_lazy("Noted.")

    def act(self, pk: int) -> Payment:
        part = get_object_or_404(RefundPart.objects.select_related("refund__payment"), pk=pk)
        verbs: dict[str, Any] = {
            "again": services.try_again,
            "take_over": services.take_over,
            "confirm": services.confirm_by_hand,
        }
        wish = next((name for name in verbs if name in self.request.POST), "")
        if wish:
            verbs[wish](part=part, **self.who)
        else:
            reference = self.request.POST.get("bank_reference", "").strip()
            services.sent_by_hand(part=part, bank_reference=reference, **self.who)
        return part.refund.payment


class Waiting(OfficeView):
    """What no machine will finish: differences, refunds with people, messages about nothing of ours."""

    template_name = "payments/office/waiting.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            attempts=queries.needing_attention()[:FOUND],
            parts=queries.parts_with_people()[:FOUND],
            events=queries.strange_events()[:FOUND],
            may_refund=self.request.user.has_perm(REFUND),
            may_reconcile=self.request.user.has_perm(RECONCILE),
            **kwargs,
        )


class Ways(OfficeView):
    """One table for checkout, help page and this page."""

    template_name = "payments/office/ways.html"
    permission_required = RECONCILE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        made = {one.code: one for one in registry.every()}
        rows = [
            (way, made[way.provider], ways.usable(made[way.provider], way.method))
            for way in OpenMethod.objects.all()
            if way.provider in made
        ]
        return super().get_context_data(rows=rows, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        way = get_object_or_404(OpenMethod, pk=request.POST.get("way") or 0)
        services.set_way(way=way, is_open="open" in request.POST, by=request.user)
        messages.success(request, _("Changed. Checkout and help page show it at once."))
        return redirect("payments_ways")
