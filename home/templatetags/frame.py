"""What the frame of every page needs: the way to help centre and blog, and to the other languages."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page, Site

from blog.models import BlogIndexPage
from faq.models import FaqIndexPage
from home.models import ContactDetails

from .seo import translations

register = template.Library()


@register.simple_tag(takes_context=True)
def help_url(context: template.Context) -> str:
    """Where the help centre of this language is; empty while there is none."""
    return _addresses(context).get(FaqIndexPage, "")


@register.simple_tag(takes_context=True)
def blog_url(context: template.Context) -> str:
    return _addresses(context).get(BlogIndexPage, "")


@register.simple_tag(takes_context=True)
def contact_details(context: template.Context) -> ContactDetails | None:
    """How we are reached, once staff have filled it in."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    filled = ContactDetails.objects.exclude(legal_name="", email="", phone="", address="")
    return filled.filter(site=site).first() if site else None


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> list[dict[str, Any]]:
    """This page in the other languages; where it has no translation, their home page."""
    request, page = context.get("request"), context.get("page")
    if request is None:
        return []
    others = [code for code, _ in settings.LANGUAGES if code != get_language()]
    if getattr(page, "pk", None) and hasattr(page, "get_translations"):
        found = {version.locale.language_code: version.url for version in translations(page)}
    else:
        found = {code: translate_url(request.path, code) for code in others}
    return [
        {"code": code, "url": found.get(code) or translate_url("/", code), **_name(code)} for code in others
    ]


def _addresses(context: template.Context) -> dict[type, str]:
    """By kind of page: where each room's index of this language is. Asked once for each request."""
    request = context.get("request")
    if request is None:
        return _read_addresses()
    if not hasattr(request, "_addresses"):
        request._addresses = _read_addresses()
    return request._addresses


def _read_addresses() -> dict[type, str]:
    language = get_language() or settings.LANGUAGE_CODE
    pages = Page.objects.live().type(FaqIndexPage, BlogIndexPage).filter(locale__language_code=language)
    found = pages.select_related("locale").order_by("-path")  # of several of a kind the first one stays
    return {page.specific_class: page.url for page in found}


def _name(code: str) -> dict[str, str]:
    return {"name": get_language_info(code)["name_local"].capitalize()}
