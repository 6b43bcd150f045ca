"""Addresses of a person: one default of each kind as long as there is any."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from core import journal

from .. import events, locks
from ..errors import TooManyAddresses
from ..models import Address, User

MOST = 20


@transaction.atomic
def add_address(*, user: User, facts: dict[str, Any]) -> Address:
    """Keep a new address. The first of its kind becomes the default. Raises TooManyAddresses."""
    locks.person(user.pk)
    if user.postal_addresses.count() >= MOST:
        raise TooManyAddresses
    address = Address(user=user, **facts)
    _save(address, is_new=True)
    journal.write(events.ADDRESS_ADDED, actor=user, subject=address)
    return address


@transaction.atomic
def change_address(*, address: Address, facts: dict[str, Any], by: User) -> Address:
    locks.person(address.user_id)
    for name, value in facts.items():
        setattr(address, name, value)
    _save(address)
    journal.write(events.ADDRESS_CHANGED, actor=by, subject=address)
    return address


@transaction.atomic
def delete_address(*, address: Address, by: User) -> None:
    """Gone for good. The newest of the rest becomes the default of its kind."""
    locks.person(address.user_id)
    user, kind = address.user, address.kind
    journal.write(events.ADDRESS_DELETED, actor=by, data={"address": str(address.public_id)})
    address.delete()
    _have_a_default(user, kind)


def _save(address: Address, *, is_new: bool = False) -> None:
    others = Address.objects.filter(user=address.user_id)
    if address.is_default:
        others.filter(kind=address.kind, is_default=True).exclude(pk=address.pk).update(is_default=False)
    address.save(force_insert=is_new)
    for kind in {address.kind, *others.values_list("kind", flat=True)}:
        _have_a_default(address.user, kind)
    address.refresh_from_db(fields=["is_default"])


def _have_a_default(user: User, kind: str) -> None:
    same = Address.objects.filter(user=user, kind=kind)
    newest = same.order_by("-pk").first()
    if newest and not same.filter(is_default=True).exists():
        same.filter(pk=newest.pk).update(is_default=True)
