"""Sepet → Teslimat → Ödeme: where it goes, then how it is paid and what is confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from oscar.core.loading import get_model

from accounts import services as accounts
from accounts.models import Address
from core import limits
from core.errors import Refused
from payments import links as payment_links
from payments import queries as payment_queries
from payments import riders, ways
from payments.riders import Rider

from . import agreeing, baskets, contract_files, drafts, order_links, papers, paying, quotes, services
from .checkout_forms import Confirm, Delivery
from .errors import AlreadyOrdered, BasketChanged, NothingToOrder, TextsMissing
from .wishes import Wish

Order = get_model("order", "Order")

HOUR = 3600
MOST_ORDERS = 30  # an hour from one place


@method_decorator(never_cache, name="dispatch")
class CheckoutView(View):
    """Base: the basket of whoever asks. With an empty one there is nothing to do here."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.basket = baskets.of_request(request)
        self.user: Any = request.user if request.user.is_authenticated else None
        return super().dispatch(request, *args, **kwargs)

    def quote(self, wish: Wish | None = None, province: str = "") -> quotes.Quote:
        where = wish.ship_to.province if wish else province
        return quotes.make(
            self.basket,
            user=self.user,
            province=where,
            chosen=wish.deliveries if wish else {},
            now=timezone.now(),
            strategy=self.request.strategy,  # type: ignore[attr-defined]
        )

    def to_basket(self) -> HttpResponse:
        return redirect("basket:summary")


class DeliveryView(CheckoutView):
    """Step "Teslimat"."""

    def get(self, request: HttpRequest) -> HttpResponse:
        quote = self.quote(drafts.wish(request), self._province())
        if quote.is_empty or any(line.problem for line in quote.lines):
            return self.to_basket()
        return self.show(self._form(quote))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self._form(self.quote(province=self._province()), request.POST)
        if form.quote.is_empty:
            return self.to_basket()
        if not form.is_valid():
            return self.show(form, status=422)
        wish = form.wish()
        if far := [share.name for share in form.quote.shares if not share.goes_to(wish.ship_to.province)]:
            where = {"sellers": ", ".join(far), "city": wish.ship_to.city}
            form.add_error(None, _("%(sellers)s does not deliver to %(city)s.") % where)
            return self.show(form, status=422)
        self._keep_address(form)
        drafts.keep(request, wish, _typed(request))
        return redirect("checkout:pay")

    def _form(self, quote: quotes.Quote, data: Any = None) -> Delivery:
        book = Address.objects.filter(user=self.user) if self.user else []
        own = {"name": self.user.get_full_name(), "phone": self.user.phone} if self.user else {}
        return Delivery(
            data,
            quote=quote,
            user=self.user,
            book=book,
            initial={**own, "ship_name": own.get("name", ""), **drafts.typed(self.request)},
        )

    def _province(self) -> str:
        """Of the address she used last, so that costs and days are those of her own province."""
        if self.user is None:
            return ""
        rows = Address.objects.filter(user=self.user, kind="delivery").order_by("-is_default", "pk")
        return rows.values_list("province", flat=True).first() or ""

    def _keep_address(self, form: Delivery) -> None:
        facts = form.new_address()
        if facts is None:
            return
        try:
            accounts.add_address(user=self.user, facts=facts)
        except Refused as error:
            messages.info(self.request, str(error.message))

    def show(self, form: Delivery, status: int = 200) -> HttpResponse:
        context = {"form": form, "quote": form.quote, "step": "delivery"}
        return render(self.request, "commerce/checkout/delivery.html", context, status=status)


