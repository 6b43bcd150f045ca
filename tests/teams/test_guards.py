"""What the database itself refuses."""

import threading
from contextlib import suppress

import pytest
from django.db import IntegrityError, connection, transaction

from teams import rights, services
from teams.models import Business, Membership, ModuleSwitch
from tests.factories import teams


@pytest.mark.django_db(transaction=True)
def test_the_last_owner_stays(bora, cem):
    clinic = teams.business(bora)
    teams.member(clinic, cem, rights.RECEPTION)
    owner = clinic.memberships.get(user=bora)
    with pytest.raises(IntegrityError, match="without an owner"):
        owner.delete()
    owner.refresh_from_db()
    owner.role = clinic.roles.get(template=rights.VET)
    with pytest.raises(IntegrityError, match="without an owner"):
        owner.save()


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_leave_at_once_leave_one(bora, cem):
    """Goes red without the row lock in the trigger: each would still see the other.

    Neither commits before both were checked, unless the lock makes one of them wait for the other's end.
    """
    clinic = teams.business(bora)
    teams.member(clinic, cem, rights.OWNER)
    ready, checked, refused = threading.Barrier(2, timeout=10), threading.Barrier(2, timeout=0.5), []

    def leave(user):
        try:
            with transaction.atomic():
                Membership.objects.filter(business=clinic, user=user).delete()
                ready.wait()
                connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
                with suppress(threading.BrokenBarrierError):
                    checked.wait()
        except IntegrityError:
            refused.append(user)
        finally:
            connection.close()

    threads = [threading.Thread(target=leave, args=[user]) for user in (bora, cem)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert clinic.memberships.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_business_can_be_removed_as_a_whole(bora):
    clinic = teams.business(bora)
    Membership.objects.filter(business=clinic)
    clinic.delete()
    assert not Business.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_role_of_another_business_is_refused(bora, deniz):
    clinic, other = teams.business(bora), teams.business(deniz, "Başka Klinik")
    membership = clinic.memberships.get()
    membership.role = other.roles.get(template=rights.OWNER)
    with pytest.raises(IntegrityError, match="member_role_is_of_the_same_business"):
        membership.save()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("business_address_is_plain", {"slug": "İhlamur"}),
        ("business_tax_number_has_10_or_11_digits", {"tax_number": "123"}),
        ("verified_business_is_complete", {"status": "verified"}),
    ],
)
def test_a_wrong_business_is_refused(bora, constraint, fields):
    clinic = teams.business(bora)
    with pytest.raises(IntegrityError, match=constraint):
        Business.objects.filter(pk=clinic.pk).update(**fields)


@pytest.mark.django_db
def test_a_switch_has_one_holder(bora):
    clinic = teams.business(bora)
    with pytest.raises(IntegrityError, match="switch_has_one_holder"):
        ModuleSwitch.objects.create(user=bora, business=clinic, module="store", is_on=False)


@pytest.mark.django_db
def test_addresses_of_businesses_differ(bora):
    assert [teams.business(bora).slug for _ in range(3)] == [
        "ihlamur-veteriner",
        "ihlamur-veteriner-2",
        "ihlamur-veteriner-3",
    ]


@pytest.mark.django_db
def test_switching_twice_keeps_one_row(ayse):
    for is_on in (False, True, False):
        services.switch_module(user=ayse, module="store", is_on=is_on, by=ayse)
    assert ModuleSwitch.objects.get().is_on is False
