"""A buyer sends something back: announces it, says that it is on its way, reads where it stands."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from commerce import after_forms, after_links, return_codes, return_rules
from commerce.after_access import RETURNS, GuestPage, OwnPage
from commerce.models import ReturnRequest
from commerce.return_states import ReturnStatus
from commerce.services import returning
from core.errors import Refused
from payments import clocks
from payments.models import RefundPart

PAGE = 20


class SendBackPage:
    """What of a parcel comes back, and why if she wants to say."""

    template_name = "commerce/after/send_back.html"
    request: Any
    parcel: Any
    buyer: Any

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST, request.FILES)
        row = self.announce(form) if form.is_valid() else None
        if row is None:
            return self.show(form)
        messages.success(request, _("Announced. We have confirmed it by e-mail."))
        return redirect(after_links.returned(row))

    def form(self, data: Any = None, files: Any = None) -> after_forms.SendBack:
        options = return_rules.options(self.parcel)
        return after_forms.SendBack(data, files, lines=[(option.line, option.pieces) for option in options])

    def announce(self, form: after_forms.SendBack) -> ReturnRequest | None:
        facts: dict[str, Any] = {name: form.cleaned_data[name] for name in ("ground", "words", "photos")}
        facts |= {"by": self.buyer, "now": timezone.now(), "key": form.cleaned_data["key"].hex}
        try:
            return returning.announce(parcel=self.parcel, pieces=form.pieces(), **facts)
        except Refused as error:
            form.add_error(None, str(error.message))
        return None

    def show(self, form: after_forms.SendBack) -> HttpResponse:
        parcel, now = self.parcel, timezone.now()
        context = self.get_context_data(  # type: ignore[attr-defined]
            form=form,
            parcel=parcel,
            options=return_rules.options(parcel),
            is_open=return_rules.is_open(parcel, now),
            until=return_rules.until(parcel),
            code=return_codes.of(parcel),
            here=after_links.send_back(parcel),
        )
        return self.render_to_response(context)  # type: ignore[attr-defined]


class OwnSendBack(SendBackPage, OwnPage):
    pass


class GuestSendBack(SendBackPage, GuestPage):
    pass


class ReturnPage:
    """Where it stands, with the clock of the refund; what can be done next."""

    template_name = "commerce/after/return.html"
    request: Any
    row: ReturnRequest
    buyer: Any
    forms = {"sent": after_forms.Sent, "dispute": after_forms.Dispute}
    words = {
        "sent": gettext_lazy("Thank you. Your money does not wait for the seller any more."),
        "take_back": gettext_lazy("You keep it. Nothing is sent back and nothing is paid back."),
        "dispute": gettext_lazy("We look at it and write to both of you."),
    }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        step = request.POST.get("step", "")
        if step not in self.words:
            return redirect(after_links.returned(self.row))
        form = self.forms[step](request.POST) if step in self.forms else None
        if form is not None and not form.is_valid():
            return self.show(**{f"{step}_form": form})
        facts: dict[str, Any] = form.cleaned_data if form else {}
        verb: Any = {"sent": returning.send, "take_back": returning.take_back, "dispute": returning.dispute}[
            step
        ]
        verb(row=self.row, by=self.buyer, now=timezone.now(), **facts)
        messages.success(request, str(self.words[step]))
        return redirect(after_links.returned(self.row))

    def show(self, **forms: Any) -> HttpResponse:
        row = self.row
        carrier, delivery = row.parcel.carrier, _delivery(row)
        given = {
            "sent_form": after_forms.Sent(initial={"carrier": getattr(row.parcel, "carrier_label", carrier)})
        }
        given["dispute_form"] = after_forms.Dispute()
        context = self.get_context_data(  # type: ignore[attr-defined]
            row=row,
            parcel=row.parcel,
            lines=list(row.lines.all()),
            delivery=delivery,
            expected=sum((one.amount for one in row.lines.all()), delivery),
            clocks=_clocks(row),
            may_send=row.status in (ReturnStatus.ASKED, ReturnStatus.LAPSED),
            here=after_links.returned(row),
            photos=[(photo, self.photo_url(photo)) for photo in row.photos.all()],
            **{**given, **forms},
        )
        return self.render_to_response(context)  # type: ignore[attr-defined]

    def photo_url(self, photo: Any) -> str:
        return reverse("my_return_photo", args=[self.row.public_id, photo.pk])


def _delivery(row: ReturnRequest) -> Decimal:
    """The first delivery, which goes back where nothing is left with the buyer."""
    if row.status in (ReturnStatus.ASKED, ReturnStatus.SENT, ReturnStatus.ARRIVED):
        return returning.plan_of(row).delivery
    return row.delivery


def _clocks(row: ReturnRequest) -> list[clocks.Clock]:
    if row.refund is None:
        return []
    row.refund._prefetched_objects_cache = {  # type: ignore[attr-defined]
        "parts": RefundPart.objects.filter(refund=row.refund).select_related("attempt", "refund")
    }
    return clocks.of(row.refund)


class OwnReturn(ReturnPage, OwnPage):
    pass


class GuestReturn(ReturnPage, GuestPage):
    def photo_url(self, photo: Any) -> str:
        key = self.request.GET.get("anahtar", "")
        return f"{reverse('guest_return_photo', args=[self.row.public_id, photo.pk])}?anahtar={key}"

    def refused(self, error: Refused) -> Any:
        messages.error(self.request, str(error.message))
        return redirect(after_links.returned(self.row))


class _Photo:
    row: ReturnRequest
    kwargs: dict[str, Any]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return photo_answer(self.row, self.kwargs["pk"])


def photo_answer(row: ReturnRequest, pk: int) -> HttpResponse:
    photo = get_object_or_404(row.photos.all(), pk=pk)
    with photo.file.open("rb") as file:
        answer = HttpResponse(file.read(), content_type="image/jpeg")
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


class OwnPhoto(_Photo, OwnPage):
    pass


class GuestPhoto(_Photo, GuestPage):
    pass


class MyReturns(OwnPage):
    template_name = "commerce/after/returns.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = RETURNS.filter(parcel__order__user=self.request.user).order_by("-asked_at", "-pk")
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, **kwargs)


class AboutReturns(TemplateView):
    """`/iade/`, as the slip in the box says: how it goes, the form of the law, the way to one's parcels."""

    template_name = "commerce/after/about.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            silence=returning.SILENCE.days, evening=returning.EVENING.hour, **kwargs
        )
