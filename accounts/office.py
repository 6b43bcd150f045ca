"""Our pages of the back office: pausing an account, answering requests about data, the retention plan."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import AdminDateInput

from core import personal_data
from core.errors import Refused

from . import queries, services
from .models import DataRequest, User
from .states import Status


class Pause(forms.Form):
    until = forms.DateField(
        label=gettext_lazy("Paused until"),
        required=False,
        widget=AdminDateInput,
        help_text=gettext_lazy("Until the end of that day. Empty: until its owner comes back."),
    )
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=300)

    def clean_until(self) -> datetime.date | None:
        day = self.cleaned_data["until"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("This day is over."))
        return day


class PauseAccount(PermissionRequiredMixin, FormView):
    """Pause an active account; end the pause of a paused one."""

    permission_required = "accounts.change_user"
    template_name = "accounts/back_office/pause.html"
    form_class = Pause

    @property
    def person(self) -> User:
        return get_object_or_404(User, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.person
        return super().get_context_data(person=person, is_paused=person.status == Status.SUSPENDED, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "return" in request.POST:
            return self._done(lambda: services.return_account(user=self.person, by=request.user))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Pause) -> HttpResponse:
        facts = {"until": _end_of(form.cleaned_data["until"]), "reason": form.cleaned_data["reason"]}
        return self._done(lambda: services.suspend_account(user=self.person, by=self.request.user, **facts))

    def _done(self, verb: Any) -> HttpResponse:
        try:
            verb()
        except Refused as error:
            messages.error(self.request, error.message)
        else:
            messages.success(self.request, _("Saved."))
        return redirect("wagtailusers_users:index")


def _end_of(day: datetime.date | None) -> datetime.datetime | None:
    """Midnight after that day, in our time."""
    if day is None:
        return None
    return timezone.make_aware(datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time.min))


class ClockColumn(Column):
    cell_template_name = "accounts/back_office/clock_cell.html"

    def get_value(self, instance: DataRequest) -> int:
        return instance.days_running(timezone.now())


class DataRequestReport(ReportView):
    """What people asked about their data and nobody has answered, the most urgent first."""

    page_title = gettext_lazy("Requests about personal data")
    header_icon = "user"
    index_url_name = "data_requests"
    index_results_url_name = "data_requests_results"
    default_ordering = "due_at"
    columns = [
        TitleColumn("number", label=gettext_lazy("number"), url_name="data_request"),
        Column("get_kind_display", label=gettext_lazy("asks")),
        Column("user", label=gettext_lazy("who")),
        DateColumn("due_at", label=gettext_lazy("answer due")),
        ClockColumn("clock", label=gettext_lazy("days running")),
    ]

    def get_base_queryset(self) -> QuerySet[DataRequest]:
        return queries.waiting_requests()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_answer(request):
            return redirect("wagtailadmin_home")
        return super().dispatch(request, *args, **kwargs)


class Answer(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Answer"), widget=forms.Textarea(attrs={"rows": 6}), max_length=4000
    )


class AnswerRequest(PermissionRequiredMixin, FormView):
    permission_required = "accounts.change_datarequest"
    template_name = "accounts/back_office/data_request.html"
    form_class = Answer

    @property
    def data_request(self) -> DataRequest:
        return get_object_or_404(DataRequest.objects.select_related("user"), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.data_request
        return super().get_context_data(one=one, days=one.days_running(timezone.now()), **kwargs)

    def form_valid(self, form: Answer) -> HttpResponse:
        facts = {"text": form.cleaned_data["text"], "by": self.request.user, "now": timezone.now()}
        try:
            services.answer_request(request=self.data_request, **facts)
        except Refused as error:
            messages.error(self.request, error.message)
        else:
            messages.success(self.request, _("The answer is on its way."))
        return redirect("data_requests")


class RetentionPlan(PermissionRequiredMixin, TemplateView):
    """Every model with personal data: why, on which ground, how long, and what erasure does with it."""

    permission_required = "accounts.change_datarequest"
    template_name = "accounts/back_office/retention.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(holdings=personal_data.every(), **kwargs)


def may_answer(request: HttpRequest) -> bool:
    return request.user.has_perm("accounts.change_datarequest")
