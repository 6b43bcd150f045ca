"""What the home page tells the content API."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Site

from core import offers

from . import navigation
from .models import ContactDetails

CONTACT = ("legal_name", "email", "phone", "address")


@offers.offer("menus")
def menus(*, site: Site, language: str) -> dict[str, Any]:
    return {"main": navigation.main(site, language), "footer": navigation.footer(language)}


@offers.offer("settings")
def site_settings(*, site: Site, language: str) -> dict[str, Any]:
    contact = ContactDetails.objects.filter(site=site).first() or ContactDetails(site=site)
    return {
        "site_name": site.site_name or settings.WAGTAIL_SITE_NAME,
        "tagline": _("Your pet’s booklet, shopping and questions in one place."),
        "base_url": settings.BASE_URL,
        "languages": navigation.languages(site, language),
        "contact": {name: getattr(contact, name) for name in CONTACT},
    }
