"""The slip that goes into the box: what lies in it, for whom, without prices, since it may be a gift."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from commerce import barcodes, return_codes
from core import pdf


def facts(parcel: Any) -> dict[str, Any]:
    """For the page and for the PDF alike."""
    address = parcel.order.shipping_address
    return {
        "number": parcel.number,
        "seller": parcel.business.name,
        "to": list(address.active_address_fields()) if address else [],
        "of": _of(parcel),
        "rows": [(line.title, line.partner_sku, str(line.kept)) for line in _sent(parcel)],
        "note": _note(parcel),
        "bars": [(str(x), str(width)) for x, width in barcodes.code128(parcel.number)],
        "width": barcodes.width(parcel.number),
    }


def render(parcels: list[Any]) -> bytes:
    """One PDF, a page for each parcel."""
    words = {
        "title": _("Packing slip"),
        "product": _("Product"),
        "code": _("Item code"),
        "pieces": _("Pieces"),
        "date": _parts(timezone.localdate()),
        "printed": date_format(timezone.localtime(), "j F Y H:i"),
    }
    return pdf.render("slip", words | {"slips": [facts(parcel) for parcel in parcels]})


def _of(parcel: Any) -> str:
    number = len(parcel.order.neighbours)
    if number == 1:
        return _("the only parcel")
    return _("parcel %(place)d of %(number)d") % {"place": parcel.position, "number": number}


def _sent(parcel: Any) -> list[Any]:
    return [line for line in parcel.lines.all() if line.kept]


def _note(parcel: Any) -> str:
    code = {"code": return_codes.of(parcel)}
    back = _("You may send it back within 14 days: diji.vet/iade, code %(code)s.") % code
    if len(parcel.order.neighbours) == 1:
        return back
    return _("The other parcels of your order come on their own.") + " " + back


def _parts(day: Any) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}
