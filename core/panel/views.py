"""The pages of the shell itself, and the base of all others."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.forms import BaseForm
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView, TemplateView

from core import text
from core.errors import Refused

from . import registry
from .places import Place, landing_of, own_place, places_of

HITS = 8
LONGEST_QUERY = 100


class PanelView(LoginRequiredMixin, TemplateView):
    """Base of all panel pages: signed in, past the checkpoints, never cached, with the menu.

    404 where its module is off.
    """

    module = ""
    modules: frozenset[str] = frozenset()  # of several: any of them opens it
    right = ""
    passes_checkpoints = False  # True for what has to be reachable also by somebody who says no

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        is_stopped = request.user.is_authenticated and not self.passes_checkpoints
        response = (is_stopped and registry.stopped(request)) or self._answer(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    def _answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """What no field can show, above all that somebody was quicker, is said over the page as it is now."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except Refused as error:
            if request.method != "POST":
                raise
            messages.error(request, str(error.message))
            return redirect(request.get_full_path())

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            request.place = self.place()  # type: ignore[attr-defined]
            if not registry.is_open(request, self):
                raise Http404

    def place(self) -> Place:
        return own_place(self.request)

    def render_to_response(self, context: dict[str, Any], **options: Any) -> Any:
        """A form that comes back with errors was not taken: 422."""
        if any(_is_refused(value) for value in context.values()):
            options.setdefault("status", 422)
        return super().render_to_response(context, **options)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        menu = registry.menu(self.request)
        return super().get_context_data(
            panel_menu=menu,
            panel_bottom=[entry for section in menu for entry in section["entries"] if entry["bottom"]][:4],
            panel_place=self.request.place,  # type: ignore[attr-defined]
            panel_places=places_of(self.request),
            panel_bars=registry.bars_of(self.request),
            **kwargs,
        )


def _is_refused(value: Any) -> bool:
    return isinstance(value, BaseForm) and value.is_bound and bool(value.errors)


class Dashboard(PanelView):
    template_name = "panel/dashboard.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cards = registry.cards_of(self.request)
        return super().get_context_data(
            cards=[item for item in cards if not item.is_aside],
            aside=[item for item in cards if item.is_aside],
            greeting=_greeting(),
            **kwargs,
        )


def _greeting() -> Any:
    hour = timezone.localtime().hour
    if 5 <= hour < 11:
        return _("Good morning")
    return _("Good day") if 11 <= hour < 18 else _("Good evening")


class PanelSearch(PanelView):
    """What the rooms find for a few words, grouped by room."""

    template_name = "panel/search.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET.get("q", "").strip()[:LONGEST_QUERY]
        return super().get_context_data(query=query, groups=self._groups(query), **kwargs)

    def _groups(self, query: str) -> list[tuple[Any, list[registry.Hit]]]:
        if len(query) < 2:
            return []
        sources = [*registry.searches_of(self.request), (_("Pages of your panel"), _menu_hits)]
        found = [(label, list(islice(find(self.request, query), HITS))) for label, find in sources]
        return [(label, hits) for label, hits in found if hits]


def _menu_hits(request: HttpRequest, query: str) -> list[registry.Hit]:
    wanted = text.fold(query)
    links = [link for section in registry.menu(request) for link in section["entries"]]
    return [
        registry.Hit(str(link["label"]), link["url"], icon=link["icon"])
        for link in links
        if wanted in text.fold(str(link["label"]))
    ]


class Landing(LoginRequiredMixin, RedirectView):
    """The first page after signing in: where this person works."""

    def get_redirect_url(self, *args: Any, **kwargs: Any) -> str:
        return landing_of(self.request)


registry.entry(registry.Entry(registry.HOME, _("Today"), "panel", "sun", order=0, bottom=True))
