"""What everyone may see: the start of every queryset of the content API.

Never depends on who asks. Wagtail's own rule looks into the session (a visitor who has typed the
password of a page is shown it), and a shared cache would hand that answer to everyone.
"""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, CharField, Model, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Collection, CollectionViewRestriction, Page, ReferenceIndex, Site

from core import visible


def pages(site: Site | None) -> QuerySet:
    """Published pages of this site in all languages, without those behind a restriction."""
    if site is None:
        return Page.objects.none()
    roots = site.root_page.get_translations(inclusive=True).values_list("path", flat=True)
    under = reduce(or_, (Q(path__startswith=path) for path in roots))
    return visible.to_everyone(Page.objects.filter(under))


def files(model: type[Model], site: Site | None) -> QuerySet:
    """Pictures or documents that a public page uses and that lie in no restricted collection.

    Being in an open collection is not enough: what editors upload for a draft lies there too. The
    reference index knows the published text of each page, not its drafts.
    """
    restricted = CollectionViewRestriction.objects.values_list("collection__path", flat=True)
    hidden = reduce(or_, (Q(path__startswith=path) for path in restricted), Q(pk__in=[]))
    used = _references(model).filter(object_id__in=pages(site).values(key=Cast("pk", CharField())))
    return model._default_manager.filter(
        pk__in=used.values(key=Cast("to_object_id", BigIntegerField())),
    ).exclude(collection__in=Collection.objects.filter(hidden).values("pk"))


def _references(model: type[Model]) -> QuerySet:
    return ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(model),
    )
