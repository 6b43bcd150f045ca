"""The store room, and Oscar's own root application with the addresses we furnish."""

from django.apps import AppConfig, apps
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from oscar import config
from oscar.core.application import OscarDashboardConfig


class StoreConfig(AppConfig):
    name = "commerce"
    verbose_name = _("Store")
    default = True


class Shop(config.Shop):
    """Only what has a face of ours is mounted; what Oscar's code asks for by name leads somewhere useful."""

    def ready(self):
        super().ready()
        for app in apps.get_app_configs():
            if isinstance(app, OscarDashboardConfig):
                app.login_url = reverse_lazy("account_login")  # staff sign in where everybody does

    def get_urls(self):
        from django.urls import include, path

        from . import seller_page, views

        basket = [
            path("", views.BasketView.as_view(), name="summary"),
            path("ekle/<int:pk>/", views.AddView.as_view(), name="add"),
            path("<int:pk>/adet/", views.ChangeView.as_view(), name="change"),
            path("<int:pk>/cikar/", views.RemoveView.as_view(), name="remove"),
            path("kupon/", views.AddVoucher.as_view(), name="vouchers-add"),
            path("kupon/<int:pk>/cikar/", views.RemoveVoucher.as_view(), name="vouchers-remove"),
        ]
        return [
            path("sepet/", include((basket, "basket"), namespace="basket")),
            path("odeme/", include("commerce.checkout_urls")),
            path("hesap/", self.customer_app.urls),
            path("satici/<slug:code>/", seller_page.SellerPage.as_view(), name="store_seller"),
            # Oscar's dashboard links to the page of an offer, which has no face yet.
            path("kampanya/", include(([path("<slug:slug>/", views.to_store, name="detail")], "offer"))),
            path("", self.catalogue_app.urls),
        ]
