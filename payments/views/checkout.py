"""The page on which a payment is made, and everything it can say: choose, wait, paid, refused, over."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from core import limits
from core.errors import Refused

from .. import access, clocks, links, queries, services, transfers, ways
from ..forms import Choose
from ..models import Attempt, Payment
from ..orders import buyer_of
from ..providers import registry
from ..services.papers import documents_of
from ..states import WITH_CUSTOMER, AttemptStatus, PaymentStatus

HOUR = 3600
MOST_TRIES = 30  # an hour from one place: whoever tests stolen cards needs more
WAITING = [AttemptStatus.UNKNOWN, AttemptStatus.REVIEW, AttemptStatus.STARTED, AttemptStatus.CREATED]


@method_decorator(never_cache, name="dispatch")
class PaymentView(View):
    """Base: the payment of whoever asks; everybody else finds nothing here."""

    payment: Payment

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        found = access.find(request, kwargs["public_id"])
        if found is None:
            return redirect_to_login(request.get_full_path())
        self.payment = found
        if "anahtar" in request.GET:  # the key does not stay in the address
            access.let_in(request, self.payment)
            return redirect(request.path)
        return super().dispatch(request, *args, **kwargs)


class Checkout(PaymentView):
    def get(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        form = self.form(request.POST)
        if self.payment.status != PaymentStatus.OPEN:
            return redirect(links.path(self.payment))
        if limits.is_over("payments.choose", limits.client(request), most=MOST_TRIES, seconds=HOUR):
            return limits.too_many(request, seconds=HOUR)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            attempt = self.choose(**form.cleaned_data)
        except Refused as error:
            form.add_error(None, error.message)
            return self.show(form, status=422)
        return redirect("payments:page" if attempt.step else "payments:checkout", self.payment.public_id)

    def choose(self, **wish: Any) -> Attempt:
        buyer = buyer_of(self.payment, ip=limits.client(self.request))
        by = self.payment.payer
        return services.choose(payment=self.payment, buyer=buyer, by=by, now=timezone.now(), **wish)

    def form(self, data: Any = None) -> Choose:
        now = timezone.now()
        wallet = queries.balance(self.payment.payer) if self.payment.payer else Decimal(0)
        balance = wallet + self.payment.wallet_amount if self.is_open else Decimal(0)
        offered = ways.of_payment(self.payment, now=now) if self.is_open else []
        return Choose(data, amount=self.payment.amount, ways=offered, balance=balance)

    @property
    def is_open(self) -> bool:
        return self.payment.status == PaymentStatus.OPEN and self.payment.expires_at > timezone.now()

    def show(self, form: Choose, status: int = 200) -> HttpResponse:
        context = {"form": form, **facts(self.payment), "is_open": self.is_open}
        return render(
            self.request, f"payments/{_face(self.payment, self.is_open)}.html", context, status=status
        )


def _face(payment: Payment, is_open: bool) -> str:
    if payment.status == PaymentStatus.PAID:
        return "paid"
    return "checkout" if is_open else "over"


def facts(payment: Payment) -> dict[str, Any]:
    """What every face of the page shows."""
    attempts = list(payment.attempts.order_by("pk"))
    items = list(payment.items.select_related("payee").prefetch_related("payable").order_by("pk"))
    last = attempts[-1] if attempts else None
    return {
        "payment": payment,
        "state": state(payment),
        "items": items,
        "sellers": _by_seller(items),
        "held_until": min((until for item in items if (until := item.thing.held_until())), default=None),
        "waiting": next((one for one in reversed(attempts) if one.status in WAITING), None),
        "transfer": _transfer(attempts),
        "attention": any(one.status == AttemptStatus.ATTENTION for one in attempts),
        "refused": last if last and last.status == AttemptStatus.FAILED else None,
        "documents": documents_of(items),
        "refunds": _refunds(payment),
        "url": items[0].thing.url() if items else "",
    }


def _by_seller(items: list[Any]) -> list[tuple[Any, list[Any]]]:
    groups: dict[Any, list[Any]] = {}
    for item in items:
        groups.setdefault(item.payee, []).append(item)
    return list(groups.items())


def _transfer(attempts: list[Attempt]) -> dict[str, Any] | None:
    found = next((one for one in reversed(attempts) if one.status == AttemptStatus.PENDING_TRANSFER), None)
    return {"attempt": found, "code": transfers.code_of(found)} if found else None


def _refunds(payment: Payment) -> list[tuple[Any, list[clocks.Clock]]]:
    rows = payment.refunds.select_related("item").prefetch_related("parts__attempt", "parts__refund")
    return [(refund, clocks.of(refund)) for refund in rows.order_by("pk")]


class Page(PaymentView):
    """On the way to the provider: its address, its frame, or the account to transfer to."""

    def get(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        attempt = self.payment.attempts.filter(status__in=WITH_CUSTOMER).exclude(step={}).last()
        if attempt is None or self.payment.status != PaymentStatus.OPEN:
            return redirect(links.path(self.payment))
        kind = attempt.step["kind"]
        if kind == "account":
            return redirect(links.path(self.payment))
        context = {**facts(self.payment), "attempt": attempt, "is_frame": kind == "frame"}
        response = render(request, "payments/page.html", context)
        if kind == "frame":
            _allow_frame(response, attempt)
        else:  # the browser goes on by itself; a form that ended elsewhere is refused by our policy
            response["Refresh"] = f"0; url={attempt.step['url']}"
        return response


def _allow_frame(response: HttpResponse, attempt: Attempt) -> None:
    """This one page may show this one provider."""
    provider = registry.find(attempt.provider)
    if provider and provider.frame_origin:
        response._csp_update = {"frame-src": [provider.frame_origin]}  # type: ignore[attr-defined]


class Now(PaymentView):
    """What the waiting page asks every few seconds: has anything changed?"""

    def get(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        return JsonResponse({"state": state(self.payment)})


def state(payment: Payment) -> str:
    """Everything the page depends on, as one word."""
    attempts = payment.attempts.order_by("pk").values_list("status", flat=True)
    return " ".join([payment.status, *attempts])


class AskNow(PaymentView):
    """ "Şimdi sor": for whoever waits in front of the page."""

    def post(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        for attempt in queries.live_attempts(self.payment)[:2]:
            services.take_return(attempt=attempt, now=timezone.now())
        return redirect(links.path(self.payment))
