"""The content API for headless front ends: Wagtail's API v2 and our own addresses under /api/content/v2/.

Public and read-only. The same address gives everyone the same answer, so browsers and CDNs may
keep it for a minute and ask again with its ETag. docs/api/content.md shows each answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from wagtail.api.v2.router import WagtailAPIRouter

from .endpoint import content_view
from .frame import Menus, Settings
from .help_centre import HelpCentre
from .media import Documents, Images
from .pages import Pages
from .preview import PagePreview
from .redirects import Redirects
from .status import Status
from .store import Store


class Router(WagtailAPIRouter):
    def wrap_view(self, func: Callable[..., Any]) -> Callable[..., HttpResponse]:
        return content_view(super().wrap_view(func))

    def get_model_endpoint(self, model: type) -> tuple[str, type] | None:
        """Single answers stand for no model."""
        listed = {name: one for name, one in self._endpoints.items() if one.model}
        return next(((name, one) for name, one in listed.items() if issubclass(model, one.model)), None)


router = Router("content_api")
router.register_endpoint("pages", Pages)
router.register_endpoint("images", Images)
router.register_endpoint("documents", Documents)
router.register_endpoint("faq", HelpCentre)
router.register_endpoint("menus", Menus)
router.register_endpoint("settings", Settings)
router.register_endpoint("redirects", Redirects)
router.register_endpoint("status", Status)
router.register_endpoint("store", Store)
router.register_endpoint("page_preview", PagePreview)
