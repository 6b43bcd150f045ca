"""How lines about courses read in the record of a business and in the history of a booking."""

from django.utils.translation import gettext_lazy as _

from teams.records import tell

from .. import histories
from . import events

tell(events.SAVED, _("Sells “%(name)s” as a course of %(sessions)s."), icon="pencil")
tell(events.ENDED, _("Sells “%(name)s” as single times again."), icon="undo-2")
histories.WORDS |= {events.REST_CANCELLED: _("Rest of the course cancelled")}
