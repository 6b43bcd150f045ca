"""Doors of the legal section beside its pages: what waits for acceptance, and the choice of cookies."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.generic import TemplateView

from core.origin import same_origin

from . import cookies, queries, services
from .errors import NotInForce
from .models import Version

CONTEXT = "panel"


@method_decorator(never_cache, name="dispatch")
class Accept(LoginRequiredMixin, TemplateView):
    """Each document has its own form with its own empty box; one press accepts one document.

    `next` is where people were going: it travels along until nothing waits any more.
    """

    template_name = "legal/accept.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        way_on = _way_on(request, "")
        return redirect(way_on) if way_on and self._is_done() else super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pending = queries.pending_for(self.request.user)
        asked = zip(queries.papers(new for new, _ in pending.accept), pending.accept, strict=True)
        return super().get_context_data(**kwargs) | {
            "questions": [_question(paper, old) for paper, (_, old) in asked],
            "tell": queries.papers(pending.tell),
            "next": _way_on(self.request, ""),
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        if "seen" in request.POST:
            return self._note_seen()
        version = self._asked()
        if version is None:
            messages.warning(request, NotInForce.message)
            return self._further()
        if request.POST.get("accepted") != "yes":
            return self._ask_again(version)
        services.accept(
            user=request.user, version=version, context=CONTEXT, now=timezone.now(), **_facts(request)
        )
        messages.success(request, _("You have accepted “%(title)s”.") % {"title": version.title})
        return self._further()

    def _note_seen(self) -> HttpResponse:
        """Only what the page has listed, in the version it listed."""
        listed = self.request.POST.getlist("seen")
        for version in queries.pending_for(self.request.user).tell:
            if str(version.pk) in listed:
                services.note_read(
                    user=self.request.user,
                    version=version,
                    context=CONTEXT,
                    now=timezone.now(),
                    **_facts(self.request),
                )
        return self._further()

    def _further(self) -> HttpResponse:
        """To what still waits; when nothing does, to where people were going."""
        way_on = _way_on(self.request, "")
        here = reverse("legal:accept")
        return redirect(way_on if way_on and self._is_done() else here + _carried(way_on))

    def _is_done(self) -> bool:
        return not queries.waiting_for(self.request.user)

    def _asked(self) -> Version | None:
        """Only what still waits for this person can be answered."""
        wanted = self.request.POST.get("version", "")
        pending = queries.pending_for(self.request.user).accept
        return next((new for new, _ in pending if str(new.pk) == wanted), None)

    def _ask_again(self, version: Version) -> HttpResponse:
        return self.render_to_response(self.get_context_data(missing=version.pk), status=422)


def _question(paper: queries.Paper, old: Version | None) -> dict[str, Any]:
    new = paper.version
    touched = [each for each in queries.difference(old, new) if each.kind != "same"] if old else []
    return {"version": new, "url": paper.url, "old": old, "touched": touched}


def _facts(request: HttpRequest) -> dict[str, Any]:
    return {"ip": get_adapter().get_client_ip(request), "locale": get_language() or ""}


def _way_on(request: HttpRequest, fallback: str) -> str:
    """Where the form or the address says people came from, as long as that is one of our pages."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure())
    return wanted if is_ours and wanted.startswith("/") else fallback


def _carried(way_on: str) -> str:
    return f"?{urlencode({'next': way_on})}" if way_on else ""


@same_origin
@require_http_methods(["GET", "HEAD", "POST"])
def cookie_choice(request: HttpRequest) -> HttpResponse:
    """The banner and the page both post here. Whatever is not chosen is refused."""
    if request.method == "POST":
        response: HttpResponse = redirect(_way_on(request, reverse("legal:cookies")))
        cookies.store(request, response, _allowed(request))
        if "next" not in request.POST:
            messages.success(request, _("Your choice is kept."))
        return response
    response = render(request, "legal/cookies.html", _cookie_page(request))
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    return response


def _allowed(request: HttpRequest) -> set[str]:
    answer = request.POST.get("answer")
    if answer == "accept":
        return {str(category) for category in cookies.OPTIONAL}
    return set(request.POST.getlist("allow")) & set(cookies.OPTIONAL) if answer == "chosen" else set()


def _cookie_page(request: HttpRequest) -> dict[str, Any]:
    chosen = cookies.choice(request)
    groups = [
        {
            "category": category,
            "entries": [entry for entry in cookies.REGISTRY if entry.category == category],
            "is_allowed": chosen.allows(category),
            "is_optional": category in cookies.OPTIONAL,
        }
        for category in cookies.Category
    ]
    return {"groups": groups, "chosen": chosen, "document": queries.page_of("cerezler", get_language() or "")}
