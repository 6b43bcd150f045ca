"""The person's own notices and her wishes. Everything starts from her rows: a stranger's is a 404."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic.edit import FormView

from core.panel import PanelView

from . import forms, kinds, queries, services
from .models import Notice

PAGE_SIZE = 20


class NoticeList(PanelView):
    template_name = "notifications/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        categories = kinds.categories()
        category = next((item for item in categories if item.value == asked.get("kategori")), None)
        unread = asked.get("okunmamis") == "1"
        found = queries.notices_of(self.request.user, category=category or "", unread=unread)
        return super().get_context_data(
            page_obj=Paginator(found, PAGE_SIZE).get_page(asked.get("page")),
            categories=categories,
            category=category,
            only_unread=unread,
            undo=asked.get("geri") if _moment(asked.get("geri")) else "",
            **kwargs,
        )


class OpenNotice(PanelView):
    """Marks it read and leads on. A notice that leads nowhere leads back to the list."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        notice = _mine(request, kwargs["public_id"])
        services.open_notice(notice=notice, now=timezone.now())
        url = notice.link(get_language() or "")
        ours = url_has_allowed_host_and_scheme(url, allowed_hosts=None) and url.startswith("/")
        return redirect(url if ours else "notifications:list")


class _Act(PanelView):
    """A button of the list: does one thing and leads back to the list as it was filtered."""

    http_method_names = ["post"]

    def back(self, **more: str) -> HttpResponse:
        kept = {
            name: self.request.POST[name] for name in ("kategori", "okunmamis") if self.request.POST.get(name)
        }
        query = urlencode(kept | more)
        return redirect(f"{reverse('notifications:list')}{'?' if query else ''}{query}")


class MarkRead(_Act):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        marked = services.mark_read(user=request.user, now=now, notice=_mine(request, kwargs["public_id"]))
        return self.back(**({"geri": now.isoformat()} if marked else {}))


class MarkAllRead(_Act):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        marked = services.mark_read(user=request.user, now=now)
        return self.back(**({"geri": now.isoformat()} if marked else {}))


class Undo(_Act):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        at = _moment(request.POST.get("geri"))
        if at and services.mark_unread(user=request.user, read_at=at):
            messages.success(request, _("Unread again."))
        return self.back()


class Preferences(FormView, PanelView):
    template_name = "notifications/preferences.html"
    form_class = forms.Wishes

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: forms.Wishes) -> HttpResponse:
        services.choose(user=self.request.user, modes=form.modes, **form.hours)
        messages.success(self.request, _("Saved."))
        return redirect("notifications:preferences")


def _mine(request: HttpRequest, public_id: Any) -> Notice:
    return get_object_or_404(Notice.objects.filter(recipient=request.user), public_id=public_id)


def _moment(value: str | None) -> datetime | None:
    """The act to take back, as its address names it."""
    try:
        found = parse_datetime(value or "")
    except ValueError:
        return None
    return found if found and timezone.is_aware(found) else None
