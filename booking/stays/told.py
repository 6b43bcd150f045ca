"""How lines about stays read in the history of a booking."""

from django.utils.translation import gettext_lazy as _

from .. import histories
from . import events

histories.WORDS |= {
    events.REPORTED: _("Report of the day written"),
    events.REPORT_EDITED: _("Report of the day changed"),
    events.SHORTENED: _("Leaves earlier"),
    events.EXTENDED: _("Stays longer"),
    events.WISHED: _("Would like to stay longer"),
    events.WISH_TAKEN_BACK: _("Wish to stay longer taken back"),
    events.WISH_DECLINED: _("Wish to stay longer declined"),
    events.GAVE_BACK: _("Decided what goes back of unused nights"),
}
