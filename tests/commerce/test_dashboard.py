"""Oscar's dashboard under /yonetim/magaza/, and Oscar's sign-in pages, which are ours."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from tests.factories import commerce as make

pytestmark = pytest.mark.django_db

MENU = [
    item["url_name"]
    for entry in settings.OSCAR_DASHBOARD_NAVIGATION
    for item in [entry, *entry.get("children", [])]
    if item.get("url_name", "").startswith("dashboard:")
]


def test_menu_holds_no_flat_pages():
    assert "dashboard:page-list" not in MENU
    assert len(MENU) > 15


@pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results")  # Oscar's list of offers
@pytest.mark.parametrize("name", MENU)
def test_each_page_of_the_menu(client, admin, ayse, name):
    make.product(shelf=make.shelf())
    address = reverse(name)

    assertRedirects(
        client.get(address), f"{reverse('account_login')}?next={address}", fetch_redirect_response=False
    )
    client.force_login(ayse)
    assert client.get(address).status_code == 403
    client.force_login(admin)
    assert client.get(address).status_code == 200


def test_dashboard_speaks_turkish_and_edits_goods(client, admin):
    product = make.product(shelf=make.shelf())
    client.force_login(admin)

    index = client.get(reverse("dashboard:index"))
    assertContains(index, 'lang="tr"')
    assertContains(index, f'href="{reverse("wagtailadmin_home")}"')
    for name, kwargs in {
        "dashboard:catalogue-product": {"pk": product.pk},
        "dashboard:catalogue-class-update": {"pk": product.product_class_id},
        "dashboard:catalogue-category-update": {"pk": product.categories.get().pk},
        "dashboard:partner-manage": {"pk": product.stockrecords.get().partner_id},
        "dashboard:user-detail": {"pk": admin.pk},
    }.items():
        assert client.get(reverse(name, kwargs=kwargs)).status_code == 200, name


def test_seller_sees_products_but_not_customers(client, cem):
    make.seller().users.add(cem)
    cem.user_permissions.add(Permission.objects.get(codename="dashboard_access"))
    client.force_login(cem)

    assert client.get(reverse("dashboard:catalogue-product-list")).status_code == 200
    assert client.get(reverse("dashboard:users-index")).status_code == 403
    assert client.get(reverse("dashboard:offer-list")).status_code == 403


def test_pages_that_oscar_links_to_lead_to_the_store(client):
    product = make.product()
    assertRedirects(client.get(reverse("offer:detail", args=["bahar"])), "/magaza/")
    assertRedirects(client.get(reverse("catalogue:range", args=["bahar"])), "/magaza/")
    review = reverse("catalogue:reviews-detail", args=[product.slug, product.pk, 1])
    assertRedirects(client.get(review), product.get_absolute_url())


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("customer:login", "account_login"),
        ("customer:register", "account_signup"),
        ("customer:password-reset", "account_reset_password"),
        ("customer:logout", "account_logout"),
        ("customer:summary", "panel"),
    ],
)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_oscars_account_pages_lead_to_ours(client, name, target, prefix):
    address, ours = f"{prefix}{reverse(name)}?next=/magaza/", f"{prefix}{reverse(target)}?next=/magaza/"
    assertRedirects(client.get(address), ours, fetch_redirect_response=False)


def test_dashboards_own_sign_in_leads_to_ours(client):
    response = client.get("/yonetim/magaza/login/?next=/yonetim/magaza/")
    assertRedirects(
        response, f"{reverse('account_login')}?next=/yonetim/magaza/", fetch_redirect_response=False
    )


@pytest.mark.parametrize("member", ["admin", "ayse"])
def test_store_in_the_menu_of_the_back_office(client, request, member):
    from commerce.wagtail_hooks import store_item

    class Visit:
        user = request.getfixturevalue(member)

    assert store_item().is_shown(Visit) == (member == "admin")
