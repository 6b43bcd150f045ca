"""What stands between a signed-in person and the page she asks for.

A paused account sees the page of return and nothing else, from its next request on. An account that is
being closed also reaches its data. Staff with dear rights need a second step under /yonetim/, and their
sessions end after 12 hours, or after 3 without a click.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from . import factors
from .states import Status

OFFICE = "/yonetim/"
SEEN = "staff_seen_at"
WAYS_OUT = {"account_return", "account_logout", "set_language"}
DATA = {"account_data", "account_data_file", "account_reauthenticate"}


class AccountGate:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.get_response(request)
        return self._staff(request) or self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponseBase | None:
        """After the address is resolved, before its view: pages are let through by name."""
        if not request.user.is_authenticated or request.user.status == Status.ACTIVE:
            return None
        allowed = WAYS_OUT | DATA if request.user.status == Status.CLOSING else WAYS_OUT
        match = request.resolver_match
        if match and match.url_name in allowed:
            return None
        if request.path_info.startswith("/api/"):
            words = _("This account is paused. Sign in on the website to return.")
            return JsonResponse({"code": "account_suspended", "message": words, "fields": {}}, status=403)
        return redirect("account_return")

    def _staff(self, request: HttpRequest) -> HttpResponseBase | None:
        if not request.path_info.startswith(OFFICE):
            return None
        if _is_over(request):
            logout(request)
            messages.info(request, _("Your shift was long. Sign in again."))
            return redirect_to_login(request.get_full_path())
        if factors.is_demanded(request.user) and not factors.has_second_factor(request.user):
            return factors.ask_for_setup(request)
        return None


def _is_over(request: HttpRequest) -> bool:
    """Counted from signing in and from the last click; the click is noted once a minute at most."""
    now = time.time()
    longest, idle = (hours * 3600 for hours in settings.STAFF_SESSION_HOURS)
    records = get_authentication_records(request, request.user)
    begun = min((record["at"] for record in records), default=now)
    seen = request.session.get(SEEN, now)
    if now - begun > longest or now - seen > idle:
        return True
    if SEEN not in request.session or now - seen > 60:
        request.session[SEEN] = now
    return False
