"""Addresses of "Ürünler" and "Stok" in the panel of a business."""

from django.urls import path

from . import goods_views as views
from . import import_views as imports

GOODS = "isletme/<slug:business>/urunler/"
ONE = f"{GOODS}<int:pk>/"
IMPORTS = f"{GOODS}ice-aktar/"
STOCK = "isletme/<slug:business>/stok/"

urlpatterns = [
    path(GOODS, views.Goods.as_view(), name="business_products"),
    path(f"{GOODS}yeni/", views.NewProduct.as_view(), name="business_product_new"),
    path(IMPORTS, imports.Imports.as_view(), name="business_imports"),
    path(f"{IMPORTS}sablon.<str:form>", imports.Template.as_view(), name="business_import_template"),
    path(f"{GOODS}urunlerim.<str:form>", imports.Export.as_view(), name="business_products_export"),
    path(f"{IMPORTS}<uuid:public_id>/", imports.OneImport.as_view(), name="business_import"),
    path(f"{IMPORTS}<uuid:public_id>/durum/", imports.Progress.as_view(), name="business_import_progress"),
    path(f"{IMPORTS}<uuid:public_id>/hatalar.csv", imports.Errors.as_view(), name="business_import_errors"),
    path(f"{IMPORTS}<uuid:public_id>/yaz/", imports.Confirm.as_view(), name="business_import_confirm"),
    path(f"{IMPORTS}<uuid:public_id>/birak/", imports.Drop.as_view(), name="business_import_drop"),
    path(f"{IMPORTS}<uuid:public_id>/geri-al/", imports.Undo.as_view(), name="business_import_undo"),
    path(ONE, views.ProductFacts.as_view(), name="business_product"),
    path(f"{ONE}fiyat/", views.ProductOffers.as_view(), name="business_product_offers"),
    path(f"{ONE}boy/", views.NewPack.as_view(), name="business_product_pack"),
    path(f"{ONE}gorseller/", views.ProductPictures.as_view(), name="business_product_pictures"),
    path(
        f"{ONE}gorseller/<int:picture>/sil/",
        views.RemovePicture.as_view(),
        name="business_product_picture_remove",
    ),
    path(
        f"{ONE}gorseller/<int:picture>/one-al/",
        views.FirstPicture.as_view(),
        name="business_product_picture_first",
    ),
    path(f"{ONE}yayimla/", views.Publish.as_view(), name="business_product_publish"),
    path(f"{ONE}yayindan-kaldir/", views.Withdraw.as_view(), name="business_product_withdraw"),
    path(f"{ONE}arsivle/", views.Archive.as_view(), name="business_product_archive"),
    path(f"{ONE}geri-getir/", views.Restore.as_view(), name="business_product_restore"),
    path(f"{ONE}sat/", views.SellToo.as_view(), name="business_product_sell"),
    path(STOCK, views.Stock.as_view(), name="business_stock"),
    path(f"{STOCK}<int:pk>/", views.ChangeStock.as_view(), name="business_stock_change"),
]
