"""A thread as the people who asked see it: read, write on, solve, rate. Guests and panels share this."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from core import limits, uploads
from core.errors import Refused

from .. import forms, nearest, queries
from ..errors import TooManyLetters
from ..models import Attachment, Rating, Ticket
from ..services import ending, talking

PER_PAGE = 30
HOUR = 3600
MOST_WORDS = 30  # messages an hour on one ticket


def last_page(rows: Any, number: str | None) -> Page:
    """A thread is read from its end: without a number the newest page."""
    pages = Paginator(rows, PER_PAGE)
    return pages.get_page(number or pages.num_pages)


class Talk:
    """Mixed into a view that knows `ticket`, `page_url` and `file_url_name`."""

    ticket: Ticket
    request: HttpRequest

    def talk_context(self) -> dict[str, Any]:
        ticket = self.ticket
        return {
            "ticket": ticket,
            "page": last_page(queries.thread(ticket, internal=False), self.request.GET.get("page")),
            "clinics": self._clinics(),
            "rating": Rating.objects.filter(ticket=ticket).first(),
            "rate": forms.Rate(),
            "address": self.request.path,
        }

    def _clinics(self) -> list[nearest.Clinic]:
        ticket = self.ticket
        if not ticket.is_emergency or not ticket.is_live:
            return []
        return nearest.open_clinics(province=ticket.province, district=ticket.district, now=timezone.now())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.ticket.merged_into:
            return self.to_other(self.ticket.merged_into)
        return self.show(form=forms.Reply())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "solve" in request.POST:
            return self._done(lambda: ending.solve(ticket=self.ticket, **self._who()), _("Marked as solved."))
        if "rate" in request.POST:
            return self._rate()
        return self._write()

    def _who(self) -> dict[str, Any]:
        return {"by": self.request.user, "now": timezone.now()}

    def _write(self) -> HttpResponse:
        form = forms.Reply(self.request.POST, self.request.FILES)
        if form.is_valid() and self._is_too_much():
            form.add_error(None, TooManyLetters.message)
        if not form.is_valid():
            return self.show(form=form)
        facts = form.cleaned_data | self._who()
        return self._done(lambda: talking.write(ticket=self.ticket, **facts), _("Sent."))

    def _is_too_much(self) -> bool:
        return limits.is_over("support.write", self.ticket.reference, most=MOST_WORDS, seconds=HOUR)

    def _rate(self) -> HttpResponse:
        form = forms.Rate(self.request.POST)
        if not form.is_valid():
            return self.show(form=forms.Reply(), rate=form)
        facts = form.cleaned_data | self._who()
        return self._done(lambda: ending.rate(ticket=self.ticket, **facts), _("Thank you."))

    def _done(self, act: Any, sentence: str) -> HttpResponse:
        try:
            act()
        except Refused as error:
            messages.error(self.request, str(error.message))
        else:
            messages.success(self.request, sentence)
        return redirect(self.request.path)

    def show(self, **context: Any) -> HttpResponse:
        raise NotImplementedError

    def to_other(self, ticket: Ticket) -> HttpResponse:
        raise NotImplementedError


def public_file(ticket: Ticket, pk: int) -> Any:
    """A file of this ticket that is not behind an internal note, or 404."""
    rows = Attachment.objects.filter(message__ticket=ticket, message__is_internal=False)
    return answer_file(get_object_or_404(rows, pk=pk))


def answer_file(file: Attachment) -> Any:
    return uploads.answer(file.file, name=file.name, content_type=file.content_type)
