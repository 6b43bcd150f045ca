"""A buyer calls off a parcel or pieces of it: what, how much comes back, then for good."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from commerce import after_forms, after_links, money_back
from commerce.after_access import GuestPage, OwnPage
from commerce.services import cancelling
from commerce.states import BEFORE_SHIPPING
from core import money
from core.errors import Refused


class CancelPage:
    """GET asks what. POST without an amount counts, with it does."""

    template_name = "commerce/after/cancel.html"
    request: Any
    parcel: Any
    buyer: Any

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(self.form(None))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form)
        if form.cleaned_data.get("amount") is None or "back" in request.POST:
            return self.count(form)
        return self.cancel(form)

    def form(self, data: Any) -> after_forms.Cancel:
        lines = [(line, money_back.left(line)) for line in self.parcel.lines.order_by("pk")]
        whole = {f"line_{line.pk}": left for line, left in lines}
        return after_forms.Cancel(data, lines=lines, initial=whole)

    def count(self, form: after_forms.Cancel) -> HttpResponse:
        try:
            plan = cancelling.preview(parcel=self.parcel, pieces=form.pieces())
        except Refused as error:
            form.add_error(None, str(error.message))
            return self.show(form)
        return self.show(form, plan=plan)

    def cancel(self, form: after_forms.Cancel) -> HttpResponse:
        facts: dict[str, Any] = {"by": self.buyer, "now": timezone.now()}
        try:
            made = cancelling.cancel(
                parcel=self.parcel,
                pieces=form.pieces(),
                key=form.cleaned_data["key"].hex,
                expected=form.cleaned_data["amount"],
                **facts,
            )
        except Refused as error:
            form.add_error(None, str(error.message))
            return self.show(form)
        words = _("Cancelled. %(amount)s goes back the way it came.") % {"amount": money.display(made.amount)}
        messages.success(self.request, words)
        return redirect(self.back())

    def show(self, form: after_forms.Cancel, **more: Any) -> HttpResponse:
        is_open = self.parcel.status in BEFORE_SHIPPING
        context = self.get_context_data(  # type: ignore[attr-defined]
            form=form, parcel=self.parcel, is_open=is_open, back=self.back(), here=self.here(), **more
        )
        return self.render_to_response(context)  # type: ignore[attr-defined]

    def here(self) -> str:
        return after_links.cancel(self.parcel)

    def back(self) -> str:
        raise NotImplementedError


class OwnCancel(CancelPage, OwnPage):
    def back(self) -> str:
        return reverse("my_order", args=[self.parcel.order.number])


class GuestCancel(CancelPage, GuestPage):
    def back(self) -> str:
        return self.here()
