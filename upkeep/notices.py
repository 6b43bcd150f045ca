"""Kinds of notices. Planned maintenance and unplanned work have words of their own: an unplanned one never
sounds as if it had been announced in time. All go by panel and e-mail and cannot be turned off."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from notifications import kinds
from notifications.categories import Category, Channel

from .states import Event, Kind

BOTH = {Channel.PANEL, Channel.EMAIL}
PROMISE = _("We promise to tell everybody of planned maintenance 48 hours ahead.")

ANNOUNCED, CHANGED = "upkeep.announced", "upkeep.changed"
TOMORROW, SOON = "upkeep.tomorrow", "upkeep.soon"
CANCELLED, ENDED = "upkeep.cancelled", "upkeep.ended"
UNPLANNED = "upkeep.unplanned"
UNPLANNED_TOMORROW, UNPLANNED_SOON = "upkeep.unplanned_tomorrow", "upkeep.unplanned_soon"
UNPLANNED_CHANGED, NO_LONGER_PLANNED = "upkeep.unplanned_changed", "upkeep.no_longer_planned"
UNPLANNED_CANCELLED, UNPLANNED_ENDED = "upkeep.unplanned_cancelled", "upkeep.unplanned_ended"

_REMINDER = (
    _("Reminder of planned maintenance: {title}"),
    _("{when}, time of Türkiye. {parts}: {meanwhile}. {advice}"),
)
_UNPLANNED_REMINDER = (
    _("Unplanned work begins soon: {title}"),
    _("{when}, time of Türkiye. {parts}: {meanwhile}. {advice}"),
)
_WORDS = {
    ANNOUNCED: (
        _("Planned maintenance: {title}"),
        _("{when}, time of Türkiye. {parts}: {meanwhile}. {text} {advice}"),
    ),
    TOMORROW: _REMINDER,
    SOON: _REMINDER,
    CHANGED: (
        _("Planned maintenance has changed: {title}"),
        _("Now {when}, time of Türkiye; before it was {before}. {parts}: {meanwhile}. {text} {advice}"),
    ),
    CANCELLED: (_("Planned maintenance is called off: {title}"), _("It was to be {when}. {reason}")),
    ENDED: (_("Planned maintenance is over: {title}"), _("Since {since} everything works as usual.")),
    UNPLANNED: (
        _("Unplanned work: {title}"),
        _("{when}, time of Türkiye. {parts}: {meanwhile}. {text} We could not tell you earlier. {advice}"),
    ),
    UNPLANNED_TOMORROW: _UNPLANNED_REMINDER,
    UNPLANNED_SOON: _UNPLANNED_REMINDER,
    UNPLANNED_CHANGED: (
        _("Unplanned work has changed: {title}"),
        _("Now {when}, time of Türkiye; before it was {before}. {parts}: {meanwhile}. {text} {advice}"),
    ),
    NO_LONGER_PLANNED: (
        _("Not as we had announced it: {title}"),
        _(
            "We had announced {before}. Now it is {when}, time of Türkiye: unplanned, without 48 hours’ "
            "notice. {parts}: {meanwhile}. {text} {advice}"
        ),
    ),
    UNPLANNED_CANCELLED: (_("Unplanned work is called off: {title}"), _("It was {when}. {reason}")),
    UNPLANNED_ENDED: (_("Unplanned work is over: {title}"), _("Since {since} everything works as usual.")),
}
# For the end of somebody's quiet hours; all others would lose their point.
CAN_WAIT = {TOMORROW, UNPLANNED_TOMORROW, ENDED, UNPLANNED_ENDED}
ICONS = {ENDED: "circle-check", UNPLANNED_ENDED: "circle-check", CANCELLED: "circle-check"}

for _code, (_title, _body) in _WORDS.items():
    kinds.kind(
        _code,
        category=Category.MAINTENANCE,
        icon=ICONS.get(_code, "calendar-clock"),
        title=_title,
        body=_body,
        locked=BOTH,
        why_locked=PROMISE,
        urgent=_code not in CAN_WAIT,
    )

_OF = {
    Kind.PLANNED: {
        Event.ANNOUNCED: ANNOUNCED,
        Event.DAY_AHEAD: TOMORROW,
        Event.HOUR_AHEAD: SOON,
        Event.CHANGED: CHANGED,
        Event.CANCELLED: CANCELLED,
        Event.ENDED: ENDED,
    },
    Kind.EMERGENCY: {
        Event.ANNOUNCED: UNPLANNED,
        Event.DAY_AHEAD: UNPLANNED_TOMORROW,
        Event.HOUR_AHEAD: UNPLANNED_SOON,
        Event.CHANGED: UNPLANNED_CHANGED,
        Event.CANCELLED: UNPLANNED_CANCELLED,
        Event.ENDED: UNPLANNED_ENDED,
    },
}


def kind_of(event: str, *, kind: str, was: str = "") -> str:
    """`was` is the kind before a change: a promise that is taken back is said as such."""
    if event == Event.CHANGED and was == Kind.PLANNED and kind == Kind.EMERGENCY:
        return NO_LONGER_PLANNED
    return _OF[Kind(kind)][Event(event)]
