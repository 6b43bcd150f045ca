""" "Siparişler" in the panel of a seller: the list, one parcel, its slip, the terms of shipping."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.states import MoveRefused
from teams import modules
from teams.access import BusinessPanelView

from . import deadlines, parcel_forms, permissions, slips
from . import parcel_queries as queries
from .parcel_steps import steps
from .services import parcels, shipping
from .states import BEFORE_SHIPPING, Word

PAGE = 20
MOST_AT_ONCE = 100


class SellerView(BusinessPanelView):
    module = modules.STORE
    right = permissions.ORDERS


class Parcels(SellerView):
    template_name = "commerce/seller/parcels.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now, get = timezone.now(), self.request.GET
        tab = queries.BY_CODE.get(get.get("sekme", ""), queries.TABS[0])
        words, only_late = get.get("q", "").strip()[:60], "gec" in get
        rows = queries.listed(self.business)
        if words:
            rows = queries.found(rows, words).order_by("-placed_at", "-pk")
        elif only_late:
            rows = rows.filter(queries.late(now)).order_by("ship_by", "pk")
        else:
            rows = rows.filter(status__in=tab.statuses).order_by(*tab.order)
        page = Paginator(rows, PAGE).get_page(get.get("page"))
        counts = queries.counts(self.business, now)
        remains = queries.remains(list(page))
        return super().get_context_data(
            tabs=[(one, counts[one.code]) for one in queries.TABS],
            tab=None if words or only_late else tab,
            page=page,
            rows=[Row(parcel, remains.get(parcel.pk), now) for parcel in page],
            words=words,
            only_late=only_late,
            late=counts["late"],
            number=counts[queries.TABS[0].code],
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Accept what was ticked, each on its own; what changed meanwhile is left out and said."""
        chosen = queries.parcels_of(self.business).filter(public_id__in=ticked(request))
        done = [self._accept(parcel) for parcel in chosen.order_by("pk")[:MOST_AT_ONCE]]
        if not done:
            messages.error(request, _("Tick the parcels first."))
        if taken := sum(done):
            words = ngettext("%(number)d parcel accepted.", "%(number)d parcels accepted.", taken)
            messages.success(request, words % {"number": taken})
        if left := len(done) - sum(done):
            words = ngettext(
                "%(number)d was no longer waiting for you.",
                "%(number)d were no longer waiting for you.",
                left,
            )
            messages.warning(request, words % {"number": left})
        return redirect(request.get_full_path())

    def _accept(self, parcel: Any) -> bool:
        try:
            parcels.accept(parcel=parcel, by=self.request.user, now=timezone.now())
        except MoveRefused:
            return False
        return True


class Row:
    """A parcel as the list shows it."""

    def __init__(self, parcel: Any, remains: Any, now: Any) -> None:
        self.parcel, self.remains = parcel, remains
        self.is_late = parcel.is_late(now)
        talk = getattr(parcel, "talk", None)
        self.unread = talk.unread_by_seller if talk else 0

    @property
    def contents(self) -> str:
        return ", ".join(_pieces(line) for line in self.parcel.lines.all() if line.kept) or "–"


def _pieces(line: Any) -> str:
    return f"{line.title} ×{line.kept}" if line.kept > 1 else str(line.title)


class ParcelView(SellerView):
    """Base of the pages of one parcel; a stranger's is 404."""

    @cached_property
    def parcel(self) -> Any:
        rows = queries.listed(self.business)
        return get_object_or_404(rows, public_id=self.kwargs["public_id"])

    def to_parcel(self) -> HttpResponse:
        return redirect("parcels:parcel", self.business.slug, self.parcel.public_id)


