"""A parcel of whoever bought without an account: the same pages and acts, by the link of the order."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.utils.functional import cached_property

from . import order_links
from .buyer_views import DoNotWait, SayItIsHere
from .models.talks import Side
from .panel_views import OfGuest
from .states import ParcelStatus
from .talk_views import TalkPage, answer_photo


class GuestParcel(OfGuest):
    """Base: 404 for whoever has not got the link, and before it is paid."""

    buyer = None

    @cached_property
    def parcel(self) -> Any:
        own = (one for one in self.order.parcels.all() if one.status != ParcelStatus.UNPAID)
        found = next((one for one in own if one.position == self.kwargs["position"]), None)
        if found is None:
            raise Http404
        return found


class GuestHasIt(SayItIsHere, GuestParcel):
    pass


class GuestDoesNotWait(DoNotWait, GuestParcel):
    pass


class GuestTalk(TalkPage, GuestParcel):
    side = Side.BUYER

    @property
    def page_url(self) -> str:
        return order_links.page(self.order, "talk", position=self.parcel.position)


class GuestTalkPhoto(GuestParcel):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:  # type: ignore[override]
        return answer_photo(self.parcel, kwargs["pk"])
