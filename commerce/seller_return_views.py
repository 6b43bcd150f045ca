"""“İadeler” of a business: what comes back, found by code, taken in, accepted or refused."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commerce import after_forms, permissions, return_codes
from commerce.after_access import RETURNS
from commerce.models import ReturnRequest
from commerce.return_states import RETURNS as MOVES
from commerce.return_states import ReturnStatus
from commerce.return_views import photo_answer
from commerce.services import returning
from core import money
from teams import modules
from teams.access import BusinessPanelView

PAGE = 20
S = ReturnStatus
TABS = [  # in the order in which they want to be worked on
    ("geldi", gettext_lazy("Arrived"), [S.ARRIVED]),
    ("yolda", gettext_lazy("On their way"), [S.ASKED, S.SENT]),
    ("reddedildi", gettext_lazy("Refused"), [S.REFUSED]),
    ("bitti", gettext_lazy("Finished returns"), [S.ACCEPTED, S.REFUNDED, S.TAKEN_BACK, S.LAPSED]),
]


class OfSeller(BusinessPanelView):
    module = modules.STORE
    right = permissions.RETURNS

    @cached_property
    def row(self) -> ReturnRequest:
        rows = RETURNS.filter(business=self.business)
        return get_object_or_404(rows, public_id=self.kwargs["public_id"])

    def to_row(self) -> HttpResponse:
        return redirect("seller_return", self.business.slug, self.row.public_id)


class Returns(OfSeller):
    template_name = "commerce/seller/returns.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        code = return_codes.read(request.GET.get("kod", ""))
        found = list(self._rows().filter(code=code)[:PAGE]) if code else []
        if len(found) == 1:
            return redirect("seller_return", self.business.slug, found[0].public_id)
        return self.render_to_response(self.get_context_data(code=code, found=found))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = self.request.GET.get("durum", TABS[0][0])
        counted = self._rows().order_by().values_list("status").annotate(number=Count("pk"))
        numbers = dict(counted)
        tabs = [
            {"code": code, "label": label, "number": sum(numbers.get(one, 0) for one in states)}
            for code, label, states in TABS
        ]
        states = next((states for code, _label, states in TABS if code == chosen), TABS[0][2])
        rows = self._rows().filter(status__in=states).order_by("act_at", "-asked_at", "-pk")
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            tabs=tabs, chosen=chosen, page=page, evening=returning.EVENING.hour, **kwargs
        )

    def _rows(self) -> Any:
        return RETURNS.filter(business=self.business)


class OneReturn(OfSeller):
    template_name = "commerce/seller/return.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.row
        plan = returning.plan_of(row) if MOVES.allows(row.status, S.ACCEPTED) else None
        if plan and "accept_form" not in kwargs:
            kwargs["accept_form"] = after_forms.Accept(initial={"amount": plan.amount})
        kwargs.setdefault("refuse_form", after_forms.Refuse())
        return super().get_context_data(
            row=row,
            parcel=row.parcel,
            lines=list(row.lines.all()),
            plan=plan,
            may_arrive=MOVES.allows(row.status, S.ARRIVED),
            evening=returning.EVENING.hour,
            photos=[(photo, self._url(photo)) for photo in row.photos.all()],
            **kwargs,
        )

    def _url(self, photo: Any) -> str:
        return reverse("seller_return_photo", args=[self.business.slug, self.row.public_id, photo.pk])


class Arrive(OfSeller):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.to_row()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        returning.arrive(row=self.row, by=request.user, now=timezone.now())
        messages.success(request, _("Noted. Look at it today: in the evening the money goes back by itself."))
        return self.to_row()


class Accept(OneReturn):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.to_row()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = after_forms.Accept(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(accept_form=form))
        facts: dict[str, Any] = {"by": request.user, "now": timezone.now()}
        restock, amount = form.cleaned_data["restock"] == "1", form.cleaned_data["amount"]
        row = returning.accept(row=self.row, restock=restock, expected=amount, **facts)
        words = _("Accepted. %(amount)s goes back to the buyer.") % {"amount": money.display(row.amount or 0)}
        messages.success(request, words)
        return self.to_row()


class Refuse(OneReturn):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.to_row()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = after_forms.Refuse(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(refuse_form=form))
        returning.refuse(row=self.row, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Refused. The buyer reads why and may ask us to decide."))
        return self.to_row()


class SellerPhoto(OfSeller):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return photo_answer(self.row, self.kwargs["pk"])
