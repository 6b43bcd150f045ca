"""Messages about a parcel: the seller's page and the buyer's, drawn from one piece."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

from core import limits, panel, uploads
from core.errors import Refused
from teams import modules

from . import order_links, parcel_forms
from .models import Talk, TalkPhoto
from .models.talks import Side
from .parcel_views import ParcelView, SellerView
from .services import talking
from .states import ParcelStatus

SellerOrder = get_model("order", "SellerOrder")
PAGE, HOUR, MOST = 20, 3600, 30
LAST = 100  # messages of a talk on its page


class TalkPage:
    """Mixed into a view that knows `parcel`, `side`, `page_url`, and on that side its `buyer`."""

    request: HttpRequest
    side: Side
    buyer: Any
    shell: str
    template_name = "commerce/talk.html"

    def show(self, **forms: Any) -> HttpResponse:
        talk = Talk.objects.filter(parcel=self.parcel).first()  # type: ignore[attr-defined]
        if talk:
            talking.read(talk=talk, side=self.side)
        context = {"write": parcel_forms.Write(), "report": parcel_forms.Report(), **forms}
        shown = self.get_context_data(  # type: ignore[attr-defined]
            parcel=self.parcel,  # type: ignore[attr-defined]
            talk=talk,
            lines=_last(talk),
            side=self.side,
            address=self.page_url,  # type: ignore[attr-defined]
            is_seller=self.side == Side.SELLER,
            shell=self.shell,
            **context,
        )
        status = 422 if any(form.errors for form in forms.values()) else 200
        return self.render_to_response(shown, status=status)  # type: ignore[attr-defined]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._report() if "report" in request.POST else self._write()

    def _write(self) -> HttpResponse:
        form = parcel_forms.Write(self.request.POST, self.request.FILES)
        if form.is_valid() and self._is_too_much():
            form.add_error(None, _("That were many messages within an hour. Go on in a while."))
        if not form.is_valid():
            return self.show(write=form)
        return self._done(lambda: talking.write(**form.cleaned_data, **self._who()), _("Sent."))

    def _report(self) -> HttpResponse:
        form = parcel_forms.Report(self.request.POST)
        if not form.is_valid():
            return self.show(report=form)
        facts = form.cleaned_data | {"locale": get_language() or "tr"}
        words = _("Support has it, and reads the messages with this parcel.")
        return self._done(lambda: talking.report(**facts, **self._who()), words)

    def _who(self) -> dict[str, Any]:
        parcel: Any = self.parcel  # type: ignore[attr-defined]
        by = self.request.user if self.side == Side.SELLER else self.buyer
        return {"parcel": parcel, "side": self.side, "by": by, "now": timezone.now()}

    def _is_too_much(self) -> bool:
        who = f"{self.parcel.pk} {self.side}"  # type: ignore[attr-defined]
        return limits.is_over("commerce.talk", who, most=MOST, seconds=HOUR)

    def _done(self, act: Any, sentence: str) -> HttpResponse:
        try:
            act()
        except Refused as error:
            messages.error(self.request, str(error.message))
        else:
            messages.success(self.request, sentence)
        return redirect(self.page_url)  # type: ignore[attr-defined]


def _last(talk: Talk | None) -> list[Any]:
    """The newest ones, in the order in which they were written."""
    if talk is None:
        return []
    rows = talk.messages.select_related("author", "photo").order_by("-at", "-pk")
    return list(reversed(rows[:LAST]))


class SellerTalk(TalkPage, ParcelView):
    side = Side.SELLER
    shell = "panel/base.html"

    @property
    def page_url(self) -> str:
        return reverse("parcels:talk", args=[self.business.slug, self.parcel.public_id])


class SellerTalks(SellerView):
    """All of a seller, those with something unread before the others."""

    template_name = "commerce/seller/talks.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Talk.objects.of_business(self.business).select_related("parcel__order__shipping_address")
        page = Paginator(rows.order_by("-last_at", "-pk"), PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, **kwargs)


class SellerPhoto(ParcelView):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:  # type: ignore[override]
        return answer_photo(self.parcel, kwargs["pk"])


class BuyerParcel(panel.PanelView):
    """Base of the buyer's pages of one parcel; a stranger's is 404."""

    module = modules.STORE

    @property
    def buyer(self) -> Any:
        return self.request.user

    @cached_property
    def parcel(self) -> Any:
        rows = SellerOrder.objects.filter(order__user=self.request.user.pk)
        rows = rows.exclude(status=ParcelStatus.UNPAID).select_related("order", "business")
        found = {"order__number": self.kwargs["number"], "position": self.kwargs["position"]}
        return get_object_or_404(rows, **found)


class BuyerTalk(TalkPage, BuyerParcel):
    side = Side.BUYER
    shell = "panel/base.html"

    @property
    def page_url(self) -> str:
        return order_links.page(self.parcel.order, "talk", position=self.parcel.position)


class BuyerPhoto(BuyerParcel):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:  # type: ignore[override]
        return answer_photo(self.parcel, kwargs["pk"])


def answer_photo(parcel: Any, pk: int) -> FileResponse:
    photo = get_object_or_404(TalkPhoto, message__talk__parcel=parcel, pk=pk)
    return uploads.answer(photo.file, name=f"{parcel.number}-{pk}.jpg", content_type=uploads.JPEG)
