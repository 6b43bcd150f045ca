"""Reviews: read at the product, written and changed by buyers, answered by sellers, reported by readers."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from oscar.core.loading import get_model

from commerce import after_forms, permissions, review_queries
from commerce.after_access import OwnPage
from commerce.after_errors import AlreadyReviewed
from commerce.catalogue import shown
from commerce.services import reviews
from core import limits
from core.errors import Refused
from teams import modules
from teams.access import BusinessPanelView

Product = get_model("catalogue", "Product")
ProductReview = get_model("reviews", "ProductReview")

PAGE = 10
MOST_REPORTS, DAY = 20, 24 * 3600


class ProductReviews(TemplateView):
    """All of one product, with the order they stand in and what it goes by."""

    template_name = "commerce/after/reviews.html"

    def get(self, request: HttpRequest, product_slug: str, pk: int) -> HttpResponse:
        shown.goods()
        shown.products(pk)
        product = get_object_or_404(Product.objects.browsable(), pk=pk)
        if product.slug != product_slug:
            return redirect("product_reviews", product.slug, product.pk, permanent=True)
        return self.render_to_response(self.get_context_data(product=product))

    def get_context_data(self, product: Any, **kwargs: Any) -> dict[str, Any]:
        sort = self.request.GET.get("sirala", review_queries.SORTS[0][0])
        found = [one for one in review_queries.SORTS if one[0] == sort] or [review_queries.SORTS[0]]
        rows = review_queries.shown(product, found[0][0])
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            product=product,
            page=page,
            spread=review_queries.spread(product),
            sorts=review_queries.SORTS,
            sort=found[0][0],
            sort_reason=found[0][2],
            **kwargs,
        )


class MyReviews(OwnPage):
    """What she wrote, and what she could write about."""

    template_name = "commerce/after/my_reviews.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = review_queries.written_by(self.request.user)
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            page=page, to_write=review_queries.to_write(self.request.user), **kwargs
        )


class WriteReview(OwnPage):
    """New, or what she wrote before. Whoever may not is told why."""

    template_name = "commerce/after/review_form.html"

    @cached_property
    def product(self) -> Any:
        return get_object_or_404(Product.objects.browsable(), pk=self.kwargs["pk"])

    @cached_property
    def review(self) -> Any:
        return ProductReview.objects.filter(user=self.request.user, product=self.product).first()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            is_limited = self._is_limited()
        except Refused as error:
            return self.render_to_response(self.get_context_data(why_not=error.message))
        known = self.review
        initial = {name: getattr(known, name) for name in ("score", "title", "body")} if known else {}
        form = after_forms.Review(initial=initial, is_limited=is_limited)
        return self.render_to_response(self.get_context_data(form=form, is_limited=is_limited))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            is_limited = self._is_limited()
        except Refused as error:
            return self.render_to_response(self.get_context_data(why_not=error.message), status=422)
        form = after_forms.Review(request.POST, is_limited=is_limited)
        if not form.is_valid() or not (row := self._save(form)):
            return self.render_to_response(self.get_context_data(form=form, is_limited=is_limited))
        if row.status == row.APPROVED:
            messages.success(request, _("Thank you. Your review is shown now."))
        else:
            messages.info(request, _("Thank you. A person looks at it within 24 hours, then it is shown."))
        return redirect("my_reviews")

    def _is_limited(self) -> bool:
        if self.review:
            return bool(self.review.is_limited)
        return reviews.ground(user=self.request.user, product=self.product).is_limited

    def _save(self, form: after_forms.Review) -> Any:
        facts = {"score": 0, **form.cleaned_data, "now": timezone.now()}
        try:
            if self.review:
                return reviews.change(review=self.review, **facts)
            return reviews.write(user=self.request.user, product=self.product, **facts)
        except AlreadyReviewed as error:
            form.add_error(None, str(error.message))
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(product=self.product, review=self.review, **kwargs)


class RemoveReview(OwnPage):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        review = get_object_or_404(ProductReview, user=request.user, pk=self.kwargs["pk"])
        reviews.remove(review=review, by=request.user)
        messages.success(request, _("Your review is gone."))
        return redirect("my_reviews")


class ReportReview(LoginRequiredMixin, TemplateView):
    template_name = "commerce/after/report.html"

    @cached_property
    def review(self) -> Any:
        rows = ProductReview.objects.filter(status=ProductReview.APPROVED).select_related("product", "user")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._show(after_forms.Report())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = after_forms.Report(request.POST)
        if not form.is_valid():
            return self._show(form, 422)
        if limits.is_over("reviews.report", str(request.user.pk), most=MOST_REPORTS, seconds=DAY):
            return limits.too_many(request, seconds=DAY)
        try:
            reviews.report(review=self.review, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error.message))
            return self._show(form, 422)
        messages.success(request, _("Thank you. A person looks at it; until then it stays where it is."))
        return redirect(self.back())

    def _show(self, form: after_forms.Report, status: int = 200) -> HttpResponse:
        context = self.get_context_data(form=form, review=self.review, back=self.back())
        return self.render_to_response(context, status=status)

    def back(self) -> str:
        return reverse("product_reviews", args=[self.review.product.slug, self.review.product_id])


class OfReviews(BusinessPanelView):
    module = modules.STORE
    right = permissions.REVIEWS


class SellerReviews(OfReviews):
    template_name = "commerce/seller/reviews.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = review_queries.of_business(self.business)
        is_open = self.request.GET.get("durum") == "cevapsiz"
        page = Paginator(rows.filter(answer="") if is_open else rows, PAGE).get_page(
            self.request.GET.get("page")
        )
        return super().get_context_data(page=page, is_open=is_open, **kwargs)


class AnswerReview(OfReviews):
    template_name = "commerce/seller/answer.html"

    @cached_property
    def review(self) -> Any:
        return get_object_or_404(review_queries.of_business(self.business), pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = after_forms.Answer(initial={"text": self.review.answer})
        return self.render_to_response(self.get_context_data(form=form))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = after_forms.Answer(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        reviews.answer(review=self.review, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Your answer stands under the review."))
        return redirect("seller_reviews", self.business.slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(review=self.review, **kwargs)
