"""Import and export of goods in the panel of a business."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from commerce import tasks
from commerce.goods_views import OfSeller
from commerce.imports import files, runs, undoing
from commerce.imports.columns import Columns
from commerce.models import Import
from commerce.states import RowStatus
from core.errors import Refused

PAGE = 50
TONES = {RowStatus.NEW: "ok", RowStatus.CHANGED: "info", RowStatus.UNCHANGED: "", RowStatus.REFUSED: "bad"}


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx", "class": "input"}),
        help_text=gettext_lazy("CSV or XLSX, at most 10 MB and 20,000 rows."),
        error_messages={"required": gettext_lazy("Choose a file.")},
        max_length=255,
        allow_empty_file=True,
    )


class Imports(OfSeller):
    """Upload, and the imports of the last month."""

    template_name = "commerce/imports/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.seller.imports.select_related("asked_by")
        page = Paginator(rows, 20).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, **({"form": FileForm()} | kwargs))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.refused(form=form)
        try:
            run = runs.ask(
                partner=self.seller,
                file=form.cleaned_data["file"],
                by=request.user,
                locale=get_language() or "tr",
                now=timezone.now(),
            )
        except Refused as error:
            form.add_error("file", str(error.message))
            return self.refused(form=form)
        tasks.hurry_imports()
        return redirect("business_import", self.business.slug, run.public_id)


class OfImport(OfSeller):
    @cached_property
    def run(self) -> Import:
        rows = self.seller.imports.select_related("asked_by")
        return get_object_or_404(rows, public_id=self.kwargs["public_id"])

    def _facts(self) -> dict[str, Any]:
        now = timezone.now()
        return {
            "run": self.run,
            "counts": runs.counts(self.run),
            "can_undo": undoing.may_be_undone(self.run, now),
            "undo_until": self.run.written_at and self.run.written_at + undoing.TIME,
            "business": self.business,
        }


class OneImport(OfImport):
    """What was read and what it would do; the rows that are refused first."""

    template_name = "commerce/imports/one.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wanted = self.request.GET.get("durum", "")
        rows = self.run.rows.select_related("product")
        rows = rows.filter(status=wanted) if wanted in RowStatus.values else rows
        page = Paginator(rows.order_by("number"), PAGE).get_page(self.request.GET.get("page"))
        columns = Columns()
        for row in page:
            row.tone = TONES[RowStatus(row.status)]
            row.told = [(columns.label(one["column"]), one["text"]) for one in row.errors]
            row.what = ", ".join(columns.label(name) for name in row.changes)
        return super().get_context_data(
            **(self._facts() | {"page": page, "wanted": wanted, "statuses": RowStatus.choices} | kwargs)
        )


class Progress(OfImport):
    """The part of the page that moves while the worker is at it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return render(request, "commerce/imports/_progress.html", self._facts())


class ImportAct(OfImport):
    http_method_names = ["post"]
    act: Any = None
    said: Any = ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            type(self).act(run=self.run, by=request.user, now=timezone.now())
        except Refused as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, self.said)
            tasks.hurry_imports()
        return redirect("business_import", self.business.slug, self.run.public_id)


class Confirm(ImportAct):
    act, said = staticmethod(runs.confirm), gettext_lazy("It is being written. You may leave this page.")


class Drop(ImportAct):
    act, said = staticmethod(runs.drop), gettext_lazy("Dropped. Nothing was written.")


class Undo(ImportAct):
    act, said = staticmethod(runs.take_back), gettext_lazy("It is being taken back.")


class Errors(OfImport):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        name = _("errors of %(name)s") % {"name": self.run.name}
        return FileResponse(
            files.errors(self.run),
            as_attachment=True,
            filename=f"{name}.csv",
            content_type=files.TYPES["csv"],
        )


class Given(OfSeller):
    """A file made now, in the form that the address names."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = self.kwargs["form"]
        if form not in files.TYPES:
            raise Http404
        return FileResponse(
            self.content(form),
            as_attachment=True,
            filename=f"{self.name()}.{form}",
            content_type=files.TYPES[form],
        )

    def content(self, form: str) -> Any:
        raise NotImplementedError

    def name(self) -> str:
        raise NotImplementedError


class Template(Given):
    def content(self, form: str) -> Any:
        return files.template(form)

    def name(self) -> str:
        return _("product template")


class Export(Given):
    def content(self, form: str) -> Any:
        return files.export(self.seller, form)

    def name(self) -> str:
        return _("my products")
