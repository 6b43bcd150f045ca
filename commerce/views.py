"""The basket, its vouchers, and doors that lead elsewhere until their rooms are furnished."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View
from oscar.core.loading import get_class, get_model

from core import limits
from core.origin import same_origin

from . import baskets, quotes, services
from .catalogue import selling
from .checkout_forms import VoucherCode

AddToBasketForm = get_class("basket.forms", "AddToBasketForm")
BasketLineForm = get_class("basket.forms", "BasketLineForm")
Product = get_model("catalogue", "Product")
StockRecord = get_model("partner", "StockRecord")
Voucher = get_model("voucher", "Voucher")
basket_addition = get_class("basket.signals", "basket_addition")

HOUR = 3600
MOST_CODES = 30  # an hour from one place: whoever guesses codes needs more


@method_decorator(never_cache, name="dispatch")
class BasketView(TemplateView):
    """By seller, with what delivery costs already here."""

    template_name = "oscar/basket/basket.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        basket = baskets.of_request(self.request)
        user = self.request.user if self.request.user.is_authenticated else None
        quote = quotes.make(basket, user=user, now=timezone.now(), strategy=self.request.strategy)
        groups = baskets.groups(quote)
        return super().get_context_data(
            basket=basket,
            quote=quote,
            groups=groups,
            rows=[row for _share, own in groups for row in own],
            removed=baskets.removed(self.request.GET, basket),
            **({"voucher_form": VoucherCode()} | kwargs),
        )


class AddVoucher(BasketView):
    """A refused code comes back with its reason beside it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        form = VoucherCode(request.POST)
        if limits.is_over("commerce.voucher", limits.client(request), most=MOST_CODES, seconds=HOUR):
            return limits.too_many(request, seconds=HOUR)
        if form.is_valid() and self._add(form):
            messages.success(request, _("The voucher is in your basket."))
            return redirect("basket:summary")
        return self.render_to_response(self.get_context_data(voucher_form=form), status=422)

    def _add(self, form: VoucherCode) -> bool:
        basket = baskets.of_request(self.request)
        user = self.request.user if self.request.user.is_authenticated else None
        try:
            services.add_voucher(basket=basket, code=form.cleaned_data["code"], user=user, now=timezone.now())
        except services.VoucherRefused as error:
            form.add_error("code", str(error.message))
            return False
        return True


class RemoveVoucher(View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        basket = baskets.of_request(request)
        voucher = get_object_or_404(basket.vouchers.all() if basket.pk else Voucher.objects.none(), pk=pk)
        services.remove_voucher(basket=basket, voucher=voucher)
        messages.success(request, _("The voucher is taken out."))
        return redirect("basket:summary")


@method_decorator(same_origin, name="dispatch")
class AddView(View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = Product.objects.browsable().select_related("product_class")
        product = get_object_or_404(rows.prefetch_related("stockrecords__partner"), pk=pk)
        form = AddToBasketForm(request.basket, product, data=self._chosen(request, product))
        if not form.is_valid():
            messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
            return redirect(product)
        self._add(request, form)
        messages.success(request, _("%(product)s is in your basket.") % {"product": form.product.get_title()})
        return redirect("basket:summary")

    def _chosen(self, request: HttpRequest, product: Any) -> Any:
        """Where several sell it, the offer that was chosen says which pack and which seller."""
        wanted = request.POST.get("offer", "")
        if not wanted:
            return request.POST
        offer = get_object_or_404(_offers_on(product), pk=wanted if wanted.isdecimal() else 0)
        request.basket.strategy.prefer(offer)
        return {**request.POST.dict(), "child_id": offer.product_id}

    def _add(self, request: HttpRequest, form: Any) -> None:
        with transaction.atomic():
            request.basket.add_product(form.product, form.cleaned_data["quantity"], form.cleaned_options())
        basket_addition.send(sender=self, product=form.product, user=request.user, request=request)


def _offers_on(product: Any) -> Any:
    own = Q(product=product) | Q(product__parent=product, product__is_public=True)
    return StockRecord.objects.filter(own, selling.LIVE).select_related("partner")


class ChangeView(View):
    """Change the quantity of one line; none means remove it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        line = get_object_or_404(baskets.own_lines(request.basket), pk=pk)
        line.basket = request.basket
        form = BasketLineForm(request.strategy, data=request.POST, instance=line)
        if not form.is_valid():
            messages.error(request, " ".join(form.errors.get("quantity", [])))
        elif form.cleaned_data["quantity"] == 0:
            return _remove(line, form.initial["quantity"])
        else:
            form.save()
        return redirect("basket:summary")


class RemoveView(View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        line = get_object_or_404(baskets.own_lines(request.basket), pk=pk)
        return _remove(line, line.quantity)


def _remove(line: Any, quantity: int) -> HttpResponse:
    """The address remembers what was removed, so that one press brings it back, without a session."""
    undo = QueryDict(mutable=True)
    undo.update({"removed": line.product_id, "quantity": quantity})
    line.delete()
    return redirect(f"{reverse('basket:summary')}?{undo.urlencode()}")


def to_store(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return redirect("catalogue:index")


def to_product(request: HttpRequest, product_pk: str, **kwargs: Any) -> HttpResponse:
    return redirect(get_object_or_404(Product.objects.public(), pk=product_pk))
