"""How lines about the calendar read in the record of a business."""

from django.utils.translation import gettext_lazy as _

from teams.records import tell

from . import events

tell(events.OFFERING_SAVED, _("Saved the service “%(name)s”."), icon="pencil")
tell(events.OFFERING_OPENED, _("Opened the service “%(name)s”."), icon="check")
tell(events.OFFERING_CLOSED, _("Closed the service “%(name)s”."), icon="lock")
tell(events.RESOURCE_SAVED, _("Saved “%(name)s” among people and rooms."), icon="pencil")
tell(events.RESOURCE_RETIRED, _("Took “%(name)s” out of use."), icon="ban")
tell(events.SHIFTS_EDITED, _("Changed the hours of “%(name)s”."), icon="clock")
tell(events.ABSENCE_ADDED, _("Blocked time of “%(name)s”."), icon="ban")
tell(events.ABSENCE_REMOVED, _("Freed blocked time of “%(name)s”."), icon="undo-2")
tell(events.FEED_ADDED, _("Began to read a calendar of %(host)s for “%(name)s”."), icon="calendar-check")
tell(events.FEED_REMOVED, _("No longer reads a calendar of %(host)s for “%(name)s”."), icon="calendar-clock")
