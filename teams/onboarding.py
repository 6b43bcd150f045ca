"""A business registers itself: a draft that is filled in step by step and sent when nothing is missing.

for step in onboarding.steps(business): step.missing(business)   # words for what is still to come
onboarding.send(business=business, by=ayse, now=now)             # draft → submitted
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import journal

from . import events, licences, role_templates, trader, verification
from .errors import Incomplete, NotADraft
from .kinds import Kind
from .licence_kinds import NEEDED, LicenceKind
from .models import Business, Location, Role, Verification
from .states import MOVES, Status, VerificationStatus

Missing = Callable[[Business], list[Any]]
KIND, IDENTITY, PLACE, HOURS, BANK, SUMMARY = "tur", "kimlik", "yer", "saatler", "banka", "ozet"


@dataclass(frozen=True)
class Step:
    """One page of the registration. `key` stands in its address; `licence` on the pages of permits."""

    key: str
    label: Any
    missing: Missing
    licence: str = ""


@dataclass(frozen=True)
class Progress:
    step: Step
    missing: list[Any]

    @property
    def is_done(self) -> bool:
        return not self.missing


def _nothing(business: Business) -> list[Any]:
    return []


def _of_fields(*names: str) -> Missing:
    def missing(business: Business) -> list[Any]:
        labels = ((name, Business._meta.get_field(name).verbose_name) for name in names)  # type: ignore[union-attr]
        return [label for name, label in labels if not getattr(business, name)]

    return missing


def _of_identity(business: Business) -> list[Any]:
    missing = _of_fields("legal_name", "tax_number", "tax_office")(business)
    if business.kind == Kind.SHOP and not trader.is_named(business):
        missing += _of_fields(*trader.TRADER)(business)
    return missing


def _of_place(business: Business) -> list[Any]:
    place = main_location(business)
    needed = ["province", "district", "neighbourhood", "building"]
    labels = [Location._meta.get_field(name).verbose_name for name in needed if not getattr(place, name)]  # type: ignore[union-attr]
    return labels + _of_fields("phone", "email")(business)


def _of_hours(business: Business) -> list[Any]:
    return [] if main_location(business).weekly_hours.exists() else [_("opening hours")]


def _of_licence(kind: LicenceKind) -> Missing:
    def missing(business: Business) -> list[Any]:
        return [kind.label] if licences.missing_permits(business, [kind]) else []

    return missing


LICENCE_STEPS = {
    LicenceKind.PRACTICE: "muayenehane-ruhsati",
    LicenceKind.WORK_PERMIT: "calisma-izni",
    LicenceKind.VEHICLE: "arac-izni",
    LicenceKind.DRIVER: "surucu-belgesi",
    LicenceKind.SHELTER: "barinak-izni",
    LicenceKind.WORKPLACE: "isyeri-ruhsati",
}


def steps(business: Business) -> list[Step]:
    """The pages this kind of business goes through."""
    permits = [
        Step(LICENCE_STEPS[kind], kind.label, _of_licence(kind), kind) for kind in NEEDED[business.kind]
    ]
    return [
        Step(KIND, _("Kind of business"), _nothing),
        Step(IDENTITY, _("Name and legal person"), _of_identity),
        Step(PLACE, _("Address and contact"), _of_place),
        Step(HOURS, _("Opening hours"), _of_hours),
        *permits,
        Step(BANK, _("Bank account"), _of_fields("iban", "iban_holder")),
        Step(SUMMARY, _("Summary"), _nothing),
    ]


def progress(business: Business) -> list[Progress]:
    return [Progress(step, step.missing(business)) for step in steps(business)]


def first_hole(business: Business) -> Step | None:
    return next((one.step for one in progress(business) if one.missing), None)


def main_location(business: Business) -> Location:
    return business.locations.get(is_main=True)


def last_return(business: Business) -> Verification | None:
    """The review that sent it back, with its reasons."""
    sent = business.verifications.filter(topic="onboarding").order_by("-sent_at", "-pk").first()
    return sent if sent and sent.status == VerificationStatus.RETURNED else None


@transaction.atomic
def edit(*, business: Business, values: dict[str, Any], by: Any) -> None:
    """Write facts of a draft. One that was returned becomes a draft again. Raises NotADraft."""
    open_draft(business=business, by=by)
    for name, value in values.items():
        setattr(business, name, value)
    business.save(update_fields=list(values))
    journal.write(events.PROFILE_EDITED, actor=by, subject=business, data={"fields": sorted(values)})


@transaction.atomic
def choose_kind(*, business: Business, kind: str, name: str, by: Any) -> None:
    """Another kind has other roles; those somebody holds stay. Permits of the old kind are withdrawn."""
    edit(business=business, values={"kind": kind, "name": name}, by=by)
    wanted = {template.key for template in role_templates.of_kind(kind)}
    unused = business.roles.exclude(template="").filter(memberships=None)
    unused.exclude(template__in=wanted).delete()
    held = set(business.roles.values_list("template", flat=True))
    Role.objects.bulk_create(Role(business=business, template=key) for key in sorted(wanted - held))
    for licence in business.licences.filter(status="waiting").exclude(kind__in=NEEDED[kind]):
        licences.withdraw(licence=licence, by=by)


@transaction.atomic
def open_draft(*, business: Business, by: Any) -> None:
    """Make sure it may be edited now, for as long as this transaction lasts."""
    locked = Business.objects.select_for_update().get(pk=business.pk)
    if locked.status == Status.REJECTED:
        MOVES.move(business, Status.DRAFT, event=events.REOPENED, actor=by)
    elif locked.status != Status.DRAFT:
        raise NotADraft


@transaction.atomic
def send(*, business: Business, by: Any, now: datetime) -> Verification:
    """Draft → submitted. Raises Incomplete while something is missing, NotADraft when it was sent."""
    open_draft(business=business, by=by)
    if first_hole(business):
        raise Incomplete
    licences.note_addresses(business)
    MOVES.move(business, Status.SUBMITTED, event=events.SUBMITTED, actor=by)
    return verification.send_onboarding(business=business, by=by, now=now)
