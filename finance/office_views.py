"""Rates in the back office: what holds and what is announced, a new rate in words, one taken back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton

from core.errors import Refused
from core.templatetags.amounts import in_hundred

from . import agreeing, permissions
from . import pricing_forms as forms
from .models import CommissionRate


def may_set_rates(request: HttpRequest) -> bool:
    return request.user.has_perm(permissions.SET_RATES)


class RateFilter(WagtailFilterSet):
    class Meta:
        model = CommissionRate
        fields = ["module", "business"]


class Rates(ReportView):
    """All rates, also what is over: sales point at them."""

    page_title = gettext_lazy("Commission rates")
    header_icon = "decimal"
    index_url_name = "finance_rates"
    index_results_url_name = "finance_rates_results"
    default_ordering = "-valid_from"
    filterset_class = RateFilter
    columns = [
        TitleColumn("get_module_display", label=gettext_lazy("module"), url_name="finance_rate"),
        Column("category", label=gettext_lazy("category")),
        Column("business", label=gettext_lazy("business")),
        Column("percent", label=gettext_lazy("rate"), accessor=lambda row: in_hundred(row.percent)),
        Column("valid_from", label=gettext_lazy("valid from")),
        Column("last_day", label=gettext_lazy("last day")),
    ]

    @property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(label=_("Announce a rate"), url=reverse("finance_rate_new"), icon_name="plus")]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_set_rates(request):
            return redirect("wagtailadmin_home")
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[CommissionRate]:
        return CommissionRate.objects.select_related("business").order_by("-valid_from", "-pk")


class RateView(PermissionRequiredMixin, TemplateView):
    permission_required = permissions.SET_RATES


class NewRate(RateView):
    template_name = "finance/back_office/rate_form.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._answer(forms.RateForm(initial=self._begin()))

    def _begin(self) -> dict[str, Any]:
        """`?of=12`: the next rate of the same scope begins with the figures of this one."""
        asked = self.request.GET.get("of", "")
        row = CommissionRate.objects.filter(pk=asked).first() if asked.isdecimal() else None
        return vars(agreeing.same_terms(row)) | {"valid_from": None} if row else {}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = forms.RateForm(request.POST)
        if form.is_valid() and self._announce(form):
            messages.success(request, _("Announced. Whom it concerns is told."))
            return redirect("finance_rates")
        return self._answer(form, status=422)

    def _announce(self, form: forms.RateForm) -> bool:
        try:
            agreeing.announce(terms=form.terms, by=self.request.user, now=timezone.now())
        except Refused as error:
            form.add_error("valid_from", str(error.message))
        return form.is_valid()

    def _answer(self, form: forms.RateForm, status: int = 200) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(form=form, days=settings.RATE_NOTICE_DAYS), status=status
        )


class Rate(RateView):
    """One rate, what it charged so far, and for one that has not begun the way back."""

    template_name = "finance/back_office/rate.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = get_object_or_404(CommissionRate.objects.select_related("business"), pk=self.kwargs["pk"])
        is_coming = row.valid_from > timezone.localdate()
        return super().get_context_data(
            row=row, is_coming=is_coming, lines=row.lines.filter(of=None).count(), **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row = get_object_or_404(CommissionRate, pk=self.kwargs["pk"])
        try:
            agreeing.take_back(rate=row, by=request.user, now=timezone.now())
        except Refused as error:
            messages.error(request, str(error.message))
            return redirect("finance_rate", row.pk)
        messages.success(request, _("Taken back: it never begins."))
        return redirect("finance_rates")
