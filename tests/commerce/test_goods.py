"""A seller's products: made, edited, published, archived; sold by several; only one's own."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from oscar.core.loading import get_class, get_model
from PIL import Image

from commerce import goods, sellers
from commerce import goods_queries as queries
from commerce.models import ProductText
from commerce.states import Withdrawal
from commerce.tax import TaxClass
from core import journal
from teams import events as team_events
from teams import services as team_services
from teams.models import Business
from teams.states import MOVES, Status
from tests.factories import commerce, teams

pytestmark = pytest.mark.django_db

Partner = get_model("partner", "Partner")
Product = get_model("catalogue", "Product")
StockRecord = get_model("partner", "StockRecord")
GTIN = "8690000000005"


@pytest.fixture
def shelf():
    return commerce.shelf("Kedi")


@pytest.fixture
def shop(bora):
    return commerce.shop(bora)


@pytest.fixture
def panel(client, bora, shop, shelf):
    commerce.kind()
    client.force_login(bora)
    return f"/isletme/{shop.slug}/urunler/"


def typed(shelf, **changes):
    return {
        "title": "Tavuklu kedi maması",
        "description": "Tahılsız.",
        "shelf": shelf.pk,
        "second_shelf": "",
        "gtin": "",
        "tax_class": "standard",
        "withdrawal": "allowed",
        "title_en": "",
        "description_en": "",
        "teklif-TOTAL_FORMS": "5",
        "teklif-INITIAL_FORMS": "0",
        "teklif-0-sku": "CM-1",
        "teklif-0-price": "1.249,90",
        "teklif-0-stock": "12",
        "teklif-0-low_stock": "3",
    } | changes


def made(shop, shelf, by, title="Tavuklu kedi maması", sku="CM-1", **facts):
    kind = commerce.kind()
    defaults = {"tax_class": TaxClass.STANDARD, "withdrawal": Withdrawal.ALLOWED, "categories": (shelf.pk,)}
    return goods.make_product(
        partner=shop.partner,
        kind=kind,
        facts=goods.Facts(title, **(defaults | facts)),
        offers=[goods.Offer(sku, Decimal("100.00"), 5, 2)],
        by=by,
        now=timezone.now(),
    )


def publish(product, shop, by):
    goods.publish(partner=shop.partner, product=product, by=by, now=timezone.now())
    product.refresh_from_db()
    return product


def test_a_product_is_made_and_published(client, panel, shop, shelf):
    answer = client.post(f"{panel}yeni/", typed(shelf))
    product = Product.objects.get()
    assert answer.status_code == 302
    assert (product.owner, product.is_public) == (shop.partner, False)
    offer = product.stockrecords.get()
    assert (offer.price, offer.num_in_stock, offer.low_stock_threshold) == (Decimal("1249.90"), 12, 3)

    assert client.post(f"{panel}{product.pk}/yayimla/").status_code == 302
    assert client.get(product.get_absolute_url()).status_code == 200
    assert "Satışta" in client.get(panel).content.decode() or "On sale" in client.get(panel).content.decode()


def test_what_was_typed_comes_back_with_its_errors(client, panel, shelf):
    answer = client.post(f"{panel}yeni/", typed(shelf, title="", **{"teklif-0-price": "on lira"}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "on lira" in page
    assert not Product.objects.exists()


def test_several_packs_make_variants(client, panel, shelf):
    lines = {
        "teklif-0-pack": "1,5 kg",
        "teklif-1-pack": "3 kg",
        "teklif-1-sku": "CM-3",
        "teklif-1-price": "400",
    }
    client.post(f"{panel}yeni/", typed(shelf, **lines))
    parent = Product.objects.get(structure=Product.PARENT)
    assert list(parent.children.order_by("pk").values_list("title", flat=True)) == ["1,5 kg", "3 kg"]
    client.post(f"{panel}{parent.pk}/yayimla/")
    assert parent.children.filter(is_public=True).count() == 2

    client.post(f"{panel}{parent.pk}/boy/", {"boy-pack": "10 kg", "boy-sku": "CM-10", "boy-price": "900"})
    assert parent.children.count() == 3


def test_a_product_gets_packs_later(bora, shop, shelf):
    product = publish(made(shop, shelf, bora), shop, bora)
    tag = product.stockrecords.get()
    goods.add_variant(
        partner=shop.partner,
        product=product,
        offer=goods.Offer("CM-3", Decimal(300), 1, pack="3 kg"),
        by=bora,
        now=timezone.now(),
    )
    product.refresh_from_db()
    tag.refresh_from_db()
    assert product.is_parent
    assert tag.product.parent == product


@pytest.mark.parametrize("hole", ["tax_class", "withdrawal", "categories"])
def test_it_is_not_published_without(bora, shop, shelf, hole):
    empty = () if hole == "categories" else ""
    product = made(shop, shelf, bora, **{hole: empty})
    with pytest.raises(goods.NotComplete):
        publish(product, shop, bora)


@pytest.mark.parametrize("hole", ["tax_class", "withdrawal"])
def test_the_database_refuses_a_public_product_without_its_class(bora, shop, shelf, hole):
    product = publish(made(shop, shelf, bora), shop, bora)
    with pytest.raises(IntegrityError, match="public_product_has_its_classes"), transaction.atomic():
        Product.objects.filter(pk=product.pk).update(**{hole: ""})


def test_archive_has_its_undo(client, panel, bora, shop, shelf):
    product = publish(made(shop, shelf, bora), shop, bora)
    client.post(f"{panel}{product.pk}/arsivle/")
    assert client.get(product.get_absolute_url()).status_code == 404
    assert "Tavuklu" not in client.get(panel).content.decode()
    assert "Tavuklu" in client.get(f"{panel}?durum=archived").content.decode()
    client.post(f"{panel}{product.pk}/geri-getir/")
    assert queries.listed(shop.partner).get().state == queries.DRAFT


def test_another_sellers_goods_are_not_there(client, panel, cem, shelf):
    other = commerce.shop(cem, "Çınar Mama")
    product = publish(made(other, shelf, cem), other, cem)
    tag = product.stockrecords.get()
    for address in ("", "fiyat/", "gorseller/"):
        assert client.get(f"{panel}{product.pk}/{address}").status_code == 404
    for address in ("yayimla/", "yayindan-kaldir/", "arsivle/", "geri-getir/", "boy/"):
        assert client.post(f"{panel}{product.pk}/{address}").status_code == 404
    stock = panel.replace("urunler", "stok")
    assert client.post(f"{stock}{tag.pk}/", {"number": 1, "reason": "counted"}).status_code == 404


def test_a_known_barcode_offers_to_sell_the_same(client, panel, cem, shop, shelf):
    other = commerce.shop(cem, "Çınar Mama")
    product = publish(made(other, shelf, cem, gtin=GTIN), other, cem)
    answer = client.post(f"{panel}yeni/", typed(shelf, gtin=GTIN))
    assert answer.status_code == 422
    assert f"{panel}{product.pk}/sat/" in answer.content.decode()

    offer = {f"urun{product.pk}-sku": "X-1", f"urun{product.pk}-price": "90", f"urun{product.pk}-stock": "2"}
    assert client.post(f"{panel}{product.pk}/sat/", offer).status_code == 302
    page = client.get(product.get_absolute_url()).content.decode()
    assert "Çınar Mama" in page
    assert "Işık Pet Market" in page
    assert page.count('name="offer"') == 2
    assert client.get(f"{panel}{product.pk}/").status_code == 200
    assert client.post(f"{panel}{product.pk}/", typed(shelf, title="Benim")).status_code == 404


def test_a_wrong_check_figure_is_refused(client, panel, shelf):
    assert client.post(f"{panel}yeni/", typed(shelf, gtin="8690000000001")).status_code == 422


def test_the_chosen_seller_is_put_into_the_basket(client, bora, cem, shop, shelf):
    other = commerce.shop(cem, "Çınar Mama")
    product = publish(made(other, shelf, cem), other, cem)
    dear = goods.add_offer(
        partner=shop.partner,
        product=product,
        offer=goods.Offer("D-1", Decimal(150), 3),
        by=bora,
        now=timezone.now(),
    )
    client.post(f"/magaza/sepet/ekle/{product.pk}/", {"quantity": 1, "offer": dear.pk})
    line = get_model("basket", "Line").objects.get()
    assert line.stockrecord == dear
    goods.withdraw(partner=shop.partner, product=product, by=bora, now=timezone.now())
    assert (
        client.post(f"/magaza/sepet/ekle/{product.pk}/", {"quantity": 1, "offer": dear.pk}).status_code == 404
    )
    product.refresh_from_db()
    assert product.is_public  # the other one still sells it


def test_price_and_stock_are_changed_in_one_table(client, panel, bora, shop, shelf):
    product = publish(made(shop, shelf, bora), shop, bora)
    tag = product.stockrecords.get()
    sent = {
        f"tag{tag.pk}-sku": "CM-1",
        f"tag{tag.pk}-price": "80,00",
        f"tag{tag.pk}-stock": "9",
        f"tag{tag.pk}-low_stock": "2",
        "neden-reason": "counted",
        "neden-note": "raf A-12",
    }
    assert client.post(f"{panel}{product.pk}/fiyat/", sent).status_code == 302
    tag.refresh_from_db()
    assert (tag.price, tag.num_in_stock) == (Decimal("80.00"), 9)
    page = client.get(f"{panel}{product.pk}/fiyat/").content.decode()
    assert "raf A-12" in page
    assert "<svg viewBox" in page
    assert client.post(f"{panel}{product.pk}/fiyat/", sent | {f"tag{tag.pk}-price": "x"}).status_code == 422


def test_stock_page_shows_what_runs_short_first(client, panel, bora, shop, shelf):
    low = made(shop, shelf, bora, "Az kalan", "B-1")
    made(shop, shelf, bora, "Çok olan", "A-1")
    StockRecord.objects.filter(product=low).update(num_in_stock=1)
    stock = panel.replace("urunler", "stok")
    page = client.get(stock).content.decode()
    assert page.index("Az kalan") < page.index("Çok olan")
    tag = low.stockrecords.get()
    assert client.post(f"{stock}{tag.pk}/", {"number": "7", "reason": "arrived"}).status_code == 302
    assert client.post(f"{stock}{tag.pk}/", {"number": "-1", "reason": "arrived"}).status_code == 422
    StockRecord.objects.filter(pk=tag.pk).update(num_allocated=3)
    assert client.post(f"{stock}{tag.pk}/", {"number": "1", "reason": "counted"}).status_code == 422


def picture():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    out.seek(0)
    out.name = "resim.jpg"
    return out


def test_pictures_are_added_ordered_and_removed(client, panel, bora, shop, shelf):
    product = made(shop, shelf, bora)
    address = f"{panel}{product.pk}/gorseller/"
    for _ in range(2):
        assert client.post(address, {"file": picture()}).status_code == 302
    first, second = product.images.order_by("display_order")
    client.post(f"{address}{second.pk}/one-al/")
    assert product.images.order_by("display_order").first() == second
    client.post(f"{address}{first.pk}/sil/")
    assert product.images.get() == second
    broken = io.BytesIO(b"<script>")
    broken.name = "x.jpg"
    assert client.post(address, {"file": broken}).status_code == 422


@pytest.mark.parametrize("address", ["", "?q=mama", "?stok=low"])
def test_the_list_costs_the_same_for_1_and_for_20(
    client, panel, bora, shop, shelf, address, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    made(shop, shelf, bora, "Mama 0", "S-0")
    client.get(panel + address)
    with CaptureQueriesContext(connection) as one:
        client.get(panel + address)
    for number in range(1, 20):
        made(shop, shelf, bora, f"Mama {number}", f"S-{number}")
    with CaptureQueriesContext(connection) as many:
        assert client.get(panel + address).status_code == 200
    assert len(many) == len(one)


def test_an_unverified_business_reads_why(client, bora):
    teams.business(bora, "Taze Dükkân", "shop")
    client.force_login(bora)
    answer = client.get("/isletme/taze-dukkan/urunler/")
    assert answer.status_code == 200
    assert not Partner.objects.exists()
    assert client.get("/isletme/taze-dukkan/urunler/yeni/").status_code == 404


def test_a_verified_business_becomes_a_seller_at_its_first_visit(client, bora):
    business = teams.verified(bora, "Taze Dükkân", "shop")
    client.force_login(bora)
    client.get("/isletme/taze-dukkan/urunler/")
    client.get("/isletme/taze-dukkan/urunler/")
    assert Partner.objects.get(business=business).is_selling


def test_switched_off_it_is_neither_found_nor_bought(client, bora, shop, shelf):
    product = publish(made(shop, shelf, bora), shop, bora)
    client.post(f"/magaza/sepet/ekle/{product.pk}/", {"quantity": 1})
    MOVES.move(shop, Status.SUSPENDED, event=team_events.SUSPENDED)
    journal.sweep()
    assert not Partner.objects.get(business=shop).is_selling
    assert not Product.objects.browsable().exists()
    assert client.get(product.get_absolute_url()).status_code == 404
    assert client.post(f"/magaza/sepet/ekle/{product.pk}/", {"quantity": 1}).status_code == 404
    line = get_model("basket", "Line").objects.get()
    strategy = get_class("partner.strategy", "Selector")().strategy()
    assert not strategy.fetch_for_line(line).availability.is_available_to_buy

    MOVES.move(Business.objects.get(pk=shop.pk), Status.VERIFIED, event=team_events.RETURNED)
    journal.sweep()
    assert Product.objects.browsable().exists()
    team_services.switch_module(module="store", is_on=False, by=bora, business=shop)
    journal.sweep()
    assert not Product.objects.browsable().exists()


def test_without_the_receiver_it_would_go_on_selling(bora, shop, shelf):
    publish(made(shop, shelf, bora), shop, bora)
    Business.objects.filter(pk=shop.pk).update(status=Status.SUSPENDED)
    assert Product.objects.browsable().exists()  # nobody told the store yet
    assert sellers.follow(Business.objects.get(pk=shop.pk))
    assert not Product.objects.browsable().exists()


def test_goods_of_a_stopped_seller_stay_when_another_sells_them(bora, cem, shop, shelf):
    product = publish(made(shop, shelf, bora), shop, bora)
    other = commerce.shop(cem, "Çınar Mama")
    goods.add_offer(
        partner=other.partner,
        product=product,
        offer=goods.Offer("C-1", Decimal(90), 3),
        by=cem,
        now=timezone.now(),
    )
    Partner.objects.filter(pk=shop.partner.pk).update(is_selling=False)
    assert Product.objects.browsable().get() == product


def test_english_text_is_shown_and_found(client, bora, shop, shelf):
    english = {"en": ("Chicken food for cats", "Without grain.")}
    product = publish(made(shop, shelf, bora, texts=english), shop, bora)
    page = client.get(f"/en{product.get_absolute_url()}").content.decode()
    assert "Chicken food for cats" in page
    translation.activate("tr")
    assert "Chicken food" not in client.get(product.get_absolute_url()).content.decode()
    assert "Tavuklu" in client.get("/magaza/?q=chicken").content.decode()
    assert "Chicken food" in client.get("/en/magaza/?q=tavuklu").content.decode()
    goods.edit_product(
        product=product,
        facts=goods.Facts("Tavuklu", tax_class="standard", withdrawal="allowed", texts={"en": ("", "")}),
        by=bora,
        now=timezone.now(),
    )
    assert not ProductText.objects.exists()


def test_a_discount_is_shown_with_its_day(client, bora, shop, shelf):
    now = timezone.now()
    product = publish(made(shop, shelf, bora), shop, bora)
    tag = product.stockrecords.get()
    goods.set_price(record=tag, price=Decimal(80), by=bora, now=now + timedelta(days=1))
    assert "<s>" not in client.get(product.get_absolute_url()).content.decode()  # no 30 days of prices yet


def test_the_sum_of_the_states_is_the_list(bora, shop, shelf):
    publish(made(shop, shelf, bora, "Bir", "S-1"), shop, bora)
    made(shop, shelf, bora, "İki", "S-2")
    assert queries.counts(shop.partner) == {queries.LIVE: 1, queries.DRAFT: 1}
