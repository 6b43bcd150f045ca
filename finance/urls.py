"""Addresses of "Finans" in the panels."""

from django.urls import path

from .views import documents as pages

MINE, BUSINESS = "panel/finans/belgeler/", "isletme/<slug:business>/finans/belgeler/"

urlpatterns = [
    path(MINE, pages.ListPage.as_view(), name="my_documents"),
    path(f"{MINE}<uuid:public_id>.pdf", pages.FilePage.as_view(), name="my_documents_file"),
    path(f"{MINE}dosya/", pages.BundlePage.as_view(), name="my_documents_bundle"),
    path(f"{MINE}dosyalar/", pages.BundlesPart.as_view(), name="my_documents_bundles"),
    path(f"{MINE}dosya/<uuid:public_id>/", pages.BundleFile.as_view(), name="my_documents_bundle_file"),
    path(f"{MINE}e-posta/", pages.MailsPage.as_view(), name="my_documents_mails"),
    path(BUSINESS, pages.BusinessListPage.as_view(), name="business_documents"),
    path(f"{BUSINESS}<uuid:public_id>.pdf", pages.BusinessFilePage.as_view(), name="business_documents_file"),
    path(f"{BUSINESS}dosya/", pages.BusinessBundlePage.as_view(), name="business_documents_bundle"),
    path(f"{BUSINESS}dosyalar/", pages.BusinessBundlesPart.as_view(), name="business_documents_bundles"),
    path(
        f"{BUSINESS}dosya/<uuid:public_id>/",
        pages.BusinessBundleFile.as_view(),
        name="business_documents_bundle_file",
    ),
    path(f"{BUSINESS}e-posta/", pages.BusinessMailsPage.as_view(), name="business_documents_mails"),
]
