"""Dated figures in the back office, the ones nobody has checked for half a year first to be seen (L-01)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Figure

CHECK_EVERY = timedelta(days=180)


class FigureFilter(WagtailFilterSet):
    stale = django_filters.BooleanFilter(label=_("Not checked for 180 days"), method="only_stale")

    class Meta:
        model = Figure
        fields = ["code"]

    def only_stale(self, rows: QuerySet[Figure], name: str, value: Any) -> QuerySet[Figure]:
        before = timezone.localdate() - CHECK_EVERY
        return rows.filter(checked_on__lt=before) if value else rows


class FigureViewSet(SnippetViewSet):
    model = Figure
    icon = "calendar-check"
    menu_label = _("Figures for pets")
    menu_name = "pet-figures"
    add_to_admin_menu = True
    menu_order = 800
    list_display = ["code", "amount", "day", "unit", "valid_from", "valid_to", "checked_on"]
    filterset_class = FigureFilter
    ordering = ["checked_on", "code"]


register_snippet(FigureViewSet)
