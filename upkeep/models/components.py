"""The parts of the platform whose state the status page shows."""

from __future__ import annotations

import re

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from .words import Bilingual

PREFIX = re.compile(r"/([a-z0-9-]+/)*\Z")


class Component(Bilingual, models.Model):
    """`prefixes` say which addresses close with it; a part without addresses (mail) only has a state."""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    covers = models.CharField(_("what it covers"), max_length=200)
    covers_en = models.CharField(_("what it covers, in English"), max_length=200, blank=True)
    prefixes = ArrayField(
        models.CharField(max_length=60, validators=[RegexValidator(PREFIX)]),
        verbose_name=_("beginnings of its addresses"),
        default=list,
        blank=True,
        help_text=_("Without the language, such as “/magaza/”; “/” is everything. Separate by commas."),
    )
    place = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    is_shown = models.BooleanField(_("on the status page"), default=True)

    panels = [
        FieldPanel(name)
        for name in ("name", "name_en", "covers", "covers_en", "key", "prefixes", "place", "is_shown")
    ]

    class Meta:
        verbose_name = _("part of the platform")
        verbose_name_plural = _("parts of the platform")
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.said("name")

    @property
    def is_whole(self) -> bool:
        return "/" in self.prefixes

    @property
    def reach(self) -> str:
        return self.said("covers")
