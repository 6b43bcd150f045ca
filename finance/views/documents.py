""" "Finans > Belgeler" of a person and of a business: the list, its sums, single files, files of many."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Refused
from core.panel import PanelView
from teams.access import BusinessPanelView

from .. import forms, permissions, queries
from ..documents import bundles, files, mails
from ..models import Bundle, BundleStatus, Document

SHOWN_BUNDLES = 5


class Mine(PanelView):
    """The documents of the person who is signed in."""

    prefix = "my_documents"
    business: Any = None

    @property
    def rows(self) -> QuerySet[Document]:
        return Document.objects.of_person(self.request.user)

    def address(self, name: str = "", **kwargs: Any) -> str:
        return reverse(f"{self.prefix}{name}", kwargs=kwargs)

    @property
    def bundles(self) -> QuerySet[Bundle]:
        open_ones = Bundle.objects.of(self.request.user, self.business)
        return open_ones.filter(expires_at__gt=timezone.now())


class OfBusiness(BusinessPanelView, Mine):
    """What a business issued, and what it got from us; for members with the right."""

    prefix = "business_documents"
    right = permissions.DOCUMENTS

    @property
    def rows(self) -> QuerySet[Document]:
        return Document.objects.of_business(self.business)

    def address(self, name: str = "", **kwargs: Any) -> str:
        return super().address(name, business=self.business.slug, **kwargs)


class ListPage(Mine):
    template_name = "finance/documents.html"

    @cached_property
    def form(self) -> forms.Choice:
        return forms.Choice(self.request.GET or None)

    @cached_property
    def choice(self) -> dict[str, Any]:
        """What the address asks for; a wrong range shows its error over the documents of the year."""
        asked = self.form.cleaned_data if self.form.is_valid() else {}
        period = asked.get("donem") or forms.THIS_YEAR
        first, last = forms.days_of(period, timezone.localdate())
        if period == forms.RANGE:
            first, last = asked["baslangic"], asked["bitis"]
        return {"period": period, "first": first, "last": last, "kind": asked.get("tur", "")}

    def _shown_form(self) -> forms.Choice:
        """With the days that are shown, whatever the address named."""
        if self.form.is_bound and not self.form.is_valid():
            return self.form
        days = {"baslangic": self.choice["first"], "bitis": self.choice["last"]}
        return forms.Choice({**days, "tur": self.choice["kind"], "donem": forms.RANGE})

    @property
    def chosen(self) -> QuerySet[Document]:
        choice = self.choice
        return queries.documents_between(self.rows, choice["first"], choice["last"], choice["kind"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        return super().get_context_data(
            form=self._shown_form(),
            choice=self.choice,
            periods=forms.PERIODS,
            figures=queries.figures(self.chosen, issuer=self.business),
            page=queries.page(self.chosen, after=asked.get("sonra", ""), before=asked.get("once", "")),
            mails_on=mails.is_on(user=self.request.user, business=self.business),
            mails_to=getattr(self.business or self.request.user, "email", ""),
            has_any=self.rows.exists(),
            **_links(self),
            **kwargs,
        )


def _links(view: Mine) -> dict[str, Any]:
    found = list(view.bundles[:SHOWN_BUNDLES])
    return {
        "bundles": found,
        "bundles_open": any(bundle.is_open for bundle in found),
        "urls": {name: view.address(f"_{name}") for name in ("bundle", "bundles", "mails")},
        "list_url": view.address(),
        "download": f"{view.prefix}_file",
        "fetch": f"{view.prefix}_bundle_file",
    }


class FilePage(Mine):
    """One PDF. It is made now when the worker has not come to it yet."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        document = get_object_or_404(self.rows, public_id=kwargs["public_id"])
        content = files.content(document=document, now=timezone.now())
        response = HttpResponse(content, content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{document.file_name}"'
        return response


class BundlePage(Mine):
    """Asks for a file of the documents that were ticked, or of the whole choice."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        back = redirect(f"{self.address()}?{request.POST.get('secim', '')}")
        try:
            made = bundles.ask(by=request.user, business=self.business, now=timezone.now(), **self._wanted())
        except Refused as error:
            messages.error(request, str(error.message))
            return back
        count = made.total
        messages.success(request, _("A file of %(count)d documents is being made.") % {"count": count})
        return back

    def _wanted(self) -> dict[str, Any]:
        asked = self.request.POST
        first, last, kind = _days(asked)
        rows = queries.documents_between(self.rows, first, last, kind)
        if asked.get("hepsi") != "1":
            rows = self.rows.filter(public_id__in=_ids(asked.getlist("belge")))
        form = "pdf" if asked.get("dosya") == "pdf" else "zip"
        return {"documents": rows, "form": form, "name": f"dijivet-{first:%Y%m%d}-{last:%Y%m%d}"}


def _days(asked: Any) -> tuple[date, date, str]:
    form = forms.Choice({**asked.dict(), "donem": forms.RANGE})
    if not form.is_valid():
        raise Http404
    found = form.cleaned_data
    return found["baslangic"], found["bitis"], found["tur"]


def _ids(given: list[str]) -> list[UUID]:
    found = []
    for text in given[:1000]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


class BundlesPart(Mine):
    """The part of the page that changes while files are being made."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return render(request, "finance/_bundles.html", {**_links(self), "business": self.business})


class BundleFile(Mine):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        ready = self.bundles.filter(status=BundleStatus.READY)
        bundle = get_object_or_404(ready, public_id=kwargs["public_id"])
        if not bundle.file.storage.exists(str(bundle.file.name)):
            raise Http404
        return FileResponse(bundle.file.open(), as_attachment=True, filename=bundle.file_name)


class MailsPage(Mine):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        on = request.POST.get("acik") == "1"
        said = _("New documents come by e-mail from now on.") if on else _("No more e-mails of documents.")
        try:
            mails.switch(on=on, user=request.user, business=self.business, now=timezone.now())
        except Refused as error:
            messages.error(request, str(error.message))
        else:
            said = (
                _("New documents come by e-mail from now on.") if on else _("No more e-mails of documents.")
            )
            messages.success(request, said)
        return redirect(self.address())


class BusinessListPage(OfBusiness, ListPage):
    pass


class BusinessFilePage(OfBusiness, FilePage):
    pass


class BusinessBundlePage(OfBusiness, BundlePage):
    pass


class BusinessBundlesPart(OfBusiness, BundlesPart):
    pass


class BusinessBundleFile(OfBusiness, BundleFile):
    pass


class BusinessMailsPage(OfBusiness, MailsPage):
    pass
