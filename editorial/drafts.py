"""A draft as readers would get it, for a person who may see this one and nothing else."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

from csp.constants import HEADER
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.admin.panels import ObjectList
from wagtail.models import Page, Revision

CHANGED = re.compile(r'<span class="(addition|deletion)">(.*?)</span>', re.DOTALL)
TAGS = {"addition": "<ins>{}</ins>", "deletion": "<del>{}</del>"}
FORWARDED = ("REMOTE_ADDR", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_USER_AGENT")


def rendered(revision: Revision, request: HttpRequest) -> HttpResponse:
    """The page's own preview, asked for by a stranger: no cookie goes in and none comes out, so neither a
    signed-in reader nor a preview of another draft can mix in. May stand in a frame of our own page."""
    page = revision.as_object()
    answer = page.make_preview_request(_stranger(request), page.default_preview_mode)
    html = answer.content.decode(answer.charset).replace("<head>", '<head><base target="_blank">', 1)
    response = HttpResponse(html, status=answer.status_code)
    response[HEADER] = answer.get(HEADER, "").replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    return response


def differences(revision: Revision) -> list[tuple[str, SafeString]] | None:
    """What changes for readers, field by field; None when nothing is published yet."""
    draft = revision.as_object()
    live = Page.objects.filter(pk=draft.pk, live=True).first()
    if live is None:
        return None
    pairs = [comparison(live.specific, draft) for comparison in _comparisons(draft)]
    return [(pair.field_label(), _shown(pair)) for pair in pairs if pair.has_changed()]


def _shown(pair: Any) -> SafeString:
    """With words for what Wagtail only colours. Lists of other pages are named, not spelled out."""
    if not pair.is_field:
        return format_html("{}", _("This list has changed."))
    html = CHANGED.sub(lambda found: TAGS[found[1]].format(found[2]), str(pair.htmldiff()))
    return mark_safe(html)


def _comparisons(page: Any) -> list[Any]:
    """Only the panels of the content: notes for editors and settings are not for outside."""
    panels = ObjectList(type(page).content_panels).bind_to_model(type(page))
    return panels.get_bound_panel(instance=page, request=None, form=None).get_comparison()


def _stranger(request: HttpRequest) -> Any:
    meta = {name: request.META[name] for name in FORWARDED if name in request.META}
    return SimpleNamespace(META=meta, build_absolute_uri=request.build_absolute_uri)
