"""A stay in the panel of its customer: pictures, another day of leaving."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import money

from ..errors import AmountChanged
from ..kinds import Kind
from ..models import Booking
from ..owner_views import OfMine
from ..states import By
from . import leaving_days, pictures, queries, services
from .errors import AnotherRoom
from .forms import DayForm


class OfMyStay(OfMine):
    """Base: a stay of the person who is signed in."""

    @property
    def stay(self) -> Booking:
        if self.booking.kind != Kind.STAY:
            raise Http404
        return self.booking


class MyPhoto(OfMyStay):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return pictures.answer(self.stay, kwargs["pk"], kwargs["size"])


class MyLeaving(OfMyStay):
    """First a day, then what it costs or gives back; the second press carries the amount that was shown."""

    template_name = "booking/stays/my_leaving.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        days = leaving_days.possible(self.stay, role=By.CUSTOMER, now=timezone.now())
        form = kwargs.get("form") or DayForm(
            self.request.GET if "gun" in self.request.GET else None, days=days
        )
        chosen = form.day if form.is_bound and form.is_valid() else None
        found = {"booking": self.stay, "days": days, "form": form, "chosen": chosen}
        found["asks_first"] = self.stay.offering.on_request
        found["wish"] = queries.wish_of(self.stay)
        return super().get_context_data(**(found | kwargs))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        stay, now = self.stay, timezone.now()
        form = DayForm(request.POST, days=leaving_days.possible(stay, role=By.CUSTOMER, now=now))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        agreed, day = _amount(request.POST.get("agreed", "")), form.day
        facts: dict[str, Any] = {"booking": stay, "day": day.on, "by": request.user, "now": now}
        try:
            messages.success(request, self._change(day, agreed, facts))
        except AnotherRoom as error:
            form.add_error(None, error.message)
            return self.render_to_response(self.get_context_data(form=form), status=422)
        return redirect(stay.url())

    def _change(self, day: leaving_days.Day, agreed: Decimal, facts: dict[str, Any]) -> str:
        when = {"when": date_format(day.on, "j F l")}
        if day.is_earlier:
            made = services.shorten(role=By.CUSTOMER, back=agreed, **facts)
            if made.is_decided:
                return _("Your stay now ends on %(when)s.") % when
            return _("Your stay now ends on %(when)s. You are told how much goes back.") % when
        if self.stay.offering.on_request:
            services.wish(agreed=agreed, **facts)
            return _("Your wish is sent. Until it is answered, all stays as it is.")
        is_fine = "oda" in self.request.POST
        services.extend(role=By.CUSTOMER, agreed=agreed, may_change_room=is_fine, **facts)
        amount = {"amount": money.display(agreed)}
        return _("Your stay now ends on %(when)s. You pay %(amount)s at the place.") % (when | amount)


class TakeBackWish(OfMyStay):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        services.take_back_wish(booking=self.stay, by=request.user, now=timezone.now())
        messages.success(request, _("Your wish is taken back."))
        return redirect(self.stay.url())


def _amount(text: str) -> Decimal:
    """As it stood in the form; another one is asked anew."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise AmountChanged from None
    if not found.is_finite():
        raise AmountChanged
    return found