class PayView(CheckoutView):
    """Step "Ödeme": one press places the order and goes on to the bank."""

    def get(self, request: HttpRequest) -> HttpResponse:
        wish = drafts.wish(request)
        if wish is None:
            return redirect("checkout:index")
        quote = self.quote(wish)
        if not quote.can_be_ordered:
            return self.to_basket() if _is_basket_matter(quote) else redirect("checkout:index")
        return self.show(wish, quote)

    def post(self, request: HttpRequest) -> HttpResponse:
        if known := self._known(request.POST.get("key", "")):
            return self._go_on(known, {})
        wish = drafts.wish(request)
        if wish is None:
            return redirect("checkout:index")
        if limits.is_over("commerce.place", limits.client(request), most=MOST_ORDERS, seconds=HOUR):
            return limits.too_many(request, seconds=HOUR)
        agreed = agreeing.unseal(request.POST.get("agreed", ""))
        form = self._form(Decimal(agreed.total or 0), request.POST)
        if not form.is_valid():
            quote = self.quote(wish)
            return self.to_basket() if quote.is_empty else self.show(wish, quote, form)
        return self._place(wish, agreed, form)

    def _place(self, wish: Wish, agreed: agreeing.Agreed, form: Confirm) -> HttpResponse:
        try:
            order = services.place(
                key=form.cleaned_data["key"],
                basket=self.basket,
                user=self.user,
                wish=wish,
                agreed=agreed,
                now=timezone.now(),
                ip=limits.client(self.request) or None,
                locale=translation.get_language() or "tr",
            )
        except BasketChanged as error:
            return self._show_changes(wish, form, error)
        except AlreadyOrdered as error:
            return self._go_on(error.order, {})
        except (NothingToOrder, TextsMissing) as error:
            messages.error(self.request, str(error.message))
            return self.to_basket()
        riding = self.riding
        if len(riding) < len(drafts.riders(self.request)):
            gone = _("A time you wanted to pay with it is not kept for you any more.")
            messages.warning(self.request, gone)
        drafts.forget(self.request)
        return self._go_on(order, form.cleaned_data["way"], riding)

    def _known(self, key: str) -> Any:
        """Pressed again, or come back with the browser's button."""
        order = Order.objects.filter(key=key).first() if key else None
        return order if order and order_links.is_hers(self.request, order) else None

    @cached_property
    def riding(self) -> list[Rider]:
        """What is paid with it, as far as it is still kept."""
        return riders.chosen(self.user, drafts.riders(self.request), now=timezone.now())

    def _go_on(self, order: Any, way: dict[str, Any], riding: Sequence[Rider] = ()) -> HttpResponse:
        """To the bank; where that way fails, to the page of the payment, and the order is kept."""
        if not order.user_id:
            order_links.let_in(self.request, order)
        if not order.is_unpaid or not order.total_incl_tax:
            return redirect(order_links.path(order))
        try:
            payment = paying.begin(self.request, order, riding)
        except Refused as error:
            messages.error(self.request, str(error.message))
            return redirect(order_links.path(order))
        return self._to_bank(payment, order, way)

    def _to_bank(self, payment: Any, order: Any, way: dict[str, Any]) -> HttpResponse:
        if not way:
            return redirect(payment_links.path(payment))
        try:
            attempt = paying.choose(self.request, order, payment, way)
        except Refused as error:
            messages.error(self.request, str(error.message))
            return redirect(payment_links.path(payment))
        return redirect("payments:page" if attempt.step else "payments:checkout", payment.public_id)

    def _form(self, amount: Decimal, data: Any = None) -> Confirm:
        balance = payment_queries.balance(self.user) if self.user else quotes.NOTHING
        fitting = ways.of_goods(self.user, has_time=not self.riding)
        return Confirm(data, amount=amount + self._with_it, ways=fitting, balance=balance)

    @property
    def _with_it(self) -> Decimal:
        return sum((one.amount for one in self.riding), Decimal(0))

    def _show_changes(self, wish: Wish, form: Confirm, error: BasketChanged) -> HttpResponse:
        """What was typed stays; what was confirmed has to be confirmed anew."""
        again = baskets.of_request(self.request, anew=True)
        self.basket = again
        quote = self.quote(wish)
        data = form.data.copy()
        for name in ("informed", "accepted"):
            data.pop(name, None)
        if quote.is_empty:
            return self.to_basket()
        shown = self._form(quote.total, data)
        shown.full_clean()
        for name in ("informed", "accepted"):
            shown.errors.pop(name, None)
        return self.show(wish, quote, shown, changes=error.changes, message=error.message)

    def show(self, wish: Wish, quote: quotes.Quote, form: Confirm | None = None, **more: Any) -> HttpResponse:
        try:
            _said, filled = papers.papers(quote, wish, now=timezone.now())
        except TextsMissing as error:
            messages.error(self.request, str(error.message))
            return self.to_basket()
        context = {
            "form": form or self._form(quote.total),
            "quote": quote,
            "to_pay": quote.total + self._with_it,
            "riders": riders.waiting(self.user, now=timezone.now()),
            "riding": self.riding,
            "wish": wish,
            "papers": filled,
            "arrivals": _arrivals(quote),
            "agreed": agreeing.seal(agreeing.seen(quote, filled)),
            "key": drafts.key(self.request, self.basket),
            "step": "pay",
            **more,
        }
        status = 422 if form else 200
        return render(self.request, "commerce/checkout/pay.html", context, status=status)


class RideView(CheckoutView):
    """A time that is kept goes into this payment, or out of it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        drafts.ride(request, request.POST.get("ek", "")[:60])
        return redirect(f"{reverse('checkout:pay')}#together")


class TextsView(CheckoutView):
    """Both texts filled in, to be read before they are confirmed."""

    def get(self, request: HttpRequest) -> HttpResponse:
        wish = drafts.wish(request)
        quote = self.quote(wish) if wish else None
        if wish is None or quote is None or quote.is_empty:
            return redirect("checkout:index")
        try:
            _said, filled = papers.papers(quote, wish, now=timezone.now())
        except TextsMissing as error:
            messages.error(request, str(error.message))
            return self.to_basket()
        return render(request, "commerce/checkout/texts.html", {"papers": filled, "step": "pay"})


class WithdrawalForm(View):
    """The model form by which a buyer withdraws, as the law prints it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        response = HttpResponse(contract_files.withdrawal_form(), content_type="application/pdf")
        response["Content-Disposition"] = 'inline; filename="cayma-formu.pdf"'
        return response


def _is_basket_matter(quote: quotes.Quote) -> bool:
    return quote.is_empty or any(line.problem for line in quote.lines)


def _arrivals(quote: quotes.Quote) -> list[tuple[str, Any]]:
    today = timezone.localdate()
    return [(share.name, share.way.arrives(today)[1]) for share in quote.shares if share.way]


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
