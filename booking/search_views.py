"""`/randevu/`: a sentence or a few fields, and what is free. All of it stands in the address."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from accounts.models import Address
from pets.models import Pet
from pets.species import Species
from teams.models import Business

from . import search_asked, search_finding, search_reading
from .search_asked import FIELDS, Asked
from .search_reading import LONGEST, Place
from .search_words import Part


@method_decorator(never_cache, name="dispatch")
class Search(TemplateView):
    """What is free is counted anew for every reader; nothing of it is kept."""

    template_name = "booking/search/search.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A sentence becomes fields, and the address says them: days stay the same when it is shared."""
        sentence = request.GET.get("q", "").strip()
        if sentence:
            asked = understood(sentence[:LONGEST], search_asked.read(request.GET))
            return HttpResponseRedirect(f"{reverse('booking_search')}?{asked.query()}")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now, pets = timezone.now(), pets_of(self.request.user)
        is_first = not any(name in self.request.GET for name in FIELDS)
        asked = search_asked.read(self.request.GET)
        if is_first and self.request.user.is_authenticated:
            asked = replace(asked, species=usual_species(pets), place=usual_place(self.request.user))
        found = search_finding.find(asked, now=now, pets=pets)
        return super().get_context_data(
            asked=asked,
            found=found,
            values=asked.values,
            is_first=is_first,
            is_asked=bool(asked.chips),
            is_past=bool(asked.first) and search_finding.span(asked, now)[1] < timezone.localdate(now),
            is_far=_is_far(asked, found),
            nearest=[(day, asked.query(first=day, last=day, after="")) for day in found.nearest],
            next=f"{asked.query()}&sonra={found.after}" if found.after else "",
            any_day=asked.query(first=None, last=None, after=""),
            anywhere=asked.query(place=None, after=""),
            today=timezone.localdate(now),
            **choices(asked),
            **kwargs,
        )


def understood(sentence: str, asked: Asked) -> Asked:
    """With what the sentence says; words that name a service or a business look for it, the rest is told."""
    said = search_reading.read(sentence, today=timezone.localdate())
    names = search_finding.named(said.rest)
    rest = [word for word in said.rest if word not in names]
    return search_asked.with_sentence(asked, said, " ".join(names), " ".join(rest))


def choices(asked: Asked) -> dict[str, Any]:
    """For the fields; the place that is looked for is among them, also when nothing can be booked there."""
    places = search_finding.places()
    if asked.place and asked.place not in places:
        places.append(asked.place)
    groups: dict[str, list[tuple[str, str]]] = {}
    for place in sorted(places, key=lambda one: (not one.province, one.province)):
        name = Place(place.province).label
        options = groups.setdefault(name, [])
        if place.province and not options:
            options.append((place.province, ""))
        if place.district:
            options.append((search_asked.place_code(place), place.district))
    return {
        "places": list(groups.items()),
        "services": search_asked.services(),
        "animals": Species.choices,
        "day_parts": Part.choices,
    }


def _is_far(asked: Asked, found: search_finding.Found) -> bool:
    return bool(asked.first and found.farthest and not found.hits and asked.first > found.farthest)


def pets_of(user: Any) -> list[Pet]:
    return list(Pet.objects.kept_by(user).living()) if user.is_authenticated else []


def usual_species(pets: list[Pet]) -> str:
    """Of her animals, when they are all of one kind."""
    found = {pet.species for pet in pets}
    return found.pop() if len(found) == 1 else ""


def usual_place(user: Any) -> Place | None:
    """Where she lives, as her usual address says it."""
    row = Address.objects.filter(user=user).order_by("-is_default", "pk").first()
    return Place(row.province, row.district) if row else None


@method_decorator(never_cache, name="dispatch")
class OfBusiness(TemplateView):
    """What can be booked at a business and when the next time is free; the page of the business shows it."""

    template_name = "booking/search/of_business.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        business = get_object_or_404(Business.objects.listed(), slug=self.kwargs["slug"])
        found = search_finding.find(Asked(business=business.slug), now=timezone.now())
        return super().get_context_data(business=business, found=found, **kwargs)