class Parcel(ParcelView):
    template_name = "commerce/seller/parcel.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        parcel, now = self.parcel, timezone.now()
        kwargs.setdefault("ship", self._ship())
        row = Row(parcel, queries.remains([parcel]).get(parcel.pk), now)
        others = [one for one in parcel.order.neighbours if one.pk != parcel.pk]
        return super().get_context_data(
            row=row,
            parcel=parcel,
            others=others,
            steps=steps(parcel),
            address=parcel.order.shipping_address,
            may_cancel=parcel.may_be_cancelled,
            **kwargs,
        )

    def _ship(self, data: Any = None) -> parcel_forms.Ship:
        usual = deadlines.terms_of(self.business).carrier
        known = {"carrier": self.parcel.carrier or usual, "tracking": self.parcel.tracking}
        return parcel_forms.Ship(data, initial=known)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            return self._changed()
        try:
            return act(self) or self.to_parcel()
        except MoveRefused:
            return self._changed()

    def _changed(self) -> HttpResponse:
        """Somebody was quicker, or pressed twice: the page as it is now, and why nothing happened."""
        vars(self).pop("parcel", None)
        return self.render_to_response(self.get_context_data(refusal=MoveRefused.message), status=409)

    def accept(self) -> None:
        parcels.accept(parcel=self.parcel, **self._who())

    def prepare(self) -> None:
        parcels.prepare(parcel=self.parcel, **self._who())

    def pick(self) -> HttpResponse | None:
        lines = [int(pk) for pk in self.request.POST.getlist("line") if pk.isdecimal() and len(pk) < 19]
        parcels.pick(parcel=self.parcel, lines=lines, by=self.request.user)
        return HttpResponse(status=204) if self.request.headers.get("X-Requested-With") == "fetch" else None

    def ship(self) -> HttpResponse | None:
        return self._with_number(parcels.ship, **self._who())

    def correct(self) -> HttpResponse | None:
        return self._with_number(parcels.correct, by=self.request.user)

    def deliver(self) -> None:
        parcels.deliver(parcel=self.parcel, word=Word.SELLER, **self._who())

    def _with_number(self, verb: Callable[..., None], **who: Any) -> HttpResponse | None:
        form = self._ship(self.request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(ship=form))
        verb(parcel=self.parcel, **form.cleaned_data, **who)
        messages.success(self.request, _("The buyer hears of it now."))
        return None

    def _who(self) -> dict[str, Any]:
        return {"by": self.request.user, "now": timezone.now()}


ACTS: dict[str, Callable[[Parcel], HttpResponse | None]] = {
    "accept": Parcel.accept,
    "prepare": Parcel.prepare,
    "pick": Parcel.pick,
    "ship": Parcel.ship,
    "correct": Parcel.correct,
    "deliver": Parcel.deliver,
}


class CancelParcel(ParcelView):
    """With a reason and a page that says what follows."""

    template_name = "commerce/seller/cancel.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.parcel.status not in BEFORE_SHIPPING:
            return self.to_parcel()
        return self.show(parcel_forms.Cancel())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = parcel_forms.Cancel(request.POST)
        if not form.is_valid():
            return self.show(form)
        parcels.cancel(parcel=self.parcel, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Cancelled. The buyer was told and has all the money back."))
        return self.to_parcel()

    def show(self, form: Any) -> HttpResponse:
        left = self.parcel.total - self.parcel.refunded
        return self.render_to_response(self.get_context_data(form=form, parcel=self.parcel, left=left))


class Slip(ParcelView):
    """As a page, to look at and to print from the browser."""

    template_name = "commerce/seller/slip.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(slip=slips.facts(self.parcel), parcel=self.parcel, **kwargs)


class Slips(SellerView):
    """As one PDF: those that were ticked, or all that are to be prepared."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.answer(ticked(request))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.answer(ticked(request))

    def answer(self, public_ids: list[str]) -> HttpResponse:
        found = queries.slips(self.business, public_ids)
        if not found:
            messages.error(self.request, _("There is no slip to print."))
            return redirect("parcels:list", self.business.slug)
        response = HttpResponse(slips.render(found), content_type="application/pdf")
        name = found[0].number if len(found) == 1 else f"{self.business.slug}-fisler"
        response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
        return response


def ticked(request: HttpRequest) -> list[str]:
    """Public numbers of parcels in a form or an address; what is none is left out."""
    sent = request.POST if request.method == "POST" else request.GET
    return [one for one in sent.getlist("koli")[:MOST_AT_ONCE] if _is_public_id(one)]


def _is_public_id(value: str) -> bool:
    try:
        uuid.UUID(value)
    except ValueError:
        return False
    return True


class ShippingTermsView(SellerView):
    template_name = "commerce/seller/terms.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(parcel_forms.Terms(instance=deadlines.terms_of(self.business)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = parcel_forms.Terms(request.POST, instance=deadlines.terms_of(self.business))
        if not form.is_valid():
            return self.show(form)
        shipping.set_terms(business=self.business, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved. It holds for orders from now on."))
        return redirect("parcels:terms", self.business.slug)

    def show(self, form: Any) -> HttpResponse:
        leaves = deadlines.leaves_by(self.business, timezone.now())
        return self.render_to_response(self.get_context_data(form=form, leaves=leaves))
