"""Store list, shelf and product page. Oscar finds these by their names."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from oscar.core.loading import get_model

from commerce import denied

from . import filters as filtering
from . import presentation, queries, shown, tree
from .filters import Filters

Product = get_model("catalogue", "Product")


class CatalogueView(TemplateView):
    """The product list: everything, or one shelf."""

    template_name = "oscar/catalogue/browse.html"
    shelf: tree.Shelf | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        shown.store()
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def shelves(self) -> tree.Tree:
        return tree.read()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filters = filtering.read(self.request.GET)
        products = queries.found(self.shelf, filters.text)
        page = self._page(filters.apply(products), filters)
        facets = queries.facets(products, filters, self.shelf)
        return super().get_context_data(
            shelf=self.shelf,
            stamps=presentation.stamps(self.shelves),
            filters=filters,
            page=page,
            cards=[queries.card(product, self.request.strategy) for product in page],
            groups=presentation.facet_groups(facets),
            shelf_links=presentation.shelf_links(self.shelves, self.shelf, facets["shelf"], filters),
            chips=presentation.chips(filters, facets),
            sorts=presentation.sorts(filters),
            asks_for_medicine=bool(filters.text) and denied.is_asked_for(filters.text),
            sort_reason=filtering.SORTS[filters.sort][1],
            query=presentation.address(filtering.as_parameters(filters)),
            **kwargs,
        )

    def _page(self, products: Any, filters: Filters) -> Any:
        products = queries.for_cards(queries.ordered(products, filters))
        try:
            return Paginator(products, settings.OSCAR_PRODUCTS_PER_PAGE).page(self.request.GET.get("page", 1))
        except (EmptyPage, PageNotAnInteger) as error:
            raise Http404("no such page of products") from error


class ProductCategoryView(CatalogueView):
    def get(self, request: HttpRequest, category_slug: str, pk: str) -> HttpResponse:
        self.shelf = self.shelves.by_pk.get(int(pk))
        if self.shelf is None:
            raise Http404("no such shelf")
        if self.shelf.slug != category_slug:
            return _moved(request, self.shelf.url)
        return super().get(request)


class ProductDetailView(TemplateView):
    template_name = "oscar/catalogue/detail.html"

    def get(self, request: HttpRequest, product_slug: str, pk: str) -> HttpResponse:
        shown.store()
        product = get_object_or_404(queries.details(Product.objects.all()), pk=pk)
        if not request.user.is_staff and not (product.is_public and queries.is_on_sale(product)):
            raise Http404("not public, or no seller sells it any more")
        if product.is_child:
            return redirect(product.parent, permanent=True)
        if request.path != product.get_absolute_url():
            return _moved(request, product.get_absolute_url())
        return self.render_to_response(self.get_context_data(product=product))

    def get_context_data(self, product: Any, **kwargs: Any) -> dict[str, Any]:
        strategy = self.request.strategy
        return super().get_context_data(
            product=product,
            card=queries.card(product, strategy),
            variants=queries.variants(product, strategy),
            sellers=queries.sellers(product, strategy),
            facts=presentation.facts(product),
            trail=tree.read().trail_of(product.categories.all()),
            neighbours=[queries.card(other, strategy) for other in queries.neighbours(product)],
            **kwargs,
        )


def _moved(request: HttpRequest, url: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{url}?{query}" if query else url, permanent=True)
