"""Store list, shelf and product page. Oscar finds these by their names."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from commerce import denied

from . import facets, presentation, queries, search, shown, stock_levels, structured, tree, whole
from . import filters as filtering

MOST_TURNED = search.MOST_CANDIDATES  # a far page costs what lies before it, and nobody turns a hundred


class CatalogueView(TemplateView):
    """The product list: everything, or one shelf."""

    template_name = "oscar/catalogue/browse.html"
    shelf: tree.Shelf | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        shown.list_of(self.kwargs.get("pk"))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def shelves(self) -> tree.Tree:
        return tree.read()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filters = filtering.read(self.request.GET)
        found = queries.found(self.shelf, search.Terms(filters.text))
        counts = facets.kept(self.shelf.pk if self.shelf else None, found.goods, filters)
        page = self._page(counts.total)
        goods = filters.apply(found.goods)
        return super().get_context_data(
            shelf=self.shelf,
            address=self.request.build_absolute_uri(self.request.path),
            stamps=presentation.stamps(self.shelves, self.shelf),
            filters=filters,
            found=found,
            page=page,
            cards=queries.page(goods, filters, max(page.start_index() - 1, 0), page.paginator.per_page),
            counts=counts,
            is_cut=counts.total > MOST_TURNED and not page.has_next(),
            groups=presentation.facet_groups(counts.choices),
            shelf_links=presentation.shelf_links(self.shelves, self.shelf, counts.shelves, filters),
            chips=presentation.chips(filters, counts.choices),
            sorts=presentation.sorts(filters),
            asks_for_medicine=bool(filters.text) and denied.is_asked_for(filters.text),
            sort_reason=str(filtering.SORTS[filters.sort][1]),
            query=presentation.address(filtering.as_parameters(filters)),
            **kwargs,
        )

    def _page(self, total: int) -> Any:
        """Of so many, which the facets have counted already."""
        places = range(min(total, MOST_TURNED))
        try:
            return Paginator(places, settings.OSCAR_PRODUCTS_PER_PAGE).page(self.request.GET.get("page", 1))
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
        shown.goods()
        product = whole.read(int(pk))
        if product is None or not (queries.is_shown(product) or request.user.is_staff):
            raise Http404("not public, or no seller sells it any more")
        if product.is_child:
            return redirect(product.parent, permanent=True)
        if request.path != product.get_absolute_url():
            return _moved(request, product.get_absolute_url())
        return self.render_to_response(self.get_context_data(product=product))

    def get_context_data(self, product: Any, **kwargs: Any) -> dict[str, Any]:
        strategy = self.request.strategy
        trail = queries.shelves_of(product, tree.read())
        neighbours = queries.neighbours(product, trail)
        shown.products(product.pk, *(card.pk for card in neighbours))
        card = queries.card(product, strategy)
        variants, sellers = queries.variants(product, strategy), queries.sellers(product, strategy)
        shown.until(struck.until for struck in queries.struck_of(card, variants, sellers))
        pictures = presentation.pictures(product)
        absolute = self.request.build_absolute_uri
        return super().get_context_data(
            product=product,
            card=card,
            level=stock_levels.of(card.info.availability),
            variants=variants,
            sellers=sellers,
            known=queries.known_sellers(product),
            facts=presentation.facts(product),
            vat=presentation.vat(product),
            pictures=pictures,
            trail=trail,
            address=absolute(self.request.path),
            structured=structured.product(
                product, strategy, trail, [sizes.large for sizes, _caption in pictures], absolute
            ),
            neighbours=neighbours,
            **kwargs,
        )


def _moved(request: HttpRequest, url: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{url}?{query}" if query else url, permanent=True)
