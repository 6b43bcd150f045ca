"""What a signed-in person's own panel may ask: by session, never by a token of somebody else.

Unsafe methods need Django's CSRF token (SessionAuthentication). A module that is off answers 403
`module_disabled`; refusals have the shape {code, message, fields}, as everywhere in our APIs.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import APIException
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import APIView

from commerce import orders
from core import money
from teams import module_states, modules, queries

from .endpoint import reader_language, refusal


class ModuleDisabled(APIException):
    status_code = 403
    default_code = "module_disabled"
    default_detail = _("You have switched this module off.")


class ModuleIsOn(BasePermission):
    """The person has the module named by the view. Stands after IsAuthenticated."""

    def has_permission(self, request: Any, view: Any) -> bool:
        if view.module and view.module not in queries.modules_of_person(request.user):
            raise ModuleDisabled
        return True


class PanelEndpoint(APIView):
    """Base of all addresses of this API."""

    module = ""
    authentication_classes = [SessionAuthentication]
    permission_classes = [IsAuthenticated, ModuleIsOn]
    renderer_classes = [JSONRenderer]

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        translation.activate(reader_language(request))
        super().initial(request, *args, **kwargs)

    def handle_exception(self, exc: Exception) -> Response:
        response = super().handle_exception(exc)
        if not isinstance(exc, APIException):
            return response
        code = exc.get_codes() if isinstance(exc.detail, str) else exc.default_code
        return refusal(response.status_code, str(code), str(exc.detail))

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        final = super().finalize_response(request, response, *args, **kwargs)
        final["Cache-Control"] = "private, no-store"
        return final


class Modules(PanelEndpoint):
    def get(self, request: HttpRequest) -> Response:
        rows = module_states.states(request)
        return Response({"results": [_module(row) for row in rows]})


class Orders(PanelEndpoint):
    module = modules.STORE

    def get(self, request: HttpRequest) -> Response:
        pages = PageNumberPagination()
        pages.page_size = 20
        page = pages.paginate_queryset(orders.orders_of(request.user), request, view=self)
        return pages.get_paginated_response([_order(order) for order in page])


def _module(row: module_states.ModuleState) -> dict[str, Any]:
    name, text = str(row.module.label), str(row.module.text)
    return {"code": row.module.code, "name": name, "text": text, "state": row.state, "url": row.url or None}


def _order(order: Any) -> dict[str, Any]:
    return {
        "number": order.number,
        "placed_at": order.date_placed.isoformat(),
        "total": str(money.lira(order.total_incl_tax)),
        "currency": order.currency,
        "products": order.goods or 0,
        "url": reverse("my_order", args=[order.number]),
    }
