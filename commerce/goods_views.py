"""Products in the panel of a business: the list, one product, its prices and pictures, what is in stock."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.core.loading import get_model

from commerce import goods, goods_forms, permissions, price_chart, prices, screening, sellers, tax
from commerce import goods_queries as queries
from core.errors import Refused
from finance import rates
from teams import modules, trader
from teams.access import BusinessPanelView

Partner = get_model("partner", "Partner")
Product = get_model("catalogue", "Product")
ProductClass = get_model("catalogue", "ProductClass")

DAYS = {"30": gettext_lazy("30 days"), "90": gettext_lazy("90 days"), "365": gettext_lazy("1 year")}
TABS = [
    ("facts", gettext_lazy("Facts"), "business_product"),
    ("offers", gettext_lazy("Price and stock"), "business_product_offers"),
    ("pictures", gettext_lazy("Pictures"), "business_product_pictures"),
]


def _are_valid(forms: Iterable[Any]) -> bool:
    """Each is asked, so that each shows its errors."""
    return all({one: one.is_valid() for one in forms}.values())


class OfSeller(BusinessPanelView):
    """Base of the pages of a seller. The seller is made when a verified business first comes here."""

    right = permissions.PRODUCTS
    module = modules.STORE

    @cached_property
    def seller(self) -> Any:
        found = Partner.objects.filter(business=self.business).first()
        if found is None and sellers.may_sell(self.business):
            found = sellers.open_seller(business=self.business, by=self.request.user)
        if found is None:
            raise Http404
        return found

    def refused(self, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context), status=422)

    def to(self, name: str, *args: Any) -> HttpResponse:
        return redirect(name, self.business.slug, *args)


class Goods(OfSeller):
    """All its products, with search and filters."""

    template_name = "commerce/goods/list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if (
            not sellers.may_sell(self.business)
            and not Partner.objects.filter(business=self.business).exists()
        ):
            self.template_name = "commerce/goods/not_yet.html"
            return self.render_to_response(super().get_context_data(is_named=self.is_named))
        return super().get(request, *args, **kwargs)

    @property
    def is_named(self) -> bool:
        return trader.is_named(self.business)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = {name: self.request.GET.get(name, "")[:100] for name in ("q", "durum", "stok")}
        rows = queries.listed(self.seller, words=asked["q"], state=asked["durum"], stock=asked["stok"])
        counts = queries.counts(self.seller)
        return super().get_context_data(
            page=Paginator(rows, queries.PAGE).get_page(self.request.GET.get("page")),
            states=[(code, label, counts.get(code, 0)) for code, label in queries.STATES.items()],
            labels=queries.STATES,
            tones=queries.TONES,
            has_any=bool(counts),
            seller=self.seller,
            is_named=self.is_named,
            asked=asked,
            **kwargs,
        )


class NewProduct(OfSeller):
    template_name = "commerce/goods/new.html"

    @cached_property
    def kinds(self) -> list[Any]:
        return list(ProductClass.objects.order_by("pk"))

    @cached_property
    def kind(self) -> Any:
        wanted = self.request.GET.get("tur", "")
        found = next((one for one in self.kinds if one.slug == wanted), None)
        if not self.kinds:
            raise Http404
        return found or self.kinds[0]

    def _forms(self, *data: Any) -> dict[str, Any]:
        lines = goods_forms.OfferLines(*data, form_kwargs={"seller": self.seller}, prefix="teklif")
        return {"form": goods_forms.ProductForm(*data, kind=self.kind), "lines": lines}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = kwargs if "form" in kwargs else {**self._forms(), **kwargs}
        return super().get_context_data(kinds=self.kinds, kind=self.kind, **shown)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        forms = self._forms(request.POST)
        if not _are_valid(forms.values()):
            return self.refused(**forms)
        made = goods.make_product(
            partner=self.seller,
            kind=self.kind,
            facts=forms["form"].facts,
            offers=forms["lines"].offers,
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("Saved as a draft. Add pictures, then publish it."))
        return self.to("business_product_pictures", made.pk)


class OfProduct(OfSeller):
    """Base of the pages of one product. Those of other sellers are not there."""

    tab = ""

    @cached_property
    def product(self) -> Any:
        return get_object_or_404(queries.shown(self.seller), pk=self.kwargs["pk"])

    @property
    def is_own(self) -> bool:
        return goods.is_editable_by(self.product, self.seller)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        product = self.product
        return super().get_context_data(
            product=product,
            is_own=self.is_own,
            tabs=[(key, label, name) for key, label, name in TABS if self.is_own or key != "pictures"],
            tab=self.tab,
            state=product.state,
            state_label=queries.STATES[product.state],
            state_tone=queries.TONES[product.state],
            hold=screening.open_hold(product),
            matters=screening.MATTERS,
            lacks=queries.lacks(product, self.seller) if product.state == queries.DRAFT else [],
            **kwargs,
        )


class ProductFacts(OfProduct):
    template_name = "commerce/goods/facts.html"
    tab = "facts"

    def _form(self, *data: Any) -> Any:
        kind, initial = self.product.get_product_class(), goods_forms.initial_of(self.product)
        return goods_forms.ProductForm(*data, kind=kind, product=self.product, initial=initial)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**({"form": self._form()} | kwargs))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_own:
            raise Http404
        form = self._form(request.POST)
        if not form.is_valid():
            return self.refused(form=form)
        goods.edit_product(product=self.product, facts=form.facts, by=request.user, now=timezone.now())
        messages.success(request, _("Saved."))
        return self.to("business_product", self.product.pk)


class ProductOffers(OfProduct):
    """Prices and stock of all its packs in one table, with the course of one price."""

    template_name = "commerce/goods/offers.html"
    tab = "offers"

    @cached_property
    def records(self) -> list[Any]:
        found = queries.own_offers(self.product)
        now = timezone.now()
        lowest = dict(
            prices.with_lowest(queries.offers_on(self.product, self.seller), now).values_list("pk", "lowest")
        )
        for record in found:
            record.lowest, record.level = lowest.get(record.pk), queries.level_of(record)
        return found

    def _lines(self, *data: Any) -> list[Any]:
        return [goods_forms.TagForm(*data, record=record) for record in self.records]

    @cached_property
    def chosen(self) -> Any:
        wanted = self.request.GET.get("boy", "")
        return next(
            (one for one in self.records if str(one.pk) == wanted), self.records[0] if self.records else None
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        days = self.request.GET.get("gun", "90")
        days = days if days in DAYS else "90"
        shown: dict[str, Any] = {
            "lines": self._lines(),
            "reason": goods_forms.ReasonForm(prefix="neden"),
            "pack_form": goods_forms.OfferForm(seller=self.seller, prefix="boy"),
        }
        return super().get_context_data(
            records=self.records,
            days=days,
            ranges=DAYS,
            chosen=self.chosen,
            **self._course(int(days)),
            **(shown | kwargs),
        )

    def _course(self, days: int) -> dict[str, Any]:
        if self.chosen is None:
            return {}
        now, steps = timezone.now(), prices.steps(self.chosen)
        return {
            "steps": steps[:20],
            "chart": price_chart.draw(steps, now=now, days=days, lowest=self.chosen.lowest),
            "struck": prices.struck(self.chosen, now),
            "movements": list(prices.movements_of(self.chosen)[:10]),
            "share": self._share(now),
        }

    def _share(self, now: Any) -> Any:
        """What of the price in force stays with the seller."""
        price, tax_class = self.chosen.price, self.product.tax_class
        if price is None or not tax_class:
            return None
        vat, day = tax.included_in(price, tax_class), timezone.localdate(now)
        return rates.share(gross=price, vat=vat, module=modules.STORE, business=self.business, day=day)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        lines, reason = self._lines(request.POST), goods_forms.ReasonForm(request.POST, prefix="neden")
        if not _are_valid([*lines, reason]):
            return self.refused(lines=lines, reason=reason)
        changed = self._save(lines, reason.cleaned_data)
        if changed:
            messages.success(request, _("Saved. Orders that wait keep their price."))
        else:
            messages.info(request, _("Nothing was changed."))
        return redirect(request.get_full_path())

    @transaction.atomic
    def _save(self, lines: list[Any], why: dict[str, Any]) -> bool:
        who = {"by": self.request.user, "now": timezone.now()}
        changed = False
        for line in lines:
            given, record = line.cleaned_data, line.record
            changed |= line.has_changed()
            if {"sku", "low_stock"} & set(line.changed_data):
                goods.describe_offer(
                    record=record, sku=given["sku"], low_stock=given["low_stock"], by=self.request.user
                )
            goods.set_price(record=record, price=given["price"], **who)
            if "stock" in line.changed_data:
                goods.set_stock(record=record, number=given["stock"], **why, **who)
        return changed


class NewPack(OfProduct):
    """One more pack of an own product."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_own:
            raise Http404
        form = goods_forms.OfferForm(request.POST, seller=self.seller, prefix="boy")
        if form.is_valid() and not (form.cleaned_data["pack"] and form.cleaned_data["sku"]):
            form.add_error(None, _("A pack needs a name and a code."))
        if not form.is_valid():
            return self._again(form)
        try:
            goods.add_variant(
                partner=self.seller,
                product=self.product,
                offer=form.offer,
                by=request.user,
                now=timezone.now(),
            )
        except Refused as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, _("The pack is added."))
        return self.to("business_product_offers", self.product.pk)

    def _again(self, form: Any) -> HttpResponse:
        page = ProductOffers()
        page.setup(self.request, **self.kwargs)
        page.access, page.business = self.access, self.business
        return page.refused(pack_form=form)


