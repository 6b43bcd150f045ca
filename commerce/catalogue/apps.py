"""Oscar's catalogue under our addresses. The names of the addresses stay, since Oscar asks for them."""

from oscar.apps.catalogue import apps


class CatalogueConfig(apps.CatalogueConfig):
    name = "commerce.catalogue"

    def get_urls(self):
        from django.urls import re_path

        from commerce.views import to_product, to_store

        urls = [
            re_path(r"^$", self.catalogue_view.as_view(), name="index"),
            re_path(
                r"^kategori/(?P<category_slug>[\w-]+(/[\w-]+)*)_(?P<pk>[0-9]{1,10})/$",
                self.category_view.as_view(),
                name="category",
            ),
            re_path(
                r"^(?P<product_slug>[\w-]*)_(?P<pk>[0-9]{1,10})/$", self.detail_view.as_view(), name="detail"
            ),
            # Oscar's dashboard links to these pages, which have no face yet.
            re_path(r"^secki/(?P<slug>[\w-]+)/$", to_store, name="range"),
            re_path(
                r"^(?P<product_slug>[\w-]*)_(?P<product_pk>[0-9]{1,10})/yorum/(?P<pk>[0-9]{1,10})/$",
                to_product,
                name="reviews-detail",
            ),
        ]
        return self.post_process_urls(urls)
