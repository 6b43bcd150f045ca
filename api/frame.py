"""The frame of a front end: its menus and who we are. The home page knows both."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from wagtail.models import Site

from core import offers

from .endpoint import Answer


class Offered(Answer):
    name = ""

    def answer(self, request: HttpRequest, language: str) -> dict[str, Any]:
        site = Site.find_for_request(request)
        if site is None:
            raise Http404
        return {"locale": language, **offers.ask(self.name, site=site, language=language)}


class Menus(Offered):
    name = "menus"


class Settings(Offered):
    name = "settings"
