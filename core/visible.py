"""What everyone may see of the page tree: published, and nothing above it restricted.

Wagtail's `public()` says the same with a query of its own each time; this is part of the query.
"""

from __future__ import annotations

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import PageViewRestriction


def to_everyone(pages: QuerySet) -> QuerySet:
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    closed = PageViewRestriction.objects.alias(here=path).filter(here__startswith=F("page__path"))
    return pages.filter(~Exists(closed), live=True)
