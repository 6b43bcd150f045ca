"""What the pages of both sides share: the look before entering, the press that enters, and the room."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone

from core.errors import Refused

from . import flags, queries, rooms, services, words
from .models import Consultation, Presence
from .states import Side

# The only pages that may ask for camera and microphone.
POLICY = "camera=(self), microphone=(self), geolocation=(), display-capture=()"
TEMPLATE = "booking/consultations/room.html"


class RoomMixin:
    """A page of one side. The press answers scripts in JSON and browsers without script with the page."""

    side: Side
    request: HttpRequest
    room: Consultation

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        response["Permissions-Policy"] = POLICY
        return response

    def form(self, data: Any = None) -> Any:
        """What is asked before entering, or None."""
        return None

    def enter(self, form: Any, resume: UUID | None, now: datetime) -> Presence:
        by: Any = self.request.user
        return services.enter(consultation=self.room, side=self.side, by=by, now=now, resume=resume)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form, now = self.form(request.POST), timezone.now()
        if form is not None and not form.is_valid():
            return self._refused(form, {})
        try:
            presence = self.enter(form, _uuid(request.POST.get("resume", "")), now)
        except Refused as error:
            return self._refused(form, {"code": error.code, "message": str(error.message)})
        return self._in(rooms.of(self.room).way_in(presence, now=now))

    def _in(self, way: dict[str, Any]) -> HttpResponse:
        if self._wants_json():
            return JsonResponse(way)
        return self.render_to_response(self.get_context_data(way=way))  # type: ignore[attr-defined,no-any-return]

    def _refused(self, form: Any, told: dict[str, str]) -> HttpResponse:
        if self._wants_json():
            fields = (
                {name: [str(one) for one in found] for name, found in form.errors.items()} if form else {}
            )
            return JsonResponse({"code": "invalid", "message": ""} | told | {"fields": fields}, status=422)
        context = self.get_context_data(form=form, refused=told.get("message", ""))  # type: ignore[attr-defined]
        return self.render_to_response(context, status=422)  # type: ignore[attr-defined,no-any-return]

    def _wants_json(self) -> bool:
        return "application/json" in self.request.headers.get("Accept", "")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now, room, booking = timezone.now(), self.room, self.room.booking
        inside = queries.inside(room, now)
        own, other = inside.get(self.side), inside.get(self.side.other)
        facts: dict[str, Any] = {
            "room": room,
            "booking": booking,
            "phase": room.phase(now),
            "adapter": rooms.of(room),
            "form": self.form() if "form" not in kwargs else kwargs["form"],
            "animals": ", ".join(item.name for item in booking.items.all()),
            "other": other,
            "mine": own,
            "side": self.side,
            "help": flags.near(booking.customer, booking.location, now=now),
        }
        facts["script"] = self._script(now)
        return super().get_context_data(**(facts | kwargs))  # type: ignore[misc,no-any-return]

    def _script(self, now: datetime) -> dict[str, Any]:
        """What the script has to know. Moments in milliseconds, as browsers count."""
        room, booking = self.room, self.room.booking
        where = {"room": room.public_id, "side": self.side.value}
        moments = {"now": now, "opens": room.opens_at, "starts": booking.starts_at}
        moments |= {"ends": booking.ends_at, "closes": room.closes_at}
        return {
            "exchange": reverse("consultation_exchange", kwargs=where),
            "leave": reverse("consultation_leave", kwargs=where),
            "side": self.side.value,
            "phase": room.phase(now).value,
            "isOurs": rooms.of(room).is_ours,
            "words": words.of_script(),
            **{name: _milliseconds(moment) for name, moment in moments.items()},
        }


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
