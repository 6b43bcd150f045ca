"""Behind the links of our mails. The link is the key: nobody signs in, and a stranger's is a 404.

Only a press acts. Programs that look at every link of a mail (scanners, previews) read these pages and
change nothing by it.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views import hide
from core.errors import Refused
from core.origin import same_origin

from .. import forms, links, services
from ..models import Subscription
from ..services import subscribing
from . import where

READ_OR_PRESS = ["GET", "HEAD", "POST"]


@never_cache
@same_origin
@require_http_methods(READ_OR_PRESS)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page asks; the press gives the approval."""
    row = subscribing.waiting_for(token, now=timezone.now())
    if row is None:
        return render(request, "newsletter/over.html", status=410)
    if request.method != "POST":
        return render(request, "newsletter/confirm.html", {"row": row, "address": hide(row.email)})
    try:
        row = services.confirm(token=token, where=where.of(request), now=timezone.now())
    except Refused:
        return render(request, "newsletter/over.html", status=410)
    with translation.override(row.locale):
        messages.success(request, _("Confirmed. The next issue comes to you."))
    return redirect(links.preferences_url(row))


@never_cache
@same_origin
@require_http_methods(READ_OR_PRESS)
def preferences(request: HttpRequest, signed: str) -> HttpResponse:
    row = _row(signed, links.PREFERENCES)
    now = timezone.now()
    form = forms.Preferences(request.POST or None, initial={"locale": row.locale, "audiences": row.audiences})
    if request.method == "POST" and row.is_active and form.is_valid():
        at = where.of(request)
        services.change(subscription=row, **form.cleaned_data, where=at, now=now)
        with translation.override(form.cleaned_data["locale"]):
            messages.success(request, _("Saved."))
        row.refresh_from_db()
        return redirect(links.preferences_url(row))
    context = {
        "row": row,
        "form": form,
        "address": hide(row.email),
        "stop": links.sign(row, links.STOP),
        "can_undo": subscribing.can_undo(row, now=now),
    }
    return render(request, "newsletter/preferences.html", context, status=422 if form.errors else 200)


@csrf_exempt
@never_cache
@require_http_methods(READ_OR_PRESS)
def stop(request: HttpRequest, signed: str) -> HttpResponse:
    """One press ends it (RFC 8058). A mail service may send it for its reader, as often as it likes."""
    row, now = _row(signed, links.STOP), timezone.now()
    if request.method == "POST":
        at = where.of(request)
        services.stop(subscription=row, where=at, now=now)
        row.refresh_from_db()
    context = {"row": row, "signed": signed, "can_undo": subscribing.can_undo(row, now=now)}
    return render(request, "newsletter/stop.html", context | {"address": hide(row.email)})


@never_cache
@same_origin
@require_POST
def undo(request: HttpRequest, signed: str) -> HttpResponse:
    row = _row(signed, links.STOP)
    try:
        services.undo_stop(subscription=row, where=where.of(request), now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("newsletter:stop", signed)
    messages.success(request, _("Taken back: the newsletter comes to you again."))
    return redirect(links.preferences_url(row))


def _row(signed: str, use: str) -> Subscription:
    public_id = links.read(signed, use)
    if public_id is None:
        raise Http404
    return get_object_or_404(Subscription, public_id=public_id)
