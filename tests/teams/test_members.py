"""Who may change whom, and what the team page shows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from core.models import Line
from teams import authority, events, members, rights, roles
from teams.models import Location, Membership
from tests.core.rivals import at_once
from tests.factories import teams

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic(bora, cem):
    made = teams.verified(bora)
    teams.member(made, cem, rights.RECEPTION)
    return made


@pytest.fixture
def elif_(person, clinic):
    """Elif manages the clinic."""
    user = person("Elif", "Şahin", email="elif@ornek.test")
    teams.member(clinic, user, rights.MANAGER)
    return user


def of(clinic, user):
    return clinic.memberships.get(user=user)


def role(clinic, template):
    return clinic.roles.get(template=template)


def change(clinic, user, template, by, locations=()):
    members.change_member(
        membership=of(clinic, user), role=role(clinic, template), locations=locations, by=by
    )


def test_a_new_role_counts_at_the_next_request(client, clinic, bora, cem):
    client.force_login(cem)
    assert client.get(f"{clinic.panel_url}ekip/").status_code == 403
    change(clinic, cem, rights.MANAGER, bora)
    assert client.get(f"{clinic.panel_url}ekip/").status_code == 200
    change(clinic, cem, rights.RECEPTION, bora)
    assert client.get(f"{clinic.panel_url}ekip/").status_code == 403
    line = Line.objects.filter(name=events.ROLE_CHANGED).last()
    assert line.data["from"] == "manager"
    assert (line.data["role"], line.data["user"]) == ("reception", cem.pk)


def test_nobody_gives_more_than_she_holds(clinic, cem, elif_):
    for template in (rights.OWNER, rights.ACCOUNTANT):  # the accountant may change the bank account
        with pytest.raises(authority.MoreThanHeld):
            change(clinic, cem, template, elif_)
    change(clinic, cem, rights.MANAGER, elif_)


def test_nobody_touches_who_holds_more(clinic, bora, elif_):
    with pytest.raises(authority.MoreThanHeld):
        change(clinic, bora, rights.RECEPTION, elif_)
    with pytest.raises(authority.MoreThanHeld):
        members.remove_member(membership=of(clinic, bora), by=elif_)


def test_nobody_changes_herself(clinic, bora, elif_):
    for user in (bora, elif_):
        with pytest.raises(authority.OwnRights):
            change(clinic, user, rights.MANAGER, user)


def test_without_the_right_nothing_is_changed(clinic, bora, cem, deniz, elif_):
    for user in (cem, deniz):
        with pytest.raises(authority.NotAllowed):
            change(clinic, elif_, rights.RECEPTION, user)


def test_a_role_of_another_business_is_refused(clinic, bora, cem, deniz):
    foreign = teams.business(deniz, "Başka Klinik").roles.get(template=rights.VET)
    with pytest.raises(authority.MoreThanHeld):
        members.change_member(membership=of(clinic, cem), role=foreign, locations=[], by=bora)


def test_who_is_bound_to_a_branch_opens_nothing_wider(clinic, bora, cem, elif_):
    here, there = clinic.locations.get(), clinic.locations.create(name="Şişli")
    of(clinic, elif_).locations.set([here])
    for places in ([], [there], [here, there]):
        with pytest.raises(authority.MoreThanHeld):
            change(clinic, cem, rights.RECEPTION, elif_, places)
    of(clinic, cem).locations.set([there])
    with pytest.raises(authority.MoreThanHeld):
        change(clinic, cem, rights.RECEPTION, elif_, [here])
    of(clinic, cem).locations.set([here])
    change(clinic, cem, rights.RECEPTION, elif_, [here])
    assert list(of(clinic, cem).locations.all()) == [here]


def test_the_last_owner_cannot_go(clinic, bora):
    with pytest.raises(members.LastOwner):
        members.leave(membership=of(clinic, bora))
    assert of(clinic, bora)


def test_an_own_role_that_equals_the_owners_does_not_make_owners(clinic, bora, cem):
    everything = [right.code for right in rights.every()]
    twin = roles.make_role(business=clinic, name="Ortak", chosen=everything, by=bora)
    members.change_member(membership=of(clinic, cem), role=twin, locations=[], by=bora)
    with pytest.raises(authority.MoreThanHeld):
        change(clinic, bora, rights.RECEPTION, cem)


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_leave_at_once_leave_one(bora, cem):
    """Goes red without the lock of the team: both would see the other and one would meet the trigger."""
    clinic = teams.business(bora)
    teams.member(clinic, cem, rights.OWNER)
    both = [of(clinic, bora), of(clinic, cem)]
    results = at_once(lambda number: members.leave(membership=both[number]), 2)
    assert sorted(type(result).__name__ for result in results) == ["LastOwner", "NoneType"]


@pytest.mark.django_db(transaction=True)
def test_managers_who_remove_each_other_at_once_do_not_both_succeed(bora, cem, deniz):
    clinic = teams.business(bora)
    for user in (cem, deniz):
        teams.member(clinic, user, rights.MANAGER)
    pair = [(of(clinic, cem), deniz), (of(clinic, deniz), cem)]
    results = at_once(lambda i: members.remove_member(membership=pair[i][0], by=pair[i][1]), 2)
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "NotAllowed"]


def test_removed_member_loses_the_panel_at_once(client, clinic, bora, cem):
    client.force_login(bora)
    question = client.get(f"{clinic.panel_url}ekip/uye/{of(clinic, cem).pk}/cikar/").content.decode()
    assert "kapanır" in question
    answer = client.post(f"{clinic.panel_url}ekip/uye/{of(clinic, cem).pk}/cikar/", follow=True)
    assert "Cem Kaya artık ekipte değil" in answer.content.decode()
    client.force_login(cem)
    assert client.get(clinic.panel_url).status_code == 404


def test_page_refuses_with_a_sentence_and_keeps_the_choice(client, clinic, cem, elif_):
    client.force_login(elif_)
    page = client.post(
        f"{clinic.panel_url}ekip/uye/{of(clinic, cem).pk}/", {"role": role(clinic, rights.OWNER).pk}
    )
    assert "Bu rolü veremezsin" in page.content.decode()
    assert of(clinic, cem).role.template == rights.RECEPTION


def test_last_owner_reads_why(client, clinic, bora):
    client.force_login(bora)
    page = client.post(f"{clinic.panel_url}ekip/ayril/", follow=True)
    assert "en az bir sahip" in page.content.decode()


def test_members_are_found_by_folded_name_address_and_role(client, clinic, bora, person):
    teams.member(clinic, person("Işıl", "Çınar", email="isil@ornek.test"), rights.VET)
    client.force_login(bora)
    for query in ("q=ISIL", "q=cinar", "q=isil@", f"rol={role(clinic, rights.VET).pk}"):
        page = client.get(f"{clinic.panel_url}ekip/?{query}").content.decode()
        assert "Işıl Çınar" in page
        assert "Cem Kaya" not in page
    assert "Kimse bulunamadı" in client.get(f"{clinic.panel_url}ekip/?q=zzz").content.decode()


@pytest.mark.parametrize("page", ["ekip/", "ekip/?q=ornek", "ekip/davet/", "ekip/roller/", "ekip/kayitlar/"])
def test_query_count_with_1_and_with_200_members_and_50_branches(client, clinic, bora, page):
    client.force_login(bora)
    address = f"{clinic.panel_url}{page}"
    client.get(clinic.panel_url)
    clinic.locations.create(name="Şişli")
    of(clinic, bora).locations.clear()
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    _crowd(clinic)
    with CaptureQueriesContext(connection) as many:
        answer = client.get(address)
    assert answer.status_code == 200
    assert len(many) <= len(few) <= 21


def _crowd(clinic):

    places = Location.objects.bulk_create(Location(business=clinic, name=f"Şube {i}") for i in range(50))
    people = User.objects.bulk_create(
        User(email=f"uye{i}@ornek.test", first_name="Üye", last_name=str(i)) for i in range(200)
    )
    rows = Membership.objects.bulk_create(
        Membership(business=clinic, user=user, role=role(clinic, rights.VET), joined_at=timezone.now())
        for user in people
    )
    link = Membership.locations.through
    link.objects.bulk_create(link(membership=row, location=places[i % 50]) for i, row in enumerate(rows))


def test_list_is_paged_by_fifty(client, clinic, bora):
    _crowd(clinic)
    client.force_login(bora)
    page = client.get(f"{clinic.panel_url}ekip/").content.decode()
    assert page.count('class="team__who"') == 50
    assert "?page=2" in page
    last = client.get(f"{clinic.panel_url}ekip/?page=5").content.decode()
    assert last.count('class="team__who"') == 2


def test_record_tells_only_of_this_business(client, clinic, bora, cem, deniz):
    teams.member(teams.business(deniz, "Başka Klinik"), cem, rights.VET)
    change(clinic, cem, rights.MANAGER, bora)
    client.force_login(bora)
    page = client.get(f"{clinic.panel_url}ekip/kayitlar/").content.decode()
    assert "Cem Kaya: rolü Resepsiyon → Yönetici" in page
    assert page.count("Cem Kaya, ekibe") == 1
    assert "Deniz" not in page
    client.force_login(cem)
    assert client.get("/isletme/baska-klinik/ekip/kayitlar/").status_code == 403
