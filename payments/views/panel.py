""" "Finans" of a person: what she paid, what comes back, and her wallet."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language

from core import limits
from core.errors import Refused
from core.panel import PanelView

from .. import forms, links, queries, services
from .checkout import HOUR, facts

MOST_TOP_UPS = 20


class Payments(PanelView):
    template_name = "payments/panel/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = queries.slice_of(queries.payments_of(self.request.user), self.request.GET.get("once"))
        return super().get_context_data(page=page, **kwargs)


class PaymentPage(PanelView):
    template_name = "payments/panel/payment.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = queries.payments_of(self.request.user)
        payment = get_object_or_404(rows, public_id=kwargs.pop("public_id"))
        return super().get_context_data(**facts(payment), **kwargs)


class Wallet(PanelView):
    template_name = "payments/panel/wallet.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        page = queries.slice_of(queries.movements(user), self.request.GET.get("once"))
        money = {"balance": queries.balance(user), "set_aside": queries.set_aside(user)}
        return super().get_context_data(page=page, top_up_is_open=settings.WALLET_TOP_UP, **money, **kwargs)


class TopUp(PanelView):
    """Behind `WALLET_TOP_UP`: without it there is no such page."""

    template_name = "payments/panel/top_up.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not settings.WALLET_TOP_UP:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(forms.TopUp(initial={"key": uuid.uuid4()}))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = forms.TopUp(request.POST)
        if not form.is_valid():
            return self.show(form)
        if limits.is_over("payments.top_up", str(request.user.pk), most=MOST_TOP_UPS, seconds=HOUR):
            return limits.too_many(request, seconds=HOUR)
        key = f"top-up {request.user.pk} {form.cleaned_data['key']}"
        facts: dict[str, Any] = {
            "user": request.user,
            "now": timezone.now(),
            "locale": get_language() or "tr",
        }
        try:
            payment = services.top_up(key=key, amount=form.cleaned_data["amount"], **facts)
        except Refused as error:
            form.add_error(None, error.message)
            return self.show(form)
        return redirect(links.path(payment))

    def show(self, form: forms.TopUp) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(form=form, balance=queries.balance(self.request.user))
        )
