"""Who was told of a window and when: the list that proves it, and the same as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import journal, sheets
from notifications.models import Notice
from notifications.states import Status as Delivered
from notifications.states import Why

from .. import events, permissions, queries
from ..models import Round
from .office import OfficeView

PAGE_SIZE = 50
CHUNK = 2000


class Receipts(OfficeView):
    permission_required = permissions.RECEIPTS
    template_name = "upkeep/back_office/receipts.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.window = self.found()
        self.rounds = list(self.window.rounds.select_related("window"))
        self.round = self._round()
        if request.GET.get("export") == "csv" and self.round:
            return self._file(self.round)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            window=self.window,
            rounds=self.rounds,
            round=self.round,
            counts=self._counts(),
            page_obj=self._page(),
            statuses=Delivered.choices,
            **self._asked(),
            **kwargs,
        )

    def _round(self) -> Round | None:
        """The one asked for, or that of the announcement."""
        key = self.request.GET.get("round", "")
        return next((one for one in self.rounds if one.key == key), None) or next(iter(self.rounds), None)

    def _asked(self) -> dict[str, str]:
        status = self.request.GET.get("status", "")
        search = self.request.GET.get("q", "").replace("\0", "").strip()[:100]
        return {"search": search, "status": status if status in Delivered.values else ""}

    def _rows(self) -> Any:
        return queries.receipts(self.round, **self._asked()) if self.round else Notice.objects.none()

    def _page(self) -> Any:
        page = Paginator(self._rows(), PAGE_SIZE).get_page(self.request.GET.get("page"))
        page.object_list = list(page.object_list)
        for row in page.object_list:
            row.has_left, row.mail_words = has_left(row), mail_words(row)
        return page

    def _counts(self) -> list[tuple[Any, int]]:
        found = queries.counts(self.round) if self.round else {}
        return [(status.label, found.get(status.value, 0)) for status in Delivered]

    def _file(self, one: Round) -> StreamingHttpResponse:
        rows = self._rows()
        journal.write(
            events.EXPORTED,
            actor=self.request.user,
            subject=self.window,
            data={"key": one.key, **self._asked()},
        )
        response = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
        name = f"bakim-{self.window.pk}-{one.key}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "no-store"
        return response


HEADINGS = (
    gettext_lazy("name"),
    gettext_lazy("e-mail"),
    gettext_lazy("in the panel"),
    gettext_lazy("read"),
    gettext_lazy("mail"),
    gettext_lazy("state of the mail"),
)


def _lines(rows: Any) -> Iterator[str]:
    cells = (_cells(row) for row in rows.iterator(chunk_size=CHUNK))
    return sheets.written(HEADINGS, cells, delimiter=",")


def _cells(row: Any) -> list[str]:
    return [
        row.recipient.get_full_name(),
        row.recipient.email,
        _moment(row.at),
        _moment(row.read_at),
        _moment(row.mailed_at) if has_left(row) else "",
        mail_words(row),
    ]


def has_left(row: Any) -> bool:
    return row.mail_status in (Delivered.SENT, Delivered.UNKNOWN)


def mail_words(row: Any) -> str:
    """Its state, and why where there is a reason."""
    if not row.mail_status:
        return _("no mail")
    label, why = Delivered(row.mail_status).label, row.mail_error
    reason = Why(why).label if why in Why.values else why
    return f"{label}: {reason}" if reason else str(label)


def _moment(value: Any) -> str:
    return timezone.localtime(value).isoformat(timespec="seconds") if value else ""
