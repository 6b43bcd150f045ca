"""What a buyer does with a parcel of hers: say that it is there, or not wait any longer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Refused

from .services import parcels
from .states import Word
from .talk_views import BuyerParcel


class Act:
    """Mixed into a view that knows `parcel` and `buyer` (nobody: a guest)."""

    request: HttpRequest
    parcel: Any
    buyer: Any

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A page that was reloaded: back to the order."""
        return redirect(self.parcel.url())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            messages.success(request, self.act())
        except Refused as error:
            messages.error(request, str(error.message))
        return redirect(self.parcel.url())

    def act(self) -> str:
        raise NotImplementedError


class SayItIsHere(Act):
    def act(self) -> str:
        parcels.deliver(parcel=self.parcel, word=Word.BUYER, by=self.buyer, now=timezone.now())
        return _("Good to know. You may send it back within 14 days.")


class DoNotWait(Act):
    def act(self) -> str:
        parcels.cancel_late(parcel=self.parcel, by=self.buyer, now=timezone.now())
        return _("Cancelled. All your money goes back to where it came from.")


class IHaveIt(SayItIsHere, BuyerParcel):
    pass


class CancelLate(DoNotWait, BuyerParcel):
    pass
