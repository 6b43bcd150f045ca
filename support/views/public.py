"""What everybody may do without an account: ask, look at the receipt, talk on by a signed link, rate."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import View

from core import limits
from core.errors import Refused
from faq.models import QuestionPage
from faq.search import search

from .. import addresses, forms, nearest
from ..models import Rating, Ticket
from ..services import counting, ending, opening
from ..services.saying import page_url
from ..states import Queue
from .base import Talk, public_file

HOUR, DAY = 3600, 24 * 3600
MOST_FROM_ONE_PLACE = 10
MOST_TO_ONE_ADDRESS = 3
MOST_EMERGENCIES = 30  # from one place; more than that is no household
SUGGESTED = 3


@method_decorator(never_cache, name="dispatch")
class NewTicket(View):
    """Prefilled from the answer (`?soru=`), the empty search (`?q=`) or a queue (`?konu=`)."""

    http_method_names = ["get", "post"]
    template_name = "support/new.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(forms.Open(initial=self._begin(), is_known=self.is_known))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.Open(request.POST, request.FILES, is_known=self.is_known)
        if not form.is_valid():
            return self.show(form, status=422)
        facts = form.facts()
        is_too_often = self._is_too_often(facts)
        if is_too_often and facts["queue"] != Queue.EMERGENCY:
            return limits.too_many(request, seconds=HOUR)
        if is_too_often and self._count("emergency", self._place, MOST_EMERGENCIES):
            return limits.too_many(request, seconds=HOUR)
        return self.opened(self.open(**facts, is_silent=is_too_often))

    @property
    def is_known(self) -> bool:
        return self.request.user.is_authenticated

    @property
    def _place(self) -> str:
        return limits.client(self.request)

    def open(self, **facts: Any) -> Ticket:
        locale = get_language() or "tr"
        return opening.open_ticket(by=self.request.user, locale=locale, now=timezone.now(), **facts)

    def opened(self, ticket: Ticket) -> HttpResponse:
        """A guest proves by mail that the address is hers; until then she sees the receipt only."""
        return (
            redirect("support:receipt", ticket.reference) if ticket.is_guest else redirect(page_url(ticket))
        )

    def show(self, form: forms.Open, status: int = 200) -> HttpResponse:
        context = {"form": form, "suggest": bool(form["subject"].value())}
        return render(self.request, self.template_name, context, status=status)

    def _is_too_often(self, facts: dict[str, Any]) -> bool:
        """Counted for the place it comes from and for the address that would get our mail."""
        if self._count("open", self._place, MOST_FROM_ONE_PLACE):
            return True
        email = facts["guest_email"]
        return bool(email) and self._count("open.to", email, MOST_TO_ONE_ADDRESS)

    def _count(self, action: str, who: str, most: int) -> bool:
        return limits.is_over(f"support.{action}", who, most=most, seconds=HOUR)

    def _begin(self) -> dict[str, Any]:
        asked = self.request.GET
        query = opening.one_line(asked.get("q", ""))[:140]
        queue = asked.get("konu", "")
        start = {"queue": queue if queue in Queue.values else Queue.GENERAL, "subject": query}
        if page := _question(asked.get("soru", "")):
            start |= {"subject": page.title[:140], "source": page.url or ""}
        elif query:
            start["source"] = f"? {query}"
        return start


def _question(pk: str) -> QuestionPage | None:
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 10):
        return None
    return QuestionPage.objects.live().public().filter(pk=pk).first()


@require_safe
@never_cache
def suggest(request: HttpRequest) -> HttpResponse:
    """Answers that may make the ticket needless, as a fragment. Not counted as a search."""
    found = search(request.GET.get("q", "")[:200], language=get_language() or "tr")
    return render(request, "support/_suggestions.html", {"questions": list(found.questions[:SUGGESTED])})


@require_POST
@never_cache
def solved_it(request: HttpRequest, pk: int) -> HttpResponse:
    """ "Bu çözdü": counted once a day for each place, and nobody is named."""
    page = get_object_or_404(QuestionPage.objects.live().public(), pk=pk)
    if limits.is_first("support.solved_it", f"{limits.client(request)} {pk}", seconds=DAY):
        counting.count_solved(page_id=page.pk, now=timezone.now())
    if request.headers.get("X-Requested-With") == "fetch":
        return render(request, "support/_solved_it.html", {"question": page})
    return redirect(page.url)


@require_safe
@never_cache
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """Only what says nothing about anybody: the reference, until when, and help in an emergency."""
    ticket = get_object_or_404(Ticket.objects.filter(forgotten_at=None), reference=reference)
    clinics = []
    if ticket.is_emergency and ticket.is_live:
        facts = {"province": ticket.province, "district": ticket.district}
        clinics = nearest.open_clinics(**facts, now=timezone.now())
    response = render(request, "support/receipt.html", {"ticket": ticket, "clinics": clinics})
    response["X-Robots-Tag"] = "noindex"
    return response


class BySignedLink(View):
    """The link from our mail is the key. It says nothing to other sites (0051 tells why same-origin)."""

    salt = addresses.GUEST

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = addresses.by_token(kwargs["token"], self.salt)
        self.ticket = get_object_or_404(rows.select_related("merged_into", "requester"))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response: Any = super().dispatch(request, *args, **kwargs)
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex"
        return response


@method_decorator(never_cache, name="dispatch")
class GuestTicket(Talk, BySignedLink):
    http_method_names = ["get", "post"]

    def show(self, **context: Any) -> HttpResponse:
        context = self.talk_context() | context
        status = 422 if any(getattr(one, "errors", None) for one in context.values()) else 200
        context["token"] = self.kwargs["token"]
        return render(self.request, "support/guest.html", context, status=status)

    def to_other(self, ticket: Ticket) -> HttpResponse:
        return redirect(addresses.guest_url(ticket))


class GuestFile(BySignedLink):
    def get(self, request: HttpRequest, token: str, pk: int) -> HttpResponse:
        return public_file(self.ticket, pk)


@method_decorator(never_cache, name="dispatch")
class RateTicket(BySignedLink):
    """The rating link of a mail. Opening it rates nothing: programs that look at mails open links, too."""

    http_method_names = ["get", "post"]
    salt = addresses.RATING

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._show(forms.Rate())

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        form = forms.Rate(request.POST)
        if not form.is_valid():
            return self._show(form, 422)
        try:
            ending.rate(ticket=self.ticket, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as error:
            form.add_error(None, error.message)
            return self._show(form, 422)
        return redirect(request.path)

    def _show(self, form: forms.Rate, status: int = 200) -> HttpResponse:
        ticket = self.ticket.merged_into or self.ticket
        context = {"form": form, "ticket": ticket, "rating": Rating.objects.filter(ticket=ticket).first()}
        return render(self.request, "support/rate.html", context, status=status)
