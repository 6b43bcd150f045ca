"""Own roles, and the hand-over of a business."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.models import Line
from teams import authority, events, members, ownership, permissions, rights, roles
from teams.models import OwnershipOffer
from teams.people_states import OfferStatus
from tests.conftest import PASSWORD
from tests.core.rivals import at_once
from tests.factories import teams

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic(bora, cem):
    made = teams.verified(bora)
    teams.member(made, cem, rights.RECEPTION)
    return made


def of(clinic, user):
    return clinic.memberships.select_related("role", "user").get(user=user)


def make(clinic, by, name="Gece ekibi", chosen=(permissions.PROFILE,)):
    return roles.make_role(business=clinic, name=name, chosen=chosen, by=by)


def test_an_edited_role_counts_at_the_next_request(client, clinic, bora, cem):
    own = make(clinic, bora)
    members.change_member(membership=of(clinic, cem), role=own, locations=[], by=bora)
    client.force_login(cem)
    assert client.get(f"{clinic.panel_url}ekip/").status_code == 403
    roles.edit_role(role=own, name="Gece", chosen=[permissions.MEMBERS], by=bora)
    assert client.get(f"{clinic.panel_url}ekip/").status_code == 200


def test_nobody_puts_more_into_a_role_than_she_holds(clinic, bora, cem):
    strong = make(clinic, bora, "Rolcü", [permissions.ROLES, permissions.PROFILE])
    rich = make(clinic, bora, "Kasa", [permissions.BANK])
    members.change_member(membership=of(clinic, cem), role=strong, locations=[], by=bora)
    for call in (
        lambda: make(clinic, cem, "Yeni", [permissions.BANK]),
        lambda: roles.edit_role(role=strong, name="Rolcü", chosen=[permissions.BANK], by=cem),
        lambda: roles.edit_role(role=rich, name="Kasa", chosen=[permissions.PROFILE], by=cem),
        lambda: roles.remove_role(role=rich, by=cem),
    ):
        with pytest.raises(authority.MoreThanHeld):
            call()
    make(clinic, cem, "Yeni", [permissions.PROFILE])


def test_a_used_role_stays(clinic, bora, cem):
    own = make(clinic, bora)
    members.change_member(membership=of(clinic, cem), role=own, locations=[], by=bora)
    with pytest.raises(roles.RoleInUse):
        roles.remove_role(role=own, by=bora)
    members.remove_member(membership=of(clinic, cem), by=bora)
    roles.remove_role(role=own, by=bora)
    assert not clinic.roles.filter(template="").exists()


def test_a_role_in_an_open_invitation_stays(clinic, bora):
    from teams import invitations

    own = make(clinic, bora)
    made = invitations.invite(
        business=clinic, email="x@ornek.test", role=own, locations=[], by=bora, now=timezone.now()
    )
    with pytest.raises(roles.RoleInUse):
        roles.remove_role(role=own, by=bora)
    with pytest.raises(IntegrityError, match="open_invitation_has_a_role"), transaction.atomic():
        own.delete()
    invitations.revoke(invitation=made, by=bora)
    roles.remove_role(role=own, by=bora)


def test_names_do_not_mislead(clinic, bora):
    make(clinic, bora)
    for name in ("gece EKİBİ".replace("İ", "i"), "Sahip", "owner"):
        with pytest.raises(roles.NameTaken):
            make(clinic, bora, name)


def test_roles_of_ours_are_not_edited(client, clinic, bora):
    vet = clinic.roles.get(template=rights.VET)
    with pytest.raises(roles.FromTemplate):
        roles.edit_role(role=vet, name="Hekim", chosen=[], by=bora)
    client.force_login(bora)
    assert client.get(f"{clinic.panel_url}ekip/roller/{vet.pk}/").status_code == 404


def test_a_template_is_copied_on_the_page(client, clinic, bora, cem):
    manager = clinic.roles.get(template=rights.MANAGER)
    client.force_login(bora)
    page = client.get(f"{clinic.panel_url}ekip/roller/yeni/?kopya={manager.pk}").content.decode()
    assert page.count("checked") == len(manager.rights)
    assert "hassas" in page
    wrong = client.post(f"{clinic.panel_url}ekip/roller/yeni/", {"name": "Kopya"})
    assert "En az bir yetki seç" in wrong.content.decode()
    client.post(f"{clinic.panel_url}ekip/roller/yeni/", {"name": "Kopya", "chosen": [permissions.PROFILE]})
    assert clinic.roles.get(name="Kopya").rights == {permissions.PROFILE}
    client.force_login(cem)
    assert client.get(f"{clinic.panel_url}ekip/roller/yeni/").status_code == 403


def offer(clinic, giver, taker, now=None):
    return ownership.offer(giver=of(clinic, giver), taker=of(clinic, taker), now=now or timezone.now())


def test_ownership_goes_over_when_the_other_accepts(clinic, bora, cem):
    made = offer(clinic, bora, cem)
    assert of(clinic, bora).role.is_owner
    ownership.accept(offer=made, user=cem, now=timezone.now())
    assert of(clinic, cem).role.is_owner
    assert of(clinic, bora).role.template == rights.MANAGER
    line = Line.objects.get(name=events.OWNERSHIP_ACCEPTED)
    assert (line.data["giver"], line.data["taker"]) == (bora.pk, cem.pk)


def test_only_the_right_people_decide(clinic, bora, cem, deniz):
    with pytest.raises(authority.NotAllowed):
        offer(clinic, cem, bora)
    made = offer(clinic, bora, cem)
    with pytest.raises(ownership.AlreadyOffered):
        offer(clinic, bora, cem)
    for user in (bora, deniz):
        with pytest.raises(ownership.OfferOver):
            ownership.accept(offer=made, user=user, now=timezone.now())
    with pytest.raises(authority.NotAllowed):
        ownership.withdraw(offer=made, by=cem)


def test_an_offer_is_over_when_it_is_over(clinic, bora, cem):
    made = offer(clinic, bora, cem)
    late = timezone.now() + timedelta(days=7, seconds=1)
    with pytest.raises(ownership.OfferOver):
        ownership.accept(offer=made, user=cem, now=late)
    assert ownership.expire_overdue(now=late) == 1
    again = offer(clinic, bora, cem)
    ownership.withdraw(offer=again, by=bora)
    with pytest.raises(ownership.OfferOver):
        ownership.accept(offer=again, user=cem, now=timezone.now())
    last = offer(clinic, bora, cem)
    ownership.decline(offer=last, user=cem, now=timezone.now())
    assert of(clinic, bora).role.is_owner


def test_a_member_who_leaves_takes_the_offer_with_her(clinic, bora, cem):
    made = offer(clinic, bora, cem)
    members.leave(membership=of(clinic, cem))
    with pytest.raises(ownership.OfferOver):
        ownership.accept(offer=made, user=cem, now=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_two_offers_at_once_make_one(bora, cem, deniz):
    clinic = teams.business(bora)
    for user in (cem, deniz):
        teams.member(clinic, user)
    takers = [cem, deniz]
    results = at_once(lambda number: offer(clinic, bora, takers[number]), 2)
    assert sorted(type(result).__name__ for result in results) == ["AlreadyOffered", "OwnershipOffer"]


@pytest.mark.django_db(transaction=True)
def test_accepted_or_withdrawn_but_not_both(bora, cem):
    clinic = teams.business(bora)
    teams.member(clinic, cem)
    made, now = offer(clinic, bora, cem), timezone.now()
    calls = [
        lambda: ownership.accept(offer=made, user=cem, now=now),
        lambda: ownership.withdraw(offer=made, by=bora),
    ]
    results = at_once(lambda number: calls[number](), 2)
    assert sum(isinstance(result, Exception) for result in results) == 1
    status = OwnershipOffer.objects.get().status
    assert of(clinic, cem).role.is_owner == (status == OfferStatus.ACCEPTED)
    assert clinic.memberships.filter(role__template=rights.OWNER).count() == 1


@pytest.mark.django_db(transaction=True)
def test_accepted_twice_at_once_counts_once(bora, cem):
    clinic = teams.business(bora)
    teams.member(clinic, cem)
    made, now = offer(clinic, bora, cem), timezone.now()
    results = at_once(lambda _: ownership.accept(offer=made, user=cem, now=now), 8)
    assert sum(result is None for result in results) == 1
    assert clinic.memberships.filter(role__template=rights.OWNER).count() == 1


@pytest.mark.django_db(transaction=True)
def test_database_keeps_an_offer_within_its_business(bora, cem, deniz):
    clinic, other = teams.business(bora), teams.business(deniz, "Başka Klinik")
    teams.member(clinic, cem)
    made = offer(clinic, bora, cem)
    with pytest.raises(IntegrityError, match="ownership_goes_to_a_member"):
        OwnershipOffer.objects.filter(pk=made.pk).update(taker=of(other, deniz))
    with pytest.raises(IntegrityError, match="ownership_goes_to_somebody_else"):
        OwnershipOffer.objects.filter(pk=made.pk).update(taker=made.giver_id)


def test_the_password_is_asked_again(client, clinic, bora, cem):
    address = f"{clinic.panel_url}ekip/sahiplik/"
    client.force_login(bora)
    asked = client.post(address, {"answer": "offer", "member": of(clinic, cem).pk})
    assert asked.url.startswith("/hesap/onayla/")
    assert not OwnershipOffer.objects.exists()
    wrong = client.post(asked.url, {"password": "yanlis"})
    assert wrong.status_code == 200
    assert not OwnershipOffer.objects.exists()
    client.post(asked.url, {"password": PASSWORD})
    made = OwnershipOffer.objects.get()

    client.force_login(cem)
    asked = client.post(address, {"answer": "accept", "offer": made.pk})
    client.post(asked.url, {"password": PASSWORD})
    assert of(clinic, cem).role.is_owner


def test_ownership_asks_for_a_second_step(client, clinic, bora, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    client.force_login(bora)
    assert client.get(f"{clinic.panel_url}ekip/sahiplik/").url == "/panel/guvenlik/"


def test_an_answer_nobody_knows_hands_nothing_over(client, clinic, bora, cem):
    made = offer(clinic, bora, cem)
    client.force_login(cem)
    asked = client.post(f"{clinic.panel_url}ekip/sahiplik/", {"answer": "evet", "offer": made.pk})
    assert client.post(asked.url, {"password": PASSWORD}, follow=True).status_code == 400
    assert not of(clinic, cem).role.is_owner
