"""A business as search engines read it (schema.org)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import mark_safe

from core.provinces import BY_CODE

from .kinds import Kind
from .models import Business, Location
from .models.hours import clock

TYPES = {Kind.CLINIC: "VeterinaryCare", Kind.SHOP: "PetStore", Kind.SHELTER: "AnimalShelter"}
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


_CLOSING = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def as_script(data: dict[str, Any]) -> str:
    """Inside <script>: no letter of it can end the element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_CLOSING))


def business(row: Business, places: Iterable[dict[str, Any]], request: HttpRequest) -> dict[str, Any]:
    """Only what the page itself says. Our own kinds without a type of theirs are a LocalBusiness."""
    main, *others = list(places)
    address = request.build_absolute_uri(row.get_absolute_url())
    found = {
        "@context": "https://schema.org",
        "@type": TYPES.get(Kind(row.kind), "LocalBusiness"),
        "@id": address,
        "name": row.name,
        "legalName": row.legal_name,
        "url": address,
        "description": row.about,
        "telephone": row.phone,
        "email": row.email,
        "address": _address(main["location"]),
        "openingHoursSpecification": _hours(main["book"].weekly),
        "department": [
            {"@type": "LocalBusiness", "name": one["location"].name, "address": _address(one["location"])}
            for one in others
        ],
    }
    return {key: value for key, value in found.items() if value}


def _address(place: Location) -> dict[str, Any]:
    street = " ".join(part for part in (place.neighbourhood, place.street, place.building) if part)
    found = {
        "streetAddress": street,
        "addressLocality": place.district,
        "addressRegion": BY_CODE.get(place.province, ""),
        "postalCode": place.postcode,
        "addressCountry": "TR",
    }
    return {"@type": "PostalAddress"} | {key: value for key, value in found.items() if value}


def _hours(weekly: dict[int, list[tuple[int, int]]]) -> list[dict[str, Any]]:
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": DAYS[day],
            "opens": f"{clock(start):%H:%M}",
            "closes": f"{clock(end):%H:%M}",
        }
        for day, spans in sorted(weekly.items())
        for start, end in spans
    ]