class ProductPictures(OfProduct):
    template_name = "commerce/goods/pictures.html"
    tab = "pictures"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not self.is_own:
            raise Http404
        return super().get_context_data(**({"form": goods_forms.PictureForm()} | kwargs))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_own:
            raise Http404
        form = goods_forms.PictureForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.refused(form=form)
        try:
            goods.add_picture(product=self.product, jpeg=form.cleaned_data["file"], by=request.user)
        except Refused as error:
            messages.error(request, str(error.message))
        return self.to("business_product_pictures", self.product.pk)


class PictureAct(OfProduct):
    """Take a picture away, or put it first."""

    http_method_names = ["post"]
    act: Any = None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_own:
            raise Http404
        picture = get_object_or_404(self.product.images.all(), pk=self.kwargs["picture"])
        type(self).act(picture=picture, by=request.user)
        return self.to("business_product_pictures", self.product.pk)


class RemovePicture(PictureAct):
    act = staticmethod(goods.remove_picture)


class FirstPicture(PictureAct):
    act = staticmethod(goods.put_first)


class ProductAct(OfProduct):
    """One verb about the whole product."""

    http_method_names = ["post"]
    act: Any = None
    said: Any = ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            type(self).act(partner=self.seller, product=self.product, by=request.user, now=timezone.now())
        except Refused as error:
            messages.error(request, str(error.message))
        else:
            self.tell()
        return self.to("business_product", self.product.pk)

    def tell(self) -> None:
        messages.success(self.request, self.said)


