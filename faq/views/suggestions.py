"""The question form ("your question is not here?") and the receipt that anybody with the reference sees."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import View

from core import limits
from core.origin import same_origin

from .. import forms, queries, services
from ..models import Suggestion

HOUR = 3600
MOST_FROM_ONE_PLACE = 10
MOST_TO_ONE_ADDRESS = 3


@method_decorator([never_cache, same_origin], name="dispatch")
class SuggestView(View):
    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(forms.blank_question(query=request.GET.get("q", "")))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.Question(request.POST, auto_id="ask_%s")
        if not form.is_valid():
            return self._show(form.renewed(), status=422)
        if self._is_too_often(form.cleaned_data["email"]):
            return limits.too_many(request, seconds=HOUR)
        suggestion = self._take(form.cleaned_data)
        return redirect("faq:suggestion", suggestion.reference)

    def _take(self, data: dict[str, Any]) -> Suggestion:
        return services.suggest(
            words=data["text"],
            email=data["email"],
            source=data["source"],
            query=data["query"],
            asker=self.request.user,
            locale=get_language() or "",
            now=timezone.now(),
        )

    def _is_too_often(self, email: str) -> bool:
        """Counted for the place it comes from, and for the address that would get our mail."""
        place = limits.client(self.request)
        if limits.is_over("faq.suggest", place, most=MOST_FROM_ONE_PLACE, seconds=HOUR):
            return True
        return bool(email) and limits.is_over(
            "faq.suggest.to", email.lower(), most=MOST_TO_ONE_ADDRESS, seconds=HOUR
        )

    def _show(self, form: forms.Question, status: int = 200) -> HttpResponse:
        context = {"form": form, "index": queries.help_centre(get_language() or "")}
        return render(self.request, "faq/suggest.html", context, status=status)


@require_safe
@never_cache
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """How far it is. The reference is hard to guess and nothing personal stands here."""
    suggestion = get_object_or_404(Suggestion.objects.select_related("question__locale"), reference=reference)
    context = {"suggestion": suggestion, "index": queries.help_centre(get_language() or "")}
    response = render(request, "faq/suggestion.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


suggest = SuggestView.as_view()
