"""Pre-information and distance sales contract, filled in for one seller of one order.

Facts are plain data in Turkish, the language that binds: the same ones stand on the page before the buyer
confirms them, in the frozen `Contract` and in its PDF. What the law says in general comes from the legal
documents in force, named with their version.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone, translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from core import phones
from core.money import display
from finance.documents.masks import masked
from finance.documents.parties import ANY_CONSUMER, Party
from legal.models import Clause, Version
from legal.states import Status
from teams import trader
from teams.models import Location

from .errors import TextsMissing
from .quotes import Line, Quote, Share
from .states import Withdrawal
from .wishes import Wish

INFORMATION, TERMS, FORM = "on-bilgilendirme", "mesafeli-satis", "cayma-formu"
LANGUAGE = settings.LANGUAGE_CODE
Pairs = list[list[str]]


@dataclass(frozen=True)
class Texts:
    """The versions in force of what is confirmed and handed out with an order."""

    information: Version
    terms: Version
    form: Version


@dataclass(frozen=True)
class Paper:
    """Of one seller, ready to be shown, confirmed and frozen."""

    share: Share
    facts: dict[str, Any]
    sha256: str


def texts() -> Texts:
    """Raises TextsMissing: the store cannot sell without them."""
    keys = (INFORMATION, TERMS, FORM)
    rows = Version.objects.filter(document__in=keys, locale=LANGUAGE, status=Status.EFFECTIVE)
    found = {row.document: row for row in rows}
    if len(found) < len(keys):
        raise TextsMissing
    return Texts(*(found[key] for key in keys))


def papers(quote: Quote, wish: Wish, *, now: datetime) -> tuple[Texts, list[Paper]]:
    said = texts()
    businesses = [share.business for share in quote.shares if share.business]
    mains = Prefetch("locations", Location.objects.filter(is_main=True), to_attr="mains")
    prefetch_related_objects(businesses, mains)
    with translation.override(LANGUAGE):
        found = [(share, _facts(share, wish, said, now)) for share in quote.shares]
    return said, [Paper(share, facts, fingerprint(facts)) for share, facts in found]


def fingerprint(facts: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def of_all(papers: Iterable[Paper]) -> str:
    """One fingerprint of everything the buyer confirms."""
    return hashlib.sha256(" ".join(paper.sha256 for paper in papers).encode()).hexdigest()


def _facts(share: Share, wish: Wish, said: Texts, now: datetime) -> dict[str, Any]:
    return {
        "seller": _seller(share.business) if share.business else [],
        "buyer": _buyer(wish),
        "lines": [_line(line) for line in share.lines],
        "totals": _totals(share),
        "total": display(share.total),
        "delivery": _delivery(share, wish, now),
        "information": text(said.information),
        "terms": text(said.terms),
        "form": text(said.form),
    }


def _pairs(*rows: tuple[Any, Any]) -> Pairs:
    return [[str(label), str(value)] for label, value in rows if value]


def identity(business: Any, main: Location | None) -> Pairs:
    """Who a seller is by law (regulation RG 29.12.2022/32058)."""
    office = f" · {business.tax_office} V.D." if business.tax_office else ""
    return _pairs(
        (_("Seller"), business.legal_name or business.name),
        (_("Name in the store"), business.name),
        (_("Address"), main.address if main else ""),
        (_("Tax number"), f"{masked(business.tax_number)}{office}"),
        *trader.facts(business),
    )


def _seller(business: Any) -> Pairs:
    main = business.mains[0] if business.mains else None
    return identity(business, main) + _pairs(
        (_("Phone"), phones.shown(business.phone)),
        (_("E-mail"), business.email),
        (_("Intermediary"), settings.COMPANY["name"]),
    )


def _buyer(wish: Wish) -> Pairs:
    return _pairs(
        (_("Buyer"), wish.name),
        (_("E-mail"), wish.email),
        (_("Phone"), phones.shown(wish.phone)),
        (_("Delivered to"), f"{wish.ship_to.name}, {wish.ship_to.one_line}"),
        (_("Invoice to"), _invoice(wish.invoice_to)),
    )


def _invoice(party: Party) -> str:
    area = " / ".join(part for part in (party.district, party.city) if part)
    number = "" if party.tax_number == ANY_CONSUMER else masked(party.tax_number)
    office = f"{party.tax_office} V.D." if party.tax_office else ""
    parts = (party.name, party.street, f"{party.postcode} {area}".strip(), office, number)
    return ", ".join(part for part in parts if part)


def _line(line: Line) -> dict[str, str]:
    percent = line.product.effective_tax_class
    return {
        "title": line.title,
        "quantity": str(line.quantity),
        "unit": display(line.unit),
        "discount": display(line.discount) if line.discount else "",
        "price": display(line.price),
        "vat": display(line.vat),
        "tax_class": percent,
        "withdrawal": str(Withdrawal(line.withdrawal).label),
    }


def _totals(share: Share) -> Pairs:
    return [
        [_("Goods"), display(share.goods)],
        [_("Delivery"), display(share.delivery)],
        [_("VAT in it"), display(share.vat)],
    ]


def _delivery(share: Share, wish: Wish, now: datetime) -> Pairs:
    if share.way is None:
        return []
    _first, last = share.way.arrives(timezone.localdate(now))
    return _pairs(
        (_("Way of delivery"), share.way.name),
        (_("Arrives"), _("by %(day)s at the latest") % {"day": _day(last)}),
        (_("Paid by transfer"), _("money that takes more than a day moves it by as many business days")),
        (_("Payment"), _("in full with the order, by the way chosen there")),
        (_("Cost of sending back"), _("paid by the seller, with the carrier it names")),
    )


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def text(version: Version) -> dict[str, Any]:
    """A document of law as facts: its words, and which version said them."""
    return {
        "title": version.title,
        "version": number_format(version.number),
        "sha256": version.sha256,
        "clauses": [list(one) for one in _clauses(version.pk, version.sha256)],
    }


@lru_cache(maxsize=32)
def _clauses(version: int, sha256: str) -> tuple[tuple[str, str], ...]:
    """A published version never changes, so its words are read once."""
    rows = Clause.objects.filter(version=version).order_by("order")
    return tuple((row.heading, row.text) for row in rows)
