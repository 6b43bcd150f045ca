"""The journey for whoever receives the animal: read only, without addresses, phones and code."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from . import links, watching
from .models import TransferJob


@method_decorator(never_cache, name="dispatch")
class Shared(TemplateView):
    template_name = "booking/transfers/shared.html"

    @cached_property
    def job(self) -> TransferJob:
        found = links.job_of_share(self.kwargs["token"])
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tracking = watching.Tracking(self.job, timezone.now(), shows_points=False)
        found = {"tracking": tracking, "job": self.job, "request_": self.job.request}
        return super().get_context_data(**found, token=self.kwargs["token"])


class SharedLive(Shared):
    template_name = "booking/transfers/_live.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("v") == watching.current_version(self.job):
            return HttpResponse(status=204)
        return super().get(request, *args, **kwargs)


class SharedPhoto(Shared):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return watching.photo_answer(self.job, self.kwargs["event"])
