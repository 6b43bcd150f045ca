"""What a person has ordered, in her own panel; and the same order for a guest, by the link she got."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from oscar.core.loading import get_model

from core import panel
from core.errors import Refused
from finance.documents import files
from payments import links as payment_links
from payments.states import LIVE, AttemptStatus, PaymentStatus
from teams import modules

from . import baskets, contract_files, order_links, orders, services
from .paying import begin

Order = get_model("order", "Order")

PAGE = 20
LABELS = {
    orders.ALL: gettext_lazy("All"),
    orders.WAITING: gettext_lazy("Waiting for payment"),
    orders.UNDER_WAY: gettext_lazy("Under way"),
    orders.DONE: gettext_lazy("Arrived"),
    orders.CANCELLED: gettext_lazy("Cancelled"),
}


class Orders(panel.PanelView):
    template_name = "commerce/panel/orders.html"
    module = modules.STORE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        state, words = self.request.GET.get("durum", ""), self.request.GET.get("ara", "").strip()[:80]
        state = state if state in LABELS else orders.ALL
        rows = orders.with_parcels(orders.orders_of(self.request.user, state=state, words=words))
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        found = {"page": page, "filters": LABELS.items(), "state": state, "words": words}
        return super().get_context_data(**found, **kwargs)


class OfMine(panel.PanelView):
    """Base: an order of the person who is signed in."""

    module = modules.STORE
    shell = "panel/base.html"

    @cached_property
    def order(self) -> Any:
        return get_object_or_404(orders.details_of(self.request.user), number=self.kwargs["number"])


@method_decorator(never_cache, name="dispatch")
class OfGuest(TemplateView):
    """Base: an order without an account. A member's is opened in her panel, and nobody else finds it."""

    shell = "commerce/guest.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.order.user_id and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not order_links.is_hers(request, self.order):
            raise Http404
        if self.order.user_id:
            return redirect("my_order", self.order.number)
        if order_links.PARAMETER in request.GET:  # the key does not stay in the address
            order_links.let_in(request, self.order)
            return redirect(request.path)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def order(self) -> Any:
        return get_object_or_404(orders.details(Order.objects.all()), number=self.kwargs["number"])


class Detail:
    """The page itself, the same for both."""

    template_name = "commerce/panel/order.html"
    order: Any
    shell: str

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        payment = orders.payment_of(self.order) if self.order.parcels.all() else None
        facts = {
            "order": self.order,
            "parcels": [
                (one, self._address("contract", position=one.position)) for one in _parcels(self.order)
            ],
            "documents": [
                (one, self._address("order_document", public_id=one.public_id))
                for one in orders.documents_of(self.order)
            ],
            "payment": payment,
            "pay_url": payment_links.path(payment) if payment else "",
            "transfer": _attempt(payment, [AttemptStatus.PENDING_TRANSFER]),
            "under_way": _attempt(payment, [one for one in LIVE if one != AttemptStatus.PENDING_TRANSFER]),
            "is_kept": _is_kept(self.order),
            "shell": self.shell,
            "again_url": self._address("order_again"),
            "cancel_url": self._address("order_cancel"),
            "pay_again_url": self._address("order_pay"),
        }
        return super().get_context_data(**facts, **kwargs)  # type: ignore[misc]

    def _address(self, name: str, **more: Any) -> str:
        who = "my" if self.order.user_id else "guest"
        return reverse(f"{who}_{name}", kwargs={"number": self.order.number, **more})


def _parcels(order: Any) -> list[Any]:
    return list(order.parcels.all())


def _is_kept(order: Any) -> bool:
    return order.is_unpaid and (order.pay_until is None or order.pay_until > timezone.now())


def _attempt(payment: Any, states: list[str]) -> Any:
    """The last one in one of these states."""
    if payment is None or payment.status != PaymentStatus.OPEN:
        return None
    return next((one for one in reversed(payment.attempts.all()) if one.status in states), None)


class OrderDetail(Detail, OfMine):
    pass


class GuestOrder(Detail, OfGuest):
    pass


class Pdf:
    """What was confirmed with one parcel."""

    order: Any
    kwargs: dict[str, Any]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = [one for one in _parcels(self.order) if one.position == self.kwargs["position"]]
        if not found:
            raise Http404
        contract = found[0].contract
        contract.parcel = found[0]
        return _pdf(contract_files.content(contract), contract_files.file_name(contract))


class DocumentPdf:
    """One invoice or credit note of the order."""

    order: Any
    kwargs: dict[str, Any]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        own = orders.documents_of(self.order)
        found = next((one for one in own if one.public_id == self.kwargs["public_id"]), None)
        if found is None:
            raise Http404
        return _pdf(files.content(document=found, now=timezone.now()), found.file_name)


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


class MyContract(Pdf, OfMine):
    pass


class GuestContract(Pdf, OfGuest):
    pass


class MyDocument(DocumentPdf, OfMine):
    pass


class GuestDocument(DocumentPdf, OfGuest):
    pass


class Again:
    """What was in it goes into the basket once more."""

    http_method_names = ["post"]
    order: Any

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        outcome = services.buy_again(order=self.order, basket=baskets.of_request(request))
        for title, number in outcome.fewer:
            facts = {"product": title, "number": number}
            messages.warning(request, _("Only %(number)d of “%(product)s” could be added.") % facts)
        if outcome.gone:
            gone = {"products": ", ".join(outcome.gone)}
            messages.warning(request, _("Not sold at the moment: %(products)s.") % gone)
        if not outcome.added:
            return redirect(order_links.path(self.order))
        messages.success(request, _("In your basket, at today’s prices."))
        return redirect("basket:summary")


class MyAgain(Again, OfMine):
    pass


class GuestAgain(Again, OfGuest):
    pass


class Cancel:
    """Not wanted any more, before it was paid."""

    http_method_names = ["post"]
    order: Any

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        by = request.user if request.user.is_authenticated else None
        try:
            services.cancel_unpaid(order=self.order, by=by, now=timezone.now())
            messages.success(request, _("The order is cancelled. Nothing was charged."))
        except Refused as error:
            messages.error(request, str(error.message))
        return redirect(order_links.path(self.order))


class MyCancel(Cancel, OfMine):
    pass


class GuestCancel(Cancel, OfGuest):
    pass


class Pay:
    """To the page of its payment; where none was begun (the press was cut off), it begins now."""

    http_method_names = ["post"]
    order: Any

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            payment = begin(request, self.order)
        except Refused as error:
            messages.error(request, str(error.message))
            return redirect(order_links.path(self.order))
        return redirect(payment_links.path(payment))


class MyPay(Pay, OfMine):
    pass


class GuestPay(Pay, OfGuest):
    pass
