"""How lines about requirements read: in the record of a business and in the history of a booking."""

from django.utils.translation import gettext_lazy as _

from teams.records import tell

from .. import histories
from . import events

tell(events.SAVED, _("Asks for “%(name)s” on arrival."), icon="pencil")
tell(events.RETIRED, _("No longer asks for “%(name)s” on arrival."), icon="ban")
histories.WORDS |= {
    events.FILLED: _("Filled in for the arrival"),
    events.SEEN: _("Seen"),
    events.UNSEEN: _("Tick taken back"),
    events.WAIVED: _("Waived"),
}
