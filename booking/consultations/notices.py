"""Notices about consultations."""

from django.utils.translation import gettext_lazy as _

from notifications import kinds
from notifications.categories import Category, Channel

OPENS_OWNER = "consultations.opens_owner"
OPENS_BUSINESS = "consultations.opens_business"
NOBODY_CAME = "consultations.nobody_came"
SUMMARY = "consultations.summary"
ADDENDUM = "consultations.addendum"

PANEL, BOTH = {Channel.PANEL}, {Channel.PANEL, Channel.EMAIL}


def _kind(code: str, title: object, body: object, **more: object) -> None:
    kinds.kind(code, category=Category.APPOINTMENTS, icon="video", title=title, body=body, **more)  # type: ignore[arg-type]


_soon = {"locked": PANEL, "why_locked": _("Somebody waits for you at this time."), "urgent": True}
_kind(
    OPENS_OWNER,
    _("Your consultation room opens at {opens}"),
    _("{what}, {when}, with {business}. Try camera and microphone before."),
    **_soon,
)
_kind(OPENS_BUSINESS, _("Consultation room opens at {opens}: {what}"), _("{who}, {when}."), **_soon)
_kind(
    NOBODY_CAME,
    _("Nobody of yours came: {what}, {when}"),
    _("{who} waited in the room. The booking is cancelled and all that was paid goes back."),
    locked=PANEL,
    why_locked=_("It is about money of your business."),
)
_record = {"locked": BOTH, "why_locked": _("It is your record of what was advised.")}
_kind(
    SUMMARY,
    _("Summary of your consultation about {animals}"),
    _("{business} wrote it; it stands in the file. Read when to go to a clinic."),
    **_record,
)
_kind(
    ADDENDUM,
    _("{business} added to the summary about {animals}"),
    _("Your consultation of {when}. It stands in the file."),
    **_record,
)
