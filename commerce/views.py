"""The basket, and doors that lead elsewhere until their rooms are furnished."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View
from oscar.core.loading import get_class, get_model

from core.origin import same_origin

from . import baskets
from .catalogue import selling

AddToBasketForm = get_class("basket.forms", "AddToBasketForm")
BasketLineForm = get_class("basket.forms", "BasketLineForm")
Product = get_model("catalogue", "Product")
StockRecord = get_model("partner", "StockRecord")
basket_addition = get_class("basket.signals", "basket_addition")


@method_decorator(never_cache, name="dispatch")
class BasketView(TemplateView):
    template_name = "oscar/basket/basket.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        basket = self.request.basket
        return super().get_context_data(
            basket=basket,
            rows=baskets.rows(basket),
            removed=baskets.removed(self.request.GET, basket),
            **kwargs,
        )


@method_decorator(same_origin, name="dispatch")
class AddView(View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        product = get_object_or_404(Product.objects.browsable(), pk=pk)
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


def to_basket(request: HttpRequest) -> HttpResponse:
    """There is no payment step yet, and the basket page says so."""
    messages.info(request, _("We are still building the payment step. Your basket stays as it is."))
    return redirect("basket:summary")


def to_store(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return redirect("catalogue:index")


def to_product(request: HttpRequest, product_pk: str, **kwargs: Any) -> HttpResponse:
    return redirect(get_object_or_404(Product.objects.public(), pk=product_pk))
