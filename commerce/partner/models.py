"""Oscar's partners: sellers, their price tags and their stock."""

from oscar.apps.partner.models import *  # noqa: F403
