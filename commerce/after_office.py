"""In the back office: disputes about returns, and reviews that a person has to look at."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from oscar.core.loading import get_model
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from commerce import after_forms, permissions, review_queries
from commerce.after_access import RETURNS
from commerce.models import ReturnRequest
from commerce.return_states import ReturnStatus
from commerce.return_views import photo_answer
from commerce.services import returning, reviews
from core import waiting
from core.errors import Refused

ProductReview = get_model("reviews", "ProductReview")
PAGE = 30
NEAR = timedelta(days=3)  # before the day of the law, what was never sent is looked at by a person


def disputed() -> Any:
    rows = RETURNS.filter(status=ReturnStatus.REFUSED, disputed_at__isnull=False, decision="")
    return rows.order_by("disputed_at")


def near_the_law() -> Any:
    """Announced, no proof of sending, and the day of the law comes near."""
    until = timezone.localdate() + NEAR
    return RETURNS.filter(status=ReturnStatus.ASKED, refund_by__lte=until).order_by("refund_by")


class OfficeView(PermissionRequiredMixin, TemplateView):
    def done(self, verb: Any, words: Any) -> bool:
        try:
            verb()
        except Refused as error:
            messages.error(self.request, str(error.message))
            return False
        messages.success(self.request, str(words))
        return True


class Returns(OfficeView):
    """Disputes first; everything else by code, number of the order or business."""

    permission_required = permissions.DECIDE_RETURNS
    template_name = "commerce/back_office/returns.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET.get("q", "").strip()[:60]
        found = RETURNS.order_by("-asked_at", "-pk")
        if query:
            number, _dash, place = query.rpartition("-")
            of_parcel = Q(parcel__order__number=query)
            if number and place.isdecimal() and len(place) < 5:
                of_parcel |= Q(parcel__order__number=number, parcel__position=int(place))
            found = found.filter(of_parcel | Q(code=query.upper()) | Q(business__name__icontains=query))
        page = Paginator(found, PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            query=query, page=page, disputed=list(disputed()), near=list(near_the_law()[:PAGE]), **kwargs
        )


class OneReturn(OfficeView):
    permission_required = permissions.DECIDE_RETURNS
    template_name = "commerce/back_office/return.html"

    @cached_property
    def row(self) -> ReturnRequest:
        return get_object_or_404(RETURNS, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.row
        kwargs.setdefault("form", after_forms.Decide())
        may_decide = row.is_disputed and row.status == ReturnStatus.REFUSED
        return super().get_context_data(
            row=row,
            plan=returning.plan_of(row) if may_decide else None,
            may_decide=may_decide,
            photos=[
                (photo, reverse("commerce_return_photo", args=[row.pk, photo.pk]))
                for photo in row.photos.all()
            ],
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = after_forms.Decide(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        facts = {**form.cleaned_data, "by": request.user, "now": timezone.now()}
        self.done(lambda: returning.decide(row=self.row, **facts), _("Decided. Both sides read why."))
        return redirect("commerce_return", self.row.pk)


class ReturnPhoto(PermissionRequiredMixin, View):
    permission_required = permissions.DECIDE_RETURNS

    def get(self, request: HttpRequest, pk: int, photo: int) -> HttpResponse:
        return photo_answer(get_object_or_404(ReturnRequest, pk=pk), photo)


class Reviews(OfficeView):
    """What a machine stopped and what readers reported, the oldest first."""

    permission_required = permissions.CHECK_REVIEWS
    template_name = "commerce/back_office/reviews.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            rows=list(review_queries.to_check()[:PAGE]),
            reports=list(review_queries.reported()[:PAGE]),
            form=after_forms.Check(),
            late=timezone.now() - reviews.CHECK_WITHIN,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = after_forms.Check(request.POST)
        number = request.POST.get("review", "")
        if not form.is_valid() or not number.isdecimal():
            messages.error(request, _("Choose one of the reasons."))
            return redirect("commerce_reviews")
        review = get_object_or_404(ProductReview, pk=number)
        facts = {**form.cleaned_data, "by": request.user, "now": timezone.now()}
        words = _("Not shown; its writer is told why.") if facts["refusal"] else _("Shown.")
        self.done(lambda: reviews.check(review=review, **facts), words)
        return redirect("commerce_reviews")


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [
        path("store/returns/", Returns.as_view(), name="commerce_returns"),
        path("store/returns/<int:pk>/", OneReturn.as_view(), name="commerce_return"),
        path("store/returns/<int:pk>/<int:photo>/", ReturnPhoto.as_view(), name="commerce_return_photo"),
        path("store/reviews/", Reviews.as_view(), name="commerce_reviews"),
    ]


class Guarded(MenuItem):
    def __init__(self, *args: Any, right: str, **kwargs: Any) -> None:
        self.right = right
        super().__init__(*args, **kwargs)

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self.right))


def _item(label: Any, url_name: str, name: str, icon: str, order: int, right: str) -> None:
    @hooks.register("register_admin_menu_item")
    def item() -> MenuItem:
        return Guarded(label, reverse(url_name), name=name, icon_name=icon, order=order, right=right)


_item(gettext_lazy("Returns"), "commerce_returns", "store-returns", "undo", 451, permissions.DECIDE_RETURNS)
_item(gettext_lazy("Reviews"), "commerce_reviews", "store-reviews", "comment", 452, permissions.CHECK_REVIEWS)


@waiting.line(order=30)
def waiting_disputes(request: HttpRequest) -> waiting.Line | None:
    if not request.user.has_perm(permissions.DECIDE_RETURNS):
        return None
    number = disputed().count()
    text = ngettext("%(number)d disputed return to decide", "%(number)d disputed returns to decide", number)
    return waiting.Line(text % {"number": number}, reverse("commerce_returns")) if number else None


@waiting.line(order=31)
def waiting_reviews(request: HttpRequest) -> waiting.Line | None:
    if not request.user.has_perm(permissions.CHECK_REVIEWS):
        return None
    number = review_queries.to_check().count() + review_queries.reported().count()
    text = ngettext("%(number)d review to look at", "%(number)d reviews to look at", number)
    return waiting.Line(text % {"number": number}, reverse("commerce_reviews")) if number else None
