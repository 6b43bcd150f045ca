"""What can be booked, as search engines read it (schema.org). Only what the page itself says."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from core.provinces import BY_CODE

from .models import Offering


def offering(row: Offering, request: HttpRequest) -> dict[str, Any]:
    address, firm = (request.build_absolute_uri(one.get_absolute_url()) for one in (row, row.business))
    area = ", ".join(part for part in (row.location.district, BY_CODE.get(row.location.province, "")) if part)
    found = {
        "@context": "https://schema.org",
        "@type": "Service",
        "@id": address,
        "name": row.name,
        "description": row.text,
        "serviceType": str(row.get_kind_display()),
        "areaServed": area,
        "provider": {"@type": "LocalBusiness", "@id": firm, "name": row.business.name, "url": firm},
        "offers": {"@type": "Offer", "price": f"{row.price:.2f}", "priceCurrency": "TRY", "url": address},
    }
    if row.traits.by_quote:
        del found["offers"]
    return {key: value for key, value in found.items() if value}
