"""Account > Settings > Newsletter: the subscription of the person's own proven address."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.panel_views.base import AccountPage
from core.audiences import Audience

from .. import consent, forms, queries, services
from ..models import Subscription
from ..services import subscribing
from . import where


class Mine(AccountPage):
    template_name = "newsletter/mine.html"
    extra_context = {"tab": "newsletter"}

    @cached_property
    def row(self) -> Subscription | None:
        return queries.subscription_of(self.person)

    @property
    def person(self) -> Any:
        return self.request.user

    @property
    def is_active(self) -> bool:
        return self.row is not None and self.row.is_active

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.row
        chosen = {"locale": row.locale, "audiences": row.audiences} if row else self._usual
        return super().get_context_data(
            **{
                "row": row,
                "form": forms.Preferences(initial=chosen),
                "words": consent.words(self.request.LANGUAGE_CODE),
                "can_undo": row is not None and subscribing.can_undo(row, now=timezone.now()),
            }
            | kwargs
        )

    @property
    def _usual(self) -> dict[str, Any]:
        return {"locale": self.person.locale, "audiences": Audience.values}

    def post(self, request: HttpRequest) -> HttpResponse:
        verb = request.POST.get("do", "")
        if verb == "stop":
            return self._stop()
        if verb == "undo":
            return self._undo()
        form = forms.Preferences(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        return self._change(form) if self.is_active else self._ask(form)

    def _ask(self, form: forms.Preferences) -> HttpResponse:
        at = services.Where(
            source=self.request.path, ip=where.of(self.request).ip, locale=form.cleaned_data["locale"]
        )
        asked = services.ask(
            email=self.person.email,
            audiences=form.cleaned_data["audiences"],
            where=at,
            now=timezone.now(),
            by=self.person,
        )
        if asked:
            messages.success(self.request, _("We sent you a link. Press it and the newsletter begins."))
        else:
            messages.error(
                self.request,
                _("You had three such mails today. Look into your mailbox or try again tomorrow."),
            )
        return self._back()

    def _change(self, form: forms.Preferences) -> HttpResponse:
        services.change(subscription=self._own(), **form.cleaned_data, **self._facts(), by=self.person)
        messages.success(self.request, _("Saved."))
        return self._back()

    def _stop(self) -> HttpResponse:
        if self.row:
            services.stop(subscription=self.row, **self._facts(), by=self.person)
            messages.success(self.request, _("The newsletter has ended for you, from now on."))
        return self._back()

    def _undo(self) -> HttpResponse:
        if self.row:
            services.undo_stop(subscription=self.row, **self._facts())
            messages.success(self.request, _("Taken back: the newsletter comes to you again."))
        return self._back()

    def _own(self) -> Subscription:
        assert self.row is not None  # noqa: S101  (asked before)
        return self.row

    def _facts(self) -> dict[str, Any]:
        return {"where": where.of(self.request), "now": timezone.now()}

    def _back(self) -> HttpResponse:
        return redirect("newsletter:mine")
