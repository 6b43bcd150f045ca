"""Giving out a picture of a report. Ask first who looks."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from ..models import Booking
from .models import ReportPhoto

SIZES = ("large", "small")


def answer(booking: Booking, pk: int, size: str) -> HttpResponse:
    """Of this booking, as a picture and nothing else; kept by nobody on the way."""
    if size not in SIZES:
        raise Http404
    photo = get_object_or_404(ReportPhoto, report__booking=booking, pk=pk)
    try:
        with getattr(photo, size).open("rb") as file:  # at most a few hundred kilobytes: we made it
            found = HttpResponse(file.read(), content_type="image/jpeg")
    except FileNotFoundError as error:
        raise Http404 from error
    found["X-Content-Type-Options"] = "nosniff"
    found["Cache-Control"] = "private, no-store"
    found["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return found
