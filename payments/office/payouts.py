"""Payouts: the queue, one of them with what can be done, the files for our bank."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from core import journal, money

from .. import earnings
from .. import payout_events as events
from .. import payout_permissions as permissions
from ..models import BankFile, Payout
from ..services import bank_files, payouts, planning
from ..states import PayoutStatus
from .base import OfficeList, OfficeView, may

OPEN = [PayoutStatus.DRAFT, PayoutStatus.APPROVED, PayoutStatus.SENT]


class PayoutFilter(WagtailFilterSet):
    class Meta:
        model = Payout
        fields = ["status", "business"]


class Queue(OfficeList):
    """What waits first, the oldest at the top; all of them by the filter."""

    page_title = gettext_lazy("Payouts")
    header_icon = "upload"
    index_url_name = "payments_payouts"
    index_results_url_name = "payments_payouts_results"
    default_ordering = "requested_at"
    filterset_class = PayoutFilter
    columns = [
        TitleColumn("business", label=gettext_lazy("business"), url_name="payments_payout"),
        Column("amount", label=gettext_lazy("amount"), accessor=lambda row: money.display(row.amount)),
        Column("get_status_display", label=gettext_lazy("state")),
        Column("provider", label=gettext_lazy("way")),
        Column(
            "requested_by",
            label=gettext_lazy("asked by"),
            accessor=lambda row: row.requested_by or _("the plan"),
        ),
        DateColumn("requested_at", label=gettext_lazy("asked for")),
    ]

    @property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse("payments_bank_files")
        return [HeaderButton(label=_("Files for the bank"), url=url, icon_name="download")]

    def get_base_queryset(self) -> QuerySet[Payout]:
        rows = Payout.objects.select_related("business", "requested_by").order_by("requested_at", "pk")
        return rows if {"status", "business"} & self.request.GET.keys() else rows.filter(status__in=OPEN)


class OnePayout(OfficeView):
    """Facts, who asked, what it consists of. Approving asks for the password again."""

    template_name = "payments/back_office/payout.html"
    asks_again = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self._row()
        return super().get_context_data(
            row=row,
            same_account=row.iban == row.business.iban,
            movements=earnings.movements(row, most=50),
            arrives_by=planning.arrives_by(timezone.localdate(row.requested_at)),
            may_approve=may(self.request, permissions.APPROVE),
            by_bank=row.provider == payouts.BY_BANK,
            **kwargs,
        )

    def _row(self) -> Payout:
        rows = Payout.objects.select_related("business", "requested_by", "approved_by", "file")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may(request, permissions.APPROVE):
            return self.handle_no_permission()
        row, note = self._row(), request.POST.get("note", "")
        given: dict[str, Any] = {"payout": row, "by": request.user, "now": timezone.now()}
        step = request.POST.get("step", "")
        if step == "approve":
            self.done(lambda: payouts.approve_payout(**given), _("Approved."))
        elif step == "cancel":
            self.done(
                lambda: payouts.cancel_payout(**given, note=note), _("Called off; it may be asked for anew.")
            )
        elif step in (PayoutStatus.PAID, PayoutStatus.FAILED, PayoutStatus.RETURNED):
            self.done(lambda: payouts.mark(**given, how=step, note=note), _("Written down."))
        return redirect("payments_payout", row.pk)


class BankFiles(OfficeView):
    """What waits for the next file, and the files made so far."""

    template_name = "payments/back_office/bank_files.html"
    permission_required = permissions.APPROVE
    asks_again = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting, returns = bank_files.waiting_payouts(), bank_files.waiting_returns()
        return super().get_context_data(
            waiting=waiting.count(),
            returns=returns.count(),
            total=sum(rows.aggregate(sum=Sum("amount"))["sum"] or 0 for rows in (waiting, returns)),
            files=BankFile.objects.select_related("made_by")[:50],
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        words = _("Made. Download it and give it to the bank; its payouts count as sent.")
        self.done(lambda: bank_files.make_file(by=request.user, now=timezone.now()), words)
        return redirect("payments_bank_files")


class DownloadFile(OfficeView):
    permission_required = permissions.APPROVE

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        file = get_object_or_404(BankFile, pk=kwargs["pk"])
        journal.write(events.FILE_READ, actor=request.user, subject=file)
        answer = HttpResponse(file.body.encode(), content_type="application/xml; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="dijivet-{file.reference}.xml"'
        return answer
