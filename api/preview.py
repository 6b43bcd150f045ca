"""The draft behind a preview token, in the shape that the published page will have."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils import translation
from rest_framework import status
from rest_framework.response import Response
from wagtail.api.v2.utils import BadRequestError

from core import preview

from .endpoint import check_parameters, reader_language, refusal
from .pages import Pages

STATUS = {
    preview.PreviewForged: status.HTTP_403_FORBIDDEN,
    preview.PreviewExpired: status.HTTP_410_GONE,
}


class PagePreview(Pages):
    model = None  # never the endpoint of a model: addresses in answers lead to the published pages

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [path("", cls.as_view({"get": "detail_view"}), name="preview")]

    def detail_view(self, request: HttpRequest) -> Response:
        check_parameters(request, {"token", "fields", "rich_text_format"})
        if not request.GET.get("token"):
            raise BadRequestError("token is missing")
        try:
            return super().detail_view(request, pk=None)
        except tuple(STATUS) as error:
            with translation.override(reader_language(request)):
                return refusal(STATUS[type(error)], error.code, str(error.message))

    def get_object(self) -> Any:
        if not hasattr(self, "_draft"):
            self._draft = preview.read(self.request.GET["token"])
            translation.activate(self._draft.locale.language_code)
        return self._draft

    def finalize_response(
        self, request: HttpRequest, response: Response, *args: Any, **more: Any
    ) -> Response:
        response = super().finalize_response(request, response, *args, **more)
        response["Cache-Control"] = "private, no-store"
        return response
