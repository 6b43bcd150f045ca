"""What the frame of every page needs: the way to help centre and blog, and to the other languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.translation import get_language, get_language_info, override
from wagtail.models import Page, Site

from blog.models import BlogIndexPage
from core import response_cache
from core.response_cache import facts
from faq.models import FaqIndexPage
from home.models import ContactDetails
from legal import queries as legal
from upkeep import shown as upkeep

from .seo import translations

register = template.Library()

MAX_HOST = 100
CONTACT = ("legal_name", "address", "phone", "phone_digits", "email")


@dataclass(frozen=True)
class Facts:
    """What header and footer show beside the words of their templates."""

    help: str = ""  # where the help centre of this language is; empty while there is none
    blog: str = ""
    documents: tuple[tuple[str, str], ...] = ()  # address and title
    contact: tuple[tuple[str, str], ...] = ()  # how we are reached, once staff have filled it in
    upkeep: str = ""  # what is announced (upkeep.shown)

    @property
    def contact_details(self) -> dict[str, str]:
        return dict(self.contact)


@register.simple_tag(takes_context=True)
def frame_facts(context: template.Context) -> Facts:
    """Read once for each request, and from what is kept for all of them."""
    request = context.get("request")
    if request is None:
        return Facts(**_addresses())
    if not hasattr(request, "_frame_facts"):
        key = f"frame:{get_language()}:{request.META.get('HTTP_HOST', '')[:MAX_HOST]}"
        found = facts.kept(key, {response_cache.FRAME}, lambda: _read(request))
        request._frame_facts = Facts(**{name: _hashable(value) for name, value in found.items()})
    return request._frame_facts


@register.simple_tag(takes_context=True)
def help_url(context: template.Context) -> str:
    return frame_facts(context).help


@register.simple_tag(takes_context=True)
def menu_place(context: template.Context) -> str:
    """The entry of the main menu that this page is."""
    request, known = context.get("request"), frame_facts(context)
    places = {
        reverse("booking_search"): "booking",
        reverse("catalogue:index"): "store",
        known.blog: "blog",
        known.help: "help",
    }
    return places.get(request.path, "") if request else ""


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
        found = {code: _same_address(request, code) for code in others}
    return [
        {"code": code, "url": found.get(code) or translate_url("/", code), **_name(code)} for code in others
    ]


def _same_address(request: HttpRequest, code: str) -> str:
    """As `translate_url`, without finding out again which view the address leads to."""
    match = request.resolver_match
    if match is None:
        return translate_url(request.path, code)
    try:
        with override(code):
            return reverse(match.view_name, args=match.args, kwargs=match.kwargs)
    except NoReverseMatch:
        return request.path


@register.filter
def pieces(basket: Any) -> int:
    """How many lie in this visitor's basket; pages outside of the store's middleware have none."""
    return basket.num_items if basket and basket.id else 0


def _read(request: HttpRequest) -> dict[str, Any]:
    documents = [[page.url, page.title] for page in legal.links(get_language() or "")]
    announced = upkeep.ahead()
    return {**_addresses(), "documents": documents, "contact": _contact(request), "upkeep": announced}


def _addresses() -> dict[str, str]:
    """Where each room's index of this language is; of several of a kind the first one counts."""
    language = get_language() or settings.LANGUAGE_CODE
    pages = Page.objects.live().type(FaqIndexPage, BlogIndexPage).filter(locale__language_code=language)
    found = {page.specific_class: page.url for page in pages.select_related("locale").order_by("-path")}
    return {"help": found.get(FaqIndexPage, ""), "blog": found.get(BlogIndexPage, "")}


def _contact(request: HttpRequest) -> list[list[str]]:
    site = Site.find_for_request(request)
    filled = ContactDetails.objects.exclude(legal_name="", email="", phone="", address="")
    found = filled.filter(site=site).first() if site else None
    return [[name, getattr(found, name)] for name in CONTACT] if found else []


def _hashable(value: Any) -> Any:
    return tuple(tuple(row) for row in value) if isinstance(value, list) else value


def _name(code: str) -> dict[str, str]:
    return {"name": get_language_info(code)["name_local"].capitalize()}
