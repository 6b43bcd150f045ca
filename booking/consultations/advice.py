"""The advice notice: a legal document with versions. Who enters has accepted the version in force.

Whoever books sees it before; who enters accepts it for this booking, and the acceptance keeps person,
version, moment and address. Without a text in force no room opens for a customer.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from legal import queries, services
from legal.models import Acceptance, Version
from legal.queries import Paper

from .errors import NoAdviceText
from .models import Consultation

DOCUMENT = "danismanlik-bilgilendirme"


def text() -> Paper | None:
    """The version in force and where it stands."""
    version = queries.in_force(DOCUMENT)
    return queries.papers([version])[0] if version else None


def context_of(consultation: Consultation) -> str:
    return f"consultation {consultation.booking.number}"


def is_accepted(consultation: Consultation, user: Any) -> bool:
    """The version in force, for this booking. Raises NoAdviceText."""
    version = queries.in_force(DOCUMENT)
    if version is None:
        raise NoAdviceText
    return Acceptance.objects.filter(user=user, version=version, context=context_of(consultation)).exists()


def accept(consultation: Consultation, *, version: Version, by: Any, now: datetime, **where: Any) -> None:
    services.accept(user=by, version=version, context=context_of(consultation), now=now, **where)
