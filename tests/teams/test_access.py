"""Who reaches which panel: strangers meet 404, members without the right 403, a change counts at once."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import RequestFactory

from teams import access, modules, permissions, rights, services
from teams.access import BusinessPanelView
from tests.factories import teams

pytestmark = pytest.mark.django_db


class Members(BusinessPanelView):
    template_name = "panel/search.html"
    right = permissions.MEMBERS


class Shop(BusinessPanelView):
    template_name = "panel/search.html"
    module = modules.STORE


@pytest.fixture
def clinic(bora, cem):
    made = teams.verified(bora)
    teams.member(made, cem, rights.RECEPTION)
    return made


def ask(view, user, business):
    from django.core.exceptions import PermissionDenied
    from django.http import Http404

    request = RequestFactory().get("/")
    request.user = user
    try:
        return view.as_view()(request, business=business.slug).status_code
    except PermissionDenied:
        return 403
    except Http404:
        return 404


def test_panel_of_a_business_is_for_its_members(client, clinic, bora, cem, deniz):
    for user, status in ((bora, 200), (cem, 200), (deniz, 404)):
        client.force_login(user)
        assert client.get(clinic.panel_url).status_code == status
    client.logout()
    assert client.get(clinic.panel_url).status_code == 302


def test_a_right_is_asked_anew_at_every_request(clinic, bora, cem, deniz):
    assert [ask(Members, user, clinic) for user in (bora, cem, deniz)] == [200, 403, 404]

    membership = clinic.memberships.get(user=cem)
    membership.role = clinic.roles.get(template=rights.MANAGER)
    membership.save()
    assert ask(Members, cem, clinic) == 200

    membership.delete()
    assert ask(Members, cem, clinic) == 404


def test_a_module_that_is_off_is_not_there(clinic, bora):
    assert ask(Shop, bora, clinic) == 200
    services.switch_module(business=clinic, module=modules.STORE, is_on=False, by=bora)
    assert ask(Shop, bora, clinic) == 404


def test_rights_of_a_template_come_from_code_and_own_roles_from_their_row(clinic):
    own = clinic.roles.create(name="Gece ekibi", chosen=[permissions.PROFILE, "gone.right"])
    assert clinic.roles.get(template=rights.OWNER).rights == {right.code for right in rights.every()}
    assert own.rights == {permissions.PROFILE}
    assert permissions.MEMBERS not in clinic.roles.get(template=rights.RECEPTION).rights


def test_rows_are_narrowed_to_the_branches_of_a_member(clinic, cem):
    from teams.models import Membership

    branch = clinic.locations.create(name="Şişli")
    membership = clinic.memberships.get(user=cem)
    membership.locations.set([branch])
    rows = Membership.objects.filter(business=clinic)

    bound = access.of(cem, clinic.slug).in_locations(rows, "locations")
    assert list(bound) == [membership]
    owner = clinic.memberships.exclude(user=cem).get().user
    assert access.of(owner, clinic.slug).in_locations(rows, "locations").count() == 2


def test_switcher_lists_businesses_and_landing_follows_the_last(client, clinic, bora):
    hotel = teams.verified(bora, "Mavi Pati Otel", "hotel")
    client.force_login(bora)
    client.get(hotel.panel_url)

    assert client.get("/panel/basla/").url == hotel.panel_url
    page = client.get("/panel/").content.decode()
    assert clinic.panel_url in page
    assert hotel.panel_url in page


def test_a_person_without_a_business_lands_on_her_own_panel(client, ayse):
    client.force_login(ayse)
    assert client.get("/panel/basla/").url == "/panel/"


@pytest.mark.parametrize("many", [1, 20])
def test_query_count_of_a_panel_does_not_grow(client, clinic, bora, person, django_assert_num_queries, many):
    for number in range(many):
        teams.member(clinic, person("Üye", str(number), email=f"uye{number}@ornek.test"), rights.VET)
        teams.verified(bora, f"Şube {number}", "groomer")
    client.force_login(bora)
    client.get(clinic.panel_url)
    with django_assert_num_queries(25):
        client.get(clinic.panel_url)


def test_rights_over_roles_ask_for_a_second_step(client, clinic, bora, settings):
    client.force_login(bora)
    team = f"/isletme/{clinic.slug}/ekip/"
    assert client.get(team).status_code == 200

    settings.REQUIRE_SECOND_FACTOR = True
    assert client.get(team).url == "/panel/guvenlik/"
    assert client.get(clinic.panel_url).status_code == 200
    Authenticator.objects.create(user=bora, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert client.get(team).status_code == 200


def test_the_list_of_members_names_who_lacks_a_second_step(client, clinic, bora, cem):
    client.force_login(bora)
    page = client.get(f"/isletme/{clinic.slug}/ekip/").content.decode()
    assert page.count("İki adım kapalı") == 1  # the owner; a receptionist touches neither money nor roles
