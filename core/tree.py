"""Mends the page tree after wagtail-localize.

It publishes a translated page from a copy it took before the children were added, and so writes
`numchild=0` over the right number; every translated child then answers 404
(wagtail/wagtail-localize issue 773).
"""

from django.db import connection
from wagtail.models import Page

RECOUNT = """
    UPDATE wagtailcore_page AS page SET numchild = found.children
    FROM (
        SELECT count(*) AS children FROM wagtailcore_page
        WHERE depth = %(depth)s AND path >= %(path)s AND path < %(path)s || '~'
    ) AS found
    WHERE page.id = %(pk)s AND page.numchild <> found.children
"""


def recount_children(page: Page) -> None:
    with connection.cursor() as cursor:
        cursor.execute(RECOUNT, {"pk": page.pk, "path": page.path, "depth": page.depth + 1})
