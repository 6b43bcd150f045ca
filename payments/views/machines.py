"""Doors for providers' servers, and for browsers that come back from their pages. Neither has a session."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from core import limits

from .. import links, services
from ..models import Attempt
from ..providers.base import Callback

log = logging.getLogger("payments.security")
LARGEST = 64 * 1024


@method_decorator(csrf_exempt, name="dispatch")
class TakeCallback(View):
    """POST of a provider's server. Answered in its words after our commit; never a redirect."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, provider: str) -> HttpResponse:
        body = _body(request)
        if body is None:
            log.warning("message too large", extra={"provider": provider})
            return HttpResponse(status=413)
        headers = {name.lower(): value for name, value in request.headers.items()}
        callback = Callback(headers, body, limits.client(request))
        reply = services.take_callback(provider=provider, callback=callback, now=timezone.now())
        if reply is None:
            return HttpResponse(status=404)
        return HttpResponse(reply.body, status=reply.status, content_type=reply.content_type)


@method_decorator(csrf_exempt, name="dispatch")
class TakeReturn(View):
    """Some providers send the browser back with a POST, where our cookies do not come along.

    Whatever it brings is not believed: we ask the provider, then show what we know.
    """

    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest, public_id: Any, reference: str) -> HttpResponse:
        rows = Attempt.objects.select_related("payment")
        attempt = get_object_or_404(rows, reference=reference, payment__public_id=public_id)
        services.take_return(attempt=attempt, now=timezone.now())
        payment = attempt.payment
        return redirect(links.path(payment) if payment.payer_id else links.guest_path(payment))

    post = get


def _body(request: HttpRequest) -> bytes | None:
    """Read no more than a message may have, whatever its header says."""
    try:
        if int(request.headers.get("Content-Length") or 0) > LARGEST:
            return None
        return request.body
    except (RequestDataTooBig, ValueError):
        return None
