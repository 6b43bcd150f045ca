"""Mends the page tree after wagtail-localize.

It publishes a translated page from a copy it took before the children were added, and so writes
`numchild=0` over the right number; every translated child then answers 404
(wagtail/wagtail-localize issue 773).
"""

from wagtail.models import Page


def recount_children(page: Page) -> None:
    children = Page.objects.filter(path__startswith=page.path, depth=page.depth + 1).count()
    Page.objects.filter(pk=page.pk).exclude(numchild=children).update(numchild=children)
