"""What was typed in the checkout so far, kept in the session until it is an order."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from finance.documents.parties import Party

from .wishes import Place, Wish

SESSION = "checkout"


def key(request: HttpRequest, basket: Any) -> str:
    """One for each basket, in whatever tab: pressed twice, it is one order."""
    known = request.session.get(SESSION, {})
    if known.get("basket") != basket.pk:
        known = {**known, "basket": basket.pk, "key": uuid.uuid4().hex}
        request.session[SESSION] = known
    return known["key"]


def wish(request: HttpRequest) -> Wish | None:
    known = request.session.get(SESSION, {}).get("wish")
    if known is None:
        return None
    ship_to, invoice_to = Place(**known["ship_to"]), Party(**known["invoice_to"])
    deliveries = {int(pk): way for pk, way in known["deliveries"].items()}
    return Wish(**{**known, "ship_to": ship_to, "invoice_to": invoice_to, "deliveries": deliveries})


def typed(request: HttpRequest) -> Mapping[str, Any]:
    """The fields as they were sent, for whoever goes back."""
    return request.session.get(SESSION, {}).get("typed", {})


def keep(request: HttpRequest, wish: Wish, typed: Mapping[str, Any]) -> None:
    facts = {
        **vars(wish),
        "ship_to": wish.ship_to.facts,
        "invoice_to": wish.invoice_to.facts,
        "deliveries": {str(pk): way for pk, way in wish.deliveries.items()},
    }
    known = request.session.get(SESSION, {})
    request.session[SESSION] = {**known, "wish": facts, "typed": dict(typed)}


def riders(request: HttpRequest) -> list[str]:
    """Codes of what rides along in the payment (`payments.riders`)."""
    return request.session.get(SESSION, {}).get("riders", [])


def ride(request: HttpRequest, code: str) -> None:
    """In, or out when it was in."""
    known = set(riders(request)) ^ {code}
    request.session[SESSION] = {**request.session.get(SESSION, {}), "riders": sorted(known)}


def forget(request: HttpRequest) -> None:
    request.session.pop(SESSION, None)
