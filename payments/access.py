"""Who may see a payment: its payer; a guest who came by our link or started it in this browser."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from . import links
from .models import Payment

SESSION = "payments"
MOST = 20  # remembered in one browser


def let_in(request: HttpRequest, payment: Payment) -> None:
    """This browser belongs to the guest who pays it."""
    known = [*request.session.get(SESSION, []), str(payment.public_id)]
    request.session[SESSION] = known[-MOST:]


def find(request: HttpRequest, public_id: Any) -> Payment | None:
    """Raises Http404 for strangers, whether it exists or not. None: a member's, and she has to sign in."""
    payment = Payment.objects.filter(public_id=public_id).select_related("payer").first()
    if payment and payment.payer_id and not request.user.is_authenticated:
        return None
    if payment is None or not _may_see(request, payment):
        raise Http404
    return payment


def _may_see(request: HttpRequest, payment: Payment) -> bool:
    if payment.payer_id:
        return request.user.pk == payment.payer_id
    if str(payment.public_id) in request.session.get(SESSION, []):
        return True
    return links.is_key(payment, request.GET.get("anahtar", ""))
