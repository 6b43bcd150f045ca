"""Invitations: bound to an address, good once, for seven days, as long as who sent them may."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail as outbox
from django.db import IntegrityError, transaction
from django.utils import timezone

from core import journal
from core.states import MoveRefused
from teams import authority, invitations, members, permissions, rights, roles
from teams.models import Invitation, Membership
from teams.people_states import INVITATION_MOVES, InvitationStatus
from tests.core.rivals import at_once
from tests.factories import teams

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic(bora):
    return teams.verified(bora)


def invite(clinic, by, email="deniz@ornek.test", template=rights.RECEPTION, now=None, locations=()):
    return invitations.invite(
        business=clinic,
        email=email,
        role=clinic.roles.get(template=template),
        locations=locations,
        by=by,
        now=now or timezone.now(),
    )


def newest_link():
    journal.sweep()
    return re.search(r"/davet/[\w-]+/", outbox.outbox[-1].body).group()


def accept(client, link):
    return client.post(link, {"answer": "accept"})


def test_invited_person_joins_with_role_and_branch(client, clinic, bora, deniz):
    branch = clinic.locations.create(name="Şişli")
    invite(clinic, bora, locations=[branch])
    link = newest_link()
    assert "Ihlamur Veteriner seni davet ediyor" in outbox.outbox[-1].subject
    client.force_login(deniz)
    page = client.get(link)
    assert "Resepsiyon" in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]

    assert accept(client, link).url == clinic.panel_url
    joined = clinic.memberships.get(user=deniz)
    assert joined.role.template == rights.RECEPTION
    assert list(joined.locations.all()) == [branch]
    assert client.get(clinic.panel_url).status_code == 200


def test_token_is_kept_nowhere(clinic, bora):
    made = invite(clinic, bora)
    token = newest_link().split("/")[2]
    assert token not in str(Invitation.objects.values().get(pk=made.pk))
    from core.models import Line, Mail

    assert token not in str(list(Line.objects.values())) + str(list(Mail.objects.values()))


def test_signed_out_person_goes_by_the_sign_in_form_and_comes_back(client, clinic, bora, deniz):
    from tests.conftest import PASSWORD

    invite(clinic, bora)
    link = newest_link()
    page = client.get(link).content.decode()
    sign_in = re.search(r'href="(/hesap/giris/\?next=[^"]+)"', page).group(1)
    answer = client.post(sign_in, {"login": deniz.email, "password": PASSWORD})
    assert answer.url == link
    assert accept(client, link).url == clinic.panel_url


def test_new_person_signs_up_confirms_and_comes_back(client, clinic, bora):
    invite(clinic, bora, email="yeni@ornek.test")
    link = newest_link()
    sign_up = re.search(r'href="(/hesap/kayit/\?next=[^"]+)"', client.get(link).content.decode()).group(1)
    who = {
        "first_name": "Yeni",
        "last_name": "Biri",
        "email": "yeni@ornek.test",
        "password1": "bir iki uc dort bes",
    }
    client.post(sign_up, who)
    journal.sweep()
    code = re.search(r"\b\d{6}\b", outbox.outbox[-1].body).group()
    answer = client.post("/hesap/e-posta/dogrula/", {"code": code})
    assert answer.url == link
    assert accept(client, link).url == clinic.panel_url


def test_another_account_is_refused_and_learns_nothing(client, clinic, bora, cem):
    invite(clinic, bora)
    link = newest_link()
    client.force_login(cem)
    for answer in (client.get(link), accept(client, link)):
        page = answer.content.decode()
        assert answer.status_code == 403
        assert cem.email in page
        for secret in ("deniz", "Ihlamur", "Resepsiyon", "Bora"):
            assert secret not in page
    assert not clinic.memberships.filter(user=cem).exists()
    with pytest.raises(invitations.ForSomebodyElse):
        invitations.accept(invitation=clinic.invitations.get(), user=cem, now=timezone.now())


def test_dead_links_say_how_they_died(client, clinic, bora, deniz):
    client.force_login(deniz)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        made = invite(clinic, bora)
        link = newest_link()
        invitations.revoke(invitation=made, by=bora)
        assert (client.get(link).status_code, "geri çekildi" in client.get(link).content.decode()) == (
            410,
            True,
        )
        invite(clinic, bora)
        link = newest_link()
        client.post(link, {"answer": "decline"})
        assert "geri çevrildi" in accept(client, link).content.decode()
        invite(clinic, bora)
        link = newest_link()
        clock.shift(timedelta(days=7))
        answer = accept(client, link)
        assert (answer.status_code, "süresi doldu" in answer.content.decode()) == (410, True)
    answer = client.get("/davet/boyle-bir-sey-yok/")
    assert answer.status_code == 404
    assert not clinic.memberships.filter(user=deniz).exists()


def test_last_second_of_the_seventh_day_is_good(clinic, bora, deniz):
    now = timezone.now()
    made = invite(clinic, bora, now=now)
    end = now + timedelta(days=7)
    with pytest.raises(invitations.InvitationOver):
        invitations.accept(invitation=made, user=deniz, now=end)
    invitations.accept(invitation=made, user=deniz, now=end - timedelta(seconds=1))


def test_used_link_is_over_also_after_leaving(client, clinic, bora, deniz):
    invite(clinic, bora)
    link = newest_link()
    client.force_login(deniz)
    accept(client, link)
    members.remove_member(membership=clinic.memberships.get(user=deniz), by=bora)
    answer = accept(client, link)
    assert (answer.status_code, "kullanıldı" in answer.content.decode()) == (410, True)
    assert not clinic.memberships.filter(user=deniz).exists()


@pytest.mark.django_db(transaction=True)
def test_forty_at_once_join_once(clinic, bora, deniz):
    """Goes red without the locks: several pass the check before one of them writes."""
    made = invite(clinic, bora)
    now = timezone.now()
    results = at_once(lambda _: invitations.accept(invitation=made, user=deniz, now=now), 40)
    joined = [result for result in results if isinstance(result, Membership)]
    assert len(joined) == 1
    assert {type(one) for one in results if one not in joined} == {invitations.InvitationOver}
    assert clinic.memberships.filter(user=deniz).count() == 1


@pytest.mark.django_db(transaction=True)
def test_accepted_or_revoked_but_not_both(clinic, bora, deniz):
    made, now = invite(clinic, bora), timezone.now()
    calls = [
        lambda: invitations.accept(invitation=made, user=deniz, now=now),
        lambda: invitations.revoke(invitation=made, by=bora),
    ]
    results = at_once(lambda number: calls[number](), 2)
    assert sum(isinstance(result, Exception) for result in results) == 1
    status = Invitation.objects.get().status
    assert clinic.memberships.filter(user=deniz).exists() == (status == InvitationStatus.ACCEPTED)


def test_sent_again_the_old_link_dies(client, clinic, bora, deniz):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        made = invite(clinic, bora)
        old = newest_link()
        with pytest.raises(invitations.TooSoon):
            invitations.send_again(invitation=made, by=bora, now=timezone.now())
        clock.shift(timedelta(days=6))
        invitations.send_again(invitation=made, by=bora, now=timezone.now())
        new = newest_link()
        client.force_login(deniz)
        assert client.get(old).status_code == 404
        clock.shift(timedelta(days=6))
        assert accept(client, new).url == clinic.panel_url


def test_one_open_invitation_for_each_address(clinic, bora, cem):
    invite(clinic, bora)
    with pytest.raises(invitations.AlreadyInvited):
        invite(clinic, bora)
    with pytest.raises(invitations.AlreadyMember):
        invite(clinic, bora, email=bora.email)
    with pytest.raises(IntegrityError, match="address_has_one_open_invitation"), transaction.atomic():
        there = Invitation.objects.get()
        there.pk, there.token_hash = None, "other"
        there.save()


def test_nobody_invites_above_herself(clinic, bora, cem):
    teams.member(clinic, cem, rights.MANAGER)
    with pytest.raises(authority.MoreThanHeld):
        invite(clinic, cem, template=rights.OWNER)
    with pytest.raises(authority.MoreThanHeld):
        invite(clinic, cem, template=rights.ACCOUNTANT)
    invite(clinic, cem, template=rights.VET)


def test_invitation_dies_with_the_right_of_who_sent_it(clinic, bora, cem, deniz):
    teams.member(clinic, cem, rights.MANAGER)
    made = invite(clinic, cem)
    members.remove_member(membership=clinic.memberships.get(user=cem), by=bora)
    with pytest.raises(invitations.InvitationOver):
        invitations.accept(invitation=made, user=deniz, now=timezone.now())


def test_a_role_that_grew_is_not_smuggled_in(clinic, bora, cem, deniz):
    teams.member(clinic, cem, rights.MANAGER)
    own = roles.make_role(business=clinic, name="Gece ekibi", chosen=[permissions.PROFILE], by=bora)
    made = invitations.invite(
        business=clinic, email=deniz.email, role=own, locations=[], by=cem, now=timezone.now()
    )
    roles.edit_role(role=own, name=own.name, chosen=[permissions.BANK], by=bora)
    with pytest.raises(invitations.InvitationOver):
        invitations.accept(invitation=made, user=deniz, now=timezone.now())


def test_known_and_unknown_addresses_get_the_same_answer(client, clinic, bora, deniz):
    client.force_login(bora)
    role = clinic.roles.get(template=rights.RECEPTION).pk
    pages = []
    for email in (deniz.email, "kimse@ornek.test"):
        answer = client.post(f"{clinic.panel_url}ekip/davet/", {"email": email, "role": role}, follow=True)
        pages.append(answer.content.decode().count("yolda"))
    assert pages == [1, 1]
    journal.sweep()
    assert {message.to[0] for message in outbox.outbox} == {deniz.email, "kimse@ornek.test"}


def test_nobodys_mailbox_is_filled(clinic, bora):
    for _ in range(invitations.MOST_FOR_ADDRESS):
        invitations.revoke(invitation=invite(clinic, bora), by=bora)
    with pytest.raises(invitations.TooManyInvitations):
        invite(clinic, bora)


def test_page_names_the_error_at_its_field(client, clinic, bora):
    client.force_login(bora)
    page = client.post(
        f"{clinic.panel_url}ekip/davet/", {"email": "deniz@ihlamur", "role": ""}
    ).content.decode()
    assert 'value="deniz@ihlamur"' in page
    assert "Bir rol seç" in page
    assert page.count('aria-invalid="true"') >= 2
    assert not Invitation.objects.exists()


def test_buttons_beside_an_invitation(client, clinic, bora, deniz):
    made = invite(clinic, bora, now=timezone.now() - timedelta(hours=1))
    foreign = invite(teams.verified(deniz, "Başka Klinik"), deniz, email="x@ornek.test")
    client.force_login(bora)
    base = f"{clinic.panel_url}ekip/davetler/"
    assert client.post(f"{base}{foreign.pk}/geri-cek/").status_code == 404
    assert (
        "yeni bağlantı yolda"
        in client.post(f"{base}{made.pk}/yeniden/", follow=True).content.decode().lower()
    )
    page = client.post(f"{base}{made.pk}/geri-cek/", follow=True).content.decode()
    assert "geri çekildi" in page
    made.refresh_from_db()
    assert made.status == InvitationStatus.REVOKED


def test_sweeper_moves_what_nobody_answered(clinic, bora):
    made = invite(clinic, bora)
    now = timezone.now()
    assert invitations.expire_overdue(now=now) == 0
    assert invitations.expire_overdue(now=now + timedelta(days=8)) == 1
    assert invitations.expire_overdue(now=now + timedelta(days=8)) == 0
    made.refresh_from_db()
    assert made.status == InvitationStatus.EXPIRED
    invite(clinic, bora)


@pytest.mark.parametrize("source", InvitationStatus.values)
@pytest.mark.parametrize("target", InvitationStatus.values)
def test_every_pair_of_states(clinic, bora, source, target):
    made = invite(clinic, bora)
    Invitation.objects.filter(pk=made.pk).update(status=source)
    if source == "sent" and target != "sent":
        INVITATION_MOVES.move(made, target, event="teams.test")
    else:
        with pytest.raises(MoveRefused):
            INVITATION_MOVES.move(made, target, event="teams.test")


@pytest.mark.django_db(transaction=True)
def test_database_refuses_a_role_of_another_business(bora, deniz):
    made = invite(teams.business(bora), bora)
    foreign = teams.business(deniz, "Başka Klinik").roles.get(template=rights.VET)
    with pytest.raises(IntegrityError, match="invited_role_is_of_the_same_business"):
        Invitation.objects.filter(pk=made.pk).update(role=foreign)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("open_invitation_has_a_role", {"role": None}),
        ("invited_address_is_canonical", {"email": "Deniz@ornek.test"}),
        ("invitation_ends_after_it_began", {"expires_at": timezone.now() - timedelta(days=1)}),
    ],
)
def test_a_wrong_invitation_is_refused(clinic, bora, constraint, fields):
    made = invite(clinic, bora)
    with pytest.raises(IntegrityError, match=constraint):
        Invitation.objects.filter(pk=made.pk).update(**fields)


def test_tries_of_links_are_counted(client, db):
    statuses = [client.get("/davet/tahmin/").status_code for _ in range(61)]
    assert statuses[:60] == [404] * 60
    assert statuses[60] == 429
