"""“Was this helpful?” under an answer: as a form of its own, and in place where scripts run.

Both ways go through the same addresses; the script asks for the fragment only. Pages that carry the
form stay free of cookies, so it is guarded by its origin instead of a token (core.origin).
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import View

from core import limits
from core.errors import Refused
from core.origin import same_origin

from .. import forms, services, visitors
from ..models import QuestionPage

HOUR = 3600
MOST_VOTES = 60  # an hour from one address; a school or a clinic shares one


@method_decorator([never_cache, same_origin], name="dispatch")
class VoteView(View):
    """GET asks for the reason of a "no"; POST takes the vote, or the reason where it carries none."""

    http_method_names = ["get", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.page = get_object_or_404(
            QuestionPage.objects.live().public().select_related("locale"), pk=kwargs["pk"]
        )
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show("reasons", form=forms.Explanation(auto_id="vote_%s"))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if limits.is_over("faq.vote", limits.client(request), most=MOST_VOTES, seconds=HOUR):
            return limits.too_many(request, seconds=HOUR)
        try:
            return self._vote() if "helpful" in request.POST else self._explain()
        except Refused as refusal:
            return self._show("done", 409, refusal=refusal.message)

    def _vote(self) -> HttpResponse:
        form = forms.Vote(self.request.POST)
        if not form.is_valid():
            return self._show("buttons", 400)
        visitor, number = visitors.greet(self.request)
        feedback = services.vote(page=self.page, visitor=visitor, now=timezone.now(), **form.cleaned_data)
        response = self._thank(helpful=True) if feedback.helpful else self._ask()
        visitors.remember(response, number)
        return response

    def _explain(self) -> HttpResponse:
        form = forms.Explanation(self.request.POST, auto_id="vote_%s")
        if not form.is_valid():
            return self._show("reasons", 400, form=form)
        services.explain(
            page=self.page, visitor=visitors.known(self.request), now=timezone.now(), **form.cleaned_data
        )
        return self._thank(helpful=False)

    def _ask(self) -> HttpResponse:
        if self._is_in_place:
            return self._show("reasons", form=forms.Explanation(auto_id="vote_%s"))
        return redirect(self.request.path)

    def _thank(self, *, helpful: bool) -> HttpResponse:
        return self._show("done", helpful=helpful)

    def _show(self, part: str, status: int = 200, **context: Any) -> HttpResponse:
        template = f"faq/_vote_{part}.html" if self._is_in_place else "faq/vote.html"
        context |= {"question": self.page, "part": f"faq/_vote_{part}.html"}
        return render(self.request, template, context, status=status)

    @property
    def _is_in_place(self) -> bool:
        return self.request.headers.get("X-Requested-With") == "fetch"


vote = VoteView.as_view()
