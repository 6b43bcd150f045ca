"""Wish list, buying again, and asking to be told when something is back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View
from oscar.core.loading import get_model

from commerce import after_forms
from commerce.after_access import OwnPage
from commerce.catalogue import queries
from commerce.services import alerts
from core import limits
from core.errors import Refused
from core.origin import same_origin

Order = get_model("order", "Order")
Product = get_model("catalogue", "Product")
ProductAlert = get_model("customer", "ProductAlert")
WishLine = get_model("wishlists", "Line")
WishList = get_model("wishlists", "WishList")

MOST_WISHES = 200
MOST_ASKED, HOUR = 20, 3600
MOST_MAILS, DAY = 5, 24 * 3600


def list_of(user: Any) -> Any:
    """Everybody has one list; Oscar can hold more."""
    return WishList.objects.filter(owner=user).order_by("date_created").first()


class Wishes(OwnPage):
    """What she wants some day, with today's price and stock, and the notices she waits for."""

    template_name = "commerce/after/wishes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wishes = list_of(self.request.user)
        rows = WishLine.objects.filter(wishlist=wishes).select_related("product__parent")
        lines = list(rows.order_by("-pk")[:MOST_WISHES]) if wishes else []
        pks = [line.product_id for line in lines if line.product_id]
        found = queries.for_wishes(Product.objects.public().filter(pk__in=pks))
        cards = {one.pk: queries.card(one, self.request.strategy) for one in found}
        waiting = ProductAlert.objects.filter(
            user=self.request.user, status=ProductAlert.ACTIVE
        ).select_related("product__parent")
        rows = [(line, cards.get(line.product_id)) for line in lines]
        return super().get_context_data(rows=rows, waiting=list(waiting), **kwargs)


class AddWish(OwnPage):
    """Only a POST; whoever signs in on the way comes back to the product."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.product)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        product = self.product
        with transaction.atomic():
            get_user_model().objects.select_for_update(of=("self",)).get(pk=request.user.pk)
            wishes = list_of(request.user) or WishList.objects.create(owner=request.user)
            is_new = not wishes.lines.filter(product=product).exists()
            if is_new and wishes.lines.count() < MOST_WISHES:
                wishes.add(product)
        words = _("%(product)s is on your wish list.") % {"product": product.get_title()}
        messages.success(request, words)
        return redirect(product)

    @property
    def product(self) -> Any:
        return get_object_or_404(Product.objects.browsable(), pk=self.kwargs["pk"])


class RemoveWish(OwnPage):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wishes = list_of(request.user)
        line = get_object_or_404(WishLine, wishlist=wishes, pk=self.kwargs["pk"])
        line.delete()
        messages.success(request, _("%(product)s is off your wish list.") % {"product": line.get_title()})
        return redirect("my_wishes")


@method_decorator([never_cache, same_origin], name="dispatch")
class AskAlert(View):
    """From the product page. A guest gets a mail to confirm; the page says the same to everybody."""

    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return redirect(self._product(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        product = self._product(pk)
        back = product.parent if product.is_child else product
        if limits.is_over("alerts.ask", limits.client(request), most=MOST_ASKED, seconds=HOUR):
            return limits.too_many(request, seconds=HOUR)
        form = after_forms.Alert(request.POST)
        if not request.user.is_authenticated and not form.is_valid():
            return render(
                request,
                "commerce/after/alert.html",
                {"form": form, "product": product, "back": back},
                status=422,
            )
        try:
            self._ask(request, product, form)
        except Refused as error:
            messages.info(request, str(error.message))
        return redirect(back)

    def _ask(self, request: HttpRequest, product: Any, form: after_forms.Alert) -> None:
        facts: dict[str, Any] = {"product": product, "now": timezone.now(), "locale": get_language() or "tr"}
        if request.user.is_authenticated:
            alerts.ask(user=request.user, **facts)
            messages.success(request, _("We write to you once, when it is back."))
            return
        email = form.cleaned_data["email"].lower()
        if not limits.is_over("alerts.mail", email, most=MOST_MAILS, seconds=DAY):
            alerts.ask(email=email, **facts)
        messages.success(
            request, _("We have sent you a mail: press its button, then we write when it is back.")
        )

    def _product(self, pk: int) -> Any:
        return get_object_or_404(Product.objects.public().select_related("parent"), pk=pk)


@method_decorator(never_cache, name="dispatch")
class AlertByKey(View):
    """A link from a mail. Opening it does nothing: programs that look at mails open links, too."""

    http_method_names = ["get", "post"]
    template_name = ""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        return self._show(self._alert(key))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        alert = self._alert(key)
        self.act(alert)
        alert.refresh_from_db()
        return self._show(alert, is_done=True)

    def act(self, alert: Any) -> None:
        raise NotImplementedError

    def _alert(self, key: str) -> Any:
        return get_object_or_404(
            ProductAlert.objects.select_related("product__parent").exclude(key=""), key=key
        )

    def _show(self, alert: Any, **facts: Any) -> HttpResponse:
        return render(self.request, self.template_name, {"alert": alert, "product": alert.product, **facts})


class ConfirmAlert(AlertByKey):
    template_name = "commerce/after/alert_confirm.html"

    def act(self, alert: Any) -> None:
        alerts.confirm(alert=alert, now=timezone.now())


class StopAlert(AlertByKey):
    template_name = "commerce/after/alert_stop.html"

    def act(self, alert: Any) -> None:
        alerts.stop(alert=alert)


class DropAlert(OwnPage):
    """From the wish list."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        alert = get_object_or_404(ProductAlert, user=request.user, pk=self.kwargs["pk"])
        alerts.stop(alert=alert)
        messages.success(request, _("We do not write about it any more."))
        return redirect(f"{reverse('my_wishes')}#haberler")
