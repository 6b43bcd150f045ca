"""The development mailbox in the browser, under /posta/. Only mounted when DEBUG is on."""

from __future__ import annotations

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_update
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dev import replies
from dev.mailbox import Mail, Mailbox
from support.mailbox.maildir import Maildir

PER_PAGE = 25
# Shown in a frame that may do nothing but open its links in a new tab. Mails style inline.
MAIL_POLICY = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "img-src": [SELF, "data:"],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}


@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    box = _mailbox()
    page = Paginator(box.names(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "mails": [box.get(name) for name in page]}
    return render(request, "dev/mailbox.html", context)


@never_cache
@require_safe
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # typed for views without arguments
def mail(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "dev/mail.html", {"mail": _mail(name)})


@never_cache
@require_safe
@csp(MAIL_POLICY)  # type: ignore[arg-type]
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    html = _mail(name).html
    if not html:
        raise Http404
    return HttpResponse('<base target="_blank">' + html)


@require_POST
def answer(request: HttpRequest, name: str) -> HttpResponse:
    """Answer a mail as its reader would: the letter lands in the support mailbox of development."""
    received = _mail(name)
    words = request.POST.get("words", "").strip()
    if not words or not received.message.get("Reply-To"):
        messages.error(request, "This mail takes no answer, or there are no words.")
        return redirect("mail", name)
    Maildir.drop(replies.written(received, words))
    messages.success(request, "Sent; the worker reads it within seconds.")
    return redirect("mail", name)


@require_POST
def empty(request: HttpRequest) -> HttpResponse:
    _mailbox().empty()
    return redirect("mailbox")


def _mailbox() -> Mailbox:
    return Mailbox(settings.VAR / "mail")


def _mail(name: str) -> Mail:
    try:
        return _mailbox().get(name)
    except FileNotFoundError as error:
        raise Http404 from error
