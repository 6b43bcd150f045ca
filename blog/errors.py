"""Refusals with a message for people and a code for machines."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class NotAnnounced(Refused):
    code = "not_announced"
    message = _("This post is not a published announcement, so there is nothing to retract.")


class AlreadyRetracted(Refused):
    code = "already_retracted"
    message = _("This announcement has been retracted already. Write a new one instead.")


class NoBlog(Refused):
    code = "no_blog"
    message = _("There is no blog in this language.")
