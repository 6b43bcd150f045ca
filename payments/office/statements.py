"""The statement of our bank account: hand it in, and decide about the lines no rule matched."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from core import money
from core.errors import Refused

from .. import matching, transfers
from .. import payout_permissions as permissions
from ..models import Attempt, BankStatementLine, LineState, StatementFile, Wish
from ..models.statements import TO_DO
from ..payout_forms import Upload
from ..providers.base import Method
from ..services import statement_decisions as decisions
from ..services import statements
from .base import OfficeList, OfficeView, may

REASONS = {
    "unknown": gettext_lazy("no reference of ours"),
    "partial": gettext_lazy("less than the payment"),
    "twice": gettext_lazy("this payment is paid already"),
    "not_taken": gettext_lazy("the payment does not take it"),
    "currency": gettext_lazy("another currency"),
    "payout": gettext_lazy("does not fit the payout"),
    "refund": gettext_lazy("does not fit the refund"),
}


class LineFilter(WagtailFilterSet):
    class Meta:
        model = BankStatementLine
        fields = ["state", "file"]


class Lines(OfficeList):
    page_title = gettext_lazy("Bank transfers")
    header_icon = "list-ul"
    index_url_name = "payments_lines"
    index_results_url_name = "payments_lines_results"
    default_ordering = "-booked_on"
    filterset_class = LineFilter
    columns = [
        TitleColumn("text", label=gettext_lazy("text"), url_name="payments_line"),
        Column("amount", label=gettext_lazy("amount"), accessor=lambda row: money.display(row.amount)),
        Column("booked_on", label=gettext_lazy("day")),
        Column("payer", label=gettext_lazy("other side")),
        Column("get_state_display", label=gettext_lazy("state")),
        Column("reason", label=gettext_lazy("why"), accessor=lambda row: REASONS.get(row.reason, "")),
    ]

    @property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse("payments_statement_new")
        return [HeaderButton(label=_("Hand in a statement"), url=url, icon_name="upload")]

    def get_base_queryset(self) -> QuerySet[BankStatementLine]:
        rows = BankStatementLine.objects.order_by("-booked_on", "-pk")
        return rows if {"state", "file"} & self.request.GET.keys() else rows.filter(state__in=TO_DO)


class HandIn(OfficeView):
    template_name = "payments/back_office/statement_new.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        files = StatementFile.objects.select_related("by")[:20]
        return super().get_context_data(**({"form": Upload(), "files": files} | kwargs))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = Upload(request.POST, request.FILES)
        if form.is_valid() and (file := self._read(form)):
            words = _("%(lines)d lines read, %(new)d of them new.")
            messages.success(request, words % {"lines": file.lines_read, "new": file.lines_new})
            return redirect(f"{reverse('payments_lines')}?file={file.pk}")
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _read(self, form: Upload) -> StatementFile | None:
        upload, now = form.cleaned_data["file"], timezone.now()
        try:
            file = statements.read_statement(
                content=upload.read(), name=upload.name, by=self.request.user, now=now
            )
        except Refused as error:
            form.add_error("file", str(error.message))
            return None
        statements.match_new(now=now, limit=200)  # what is more the worker does
        return file


class Line(OfficeView):
    """One line beside the payment it may belong to, with what each step does."""

    template_name = "payments/back_office/line.html"

    @cached_property
    def line(self) -> BankStatementLine:
        rows = BankStatementLine.objects.select_related(
            "file", "attempt__payment__payer", "payout", "part", "asked_by", "decided_by"
        )
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        line, chosen = self.line, self._chosen()
        return super().get_context_data(
            line=line,
            reason=REASONS.get(line.reason, ""),
            chosen=chosen,
            code=transfers.code_of(chosen) if chosen else "",
            suggestions=matching.suggestions(line) if line.state == LineState.OPEN else [],
            parts=decisions.parts_of(line),
            may_agree=line.state == LineState.ASKED and line.asked_by_id != self.request.user.pk,
            query=self.request.GET.get("q", ""),
            **kwargs,
        )

    def _chosen(self) -> Attempt | None:
        """The one it is assigned to, one that was looked for, or the best guess."""
        if self.line.attempt:
            return self.line.attempt
        query = self.request.GET.get("q", "").strip().upper().removeprefix("DV-")[:20]
        rows = Attempt.objects.filter(method=Method.TRANSFER).select_related("payment__payer")
        if query.isalnum() and len(query) >= 4:
            return rows.filter(Q(reference__startswith=query)).first()
        found = matching.suggestions(self.line, most=1) if self.line.state == LineState.OPEN else []
        return found[0].attempt if found else None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        step, note, by, now = (
            request.POST.get("step"),
            request.POST.get("note", ""),
            request.user,
            timezone.now(),
        )
        line = self.line
        if step == "assign":
            attempt = Attempt.objects.filter(pk=_number(request.POST.get("attempt"))).first()
            words = _("A second person has to agree now.")
            self.done(lambda: decisions.ask(line=line, wish=Wish.ASSIGN, by=by, attempt=attempt), words)
        elif step == "return":
            words = _("A second person has to agree now.")
            self.done(lambda: decisions.ask(line=line, wish=Wish.RETURN, by=by), words)
        elif step == "agree":
            self.done(lambda: decisions.agree(line=line, by=by, now=now), _("Done."))
        elif step == "take_back":
            self.done(lambda: decisions.take_back(line=line, by=by), _("Taken back."))
        elif step == "leave":
            self.done(lambda: decisions.leave(line=line, note=note, by=by, now=now), _("Left as it is."))
        return redirect("payments_line", line.pk)


def _number(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 15 else 0


def number_waiting(request: HttpRequest) -> int:
    states = [LineState.OPEN, LineState.ASKED]
    return (
        BankStatementLine.objects.filter(state__in=states).count()
        if may(request, permissions.RECONCILE)
        else 0
    )