class Publish(ProductAct):
    act, said = staticmethod(goods.publish), gettext_lazy("It is on sale now.")


class Withdraw(ProductAct):
    act, said = staticmethod(goods.withdraw), gettext_lazy("It is not on sale any more.")


class Archive(ProductAct):
    """Its page then offers to take it back out."""

    act, said = (
        staticmethod(goods.archive),
        gettext_lazy("It is in the archive. You can take it back at any time."),
    )


class Restore(ProductAct):
    act, said = staticmethod(goods.restore), gettext_lazy("It is back in your list, not published.")


class SellToo(OfSeller):
    """Offer a product that another seller wrote."""

    template_name = "commerce/goods/sell_too.html"

    @cached_property
    def product(self) -> Any:
        rows = Product.objects.browsable().exclude(pk__in=queries.goods_of(self.seller).values("pk"))
        return get_object_or_404(rows.prefetch_related("children", "images"), pk=self.kwargs["pk"])

    @property
    def targets(self) -> list[Any]:
        return list(self.product.children.order_by("pk")) if self.product.is_parent else [self.product]

    def _forms(self, *data: Any) -> list[tuple[Any, Any]]:
        return [
            (target, goods_forms.OfferForm(*data, seller=self.seller, prefix=f"urun{target.pk}"))
            for target in self.targets
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(product=self.product, **({"forms": self._forms()} | kwargs))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        forms = self._forms(request.POST)
        chosen = [(target, form) for target, form in forms if form.has_changed()]
        if not self._are_valid([form for _target, form in chosen or forms]):
            return self.refused(forms=forms)
        with transaction.atomic():
            for target, form in chosen:
                goods.add_offer(
                    partner=self.seller, product=target, offer=form.offer, by=request.user, now=timezone.now()
                )
        messages.success(request, _("You sell this product too now."))
        return self.to("business_product_offers", self.product.pk)

    def _are_valid(self, forms: list[Any]) -> bool:
        for form in forms:
            if form.is_valid():
                for name in ("sku", "price"):
                    if not form.cleaned_data[name]:
                        form.add_error(name, _("This is needed."))
        return bool(forms) and all(form.has_changed() and not form.errors for form in forms)


class Stock(OfSeller):
    """What runs short first; each number can be corrected in place (`ChangeStock`)."""

    http_method_names = ["get"]
    template_name = "commerce/goods/stock.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = {name: self.request.GET.get(name, "")[:100] for name in ("q", "durum")}
        rows = queries.stock_of(self.seller, words=asked["q"], level=asked["durum"])
        page = Paginator(rows, queries.PAGE).get_page(self.request.GET.get("page"))
        for record in page:
            record.level = queries.level_of(record)
        reason = goods_forms.ReasonForm()
        return super().get_context_data(page=page, asked=asked, **({"reason": reason} | kwargs))


class ChangeStock(Stock):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record = get_object_or_404(queries.offers_of(self.seller), pk=self.kwargs["pk"])
        form = goods_forms.StockForm(request.POST)
        if not form.is_valid():
            return self.refused(wrong=record.pk, form=form)
        given = form.cleaned_data
        try:
            goods.set_stock(record=record, by=request.user, now=timezone.now(), **given)
        except Refused as error:
            form.add_error("number", str(error.message))
            return self.refused(wrong=record.pk, form=form)
        messages.success(request, _("Stock is %(number)d now.") % given)
        return self.to("business_stock")
