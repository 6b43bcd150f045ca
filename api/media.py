"""Pictures and documents that public pages use."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from wagtail.api import APIField
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.models import Site

from core import renditions

from . import public
from .endpoint import Endpoint


class SizesField(serializers.Field):
    """`renditions` is a list from small to large, `srcset` the same for an <img>."""

    def get_attribute(self, instance: Any) -> Any:
        return instance

    def to_representation(self, image: Any) -> dict[str, Any]:
        return {name: value for name, value in renditions.picture(image).items() if name != "id"}


class AltField(serializers.Field):
    """What the picture shows, as its editor has described it. Blocks carry words of their own place."""

    def get_attribute(self, instance: Any) -> Any:
        return instance

    def to_representation(self, image: Any) -> str:
        return image.description or image.title


class Images(Endpoint, ImagesAPIViewSet):
    """The file as uploaded is not given out: it can be large and tell where it was taken. Nor are tags,
    the editors' own notes."""

    meta_fields = ["type", "detail_url"]
    listing_default_fields = ["id", "type", "detail_url", "title", "alt", "rendition"]
    nested_default_fields = ["id", "type", "detail_url", "title"]

    @classmethod
    def get_body_fields(cls, model: type) -> list[APIField]:
        ours = [APIField("alt", serializer=AltField()), APIField("rendition", serializer=SizesField())]
        return [*super().get_body_fields(model), *ours]

    def get_queryset(self) -> QuerySet:
        images = public.files(self.model, Site.find_for_request(self.request))
        return images.prefetch_renditions(*renditions.SIZES).order_by("pk")


class Documents(Endpoint, DocumentsAPIViewSet):
    meta_fields = ["type", "detail_url", "download_url"]
    listing_default_fields = ["id", "type", "detail_url", "title", "download_url"]

    def get_queryset(self) -> QuerySet:
        return public.files(self.model, Site.find_for_request(self.request)).order_by("pk")
