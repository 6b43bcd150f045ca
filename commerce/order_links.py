"""Addresses of an order, also for whoever bought without an account, and who may open them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare

SALT = "commerce.order"
SESSION = "orders"
MOST = 20  # remembered in one browser
PARAMETER = "anahtar"


def key(order: Any) -> str:
    """What a guest's link carries beside the address: proof that we gave it to her."""
    return signing.Signer(salt=SALT).signature(order.number)


def path(order: Any, name: str = "order", **more: Any) -> str:
    """Where its buyer sees it: in her panel, or by the address a guest got from us."""
    found = page(order, name, **more)
    return found if order.user_id else f"{found}?{PARAMETER}={key(order)}"


def page(order: Any, name: str = "order", **more: Any) -> str:
    """The same for a browser that is in already: nothing secret in the address."""
    mine = f"{'my' if order.user_id else 'guest'}_{name}"
    return reverse(mine, kwargs={"number": order.number, **more})


def url(order: Any, name: str = "order", **more: Any) -> str:
    return settings.BASE_URL + path(order, name, **more)


def let_in(request: HttpRequest, order: Any) -> None:
    """This browser belongs to the guest who ordered."""
    known = [one for one in request.session.get(SESSION, []) if one != order.number]
    request.session[SESSION] = [*known, order.number][-MOST:]


def is_hers(request: HttpRequest, order: Any) -> bool:
    if order.user_id:
        return request.user.pk == order.user_id
    if order.number in request.session.get(SESSION, []):
        return True
    return constant_time_compare(key(order), request.GET.get(PARAMETER, ""))
