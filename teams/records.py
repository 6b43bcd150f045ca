"""The record of a business in its people's words.

Every journal line with `data={"business": pk, …}` belongs to it; a room says how its lines read:

    records.tell(events.MEMBER_LEFT, _("%(person)s left the team (%(role)s)."), icon="user")

A line without words is for machines and is not shown. Names are looked up when the record is read: the
journal holds ids, so a person who asks to be forgotten is forgotten here too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.db.models.fields.json import KT
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.models import Line

from . import events, modules, role_templates
from .models import Business, Invitation, Topic

Words = Callable[[dict[str, Any]], Any]
PEOPLE = ("user", "giver", "taker")


@dataclass(frozen=True)
class Record:
    at: datetime
    who: str
    text: str
    icon: str


_words: dict[str, tuple[Any, str]] = {}


def tell(name: str, words: Any, *, icon: str) -> None:
    """`words` is a lazy text with %(person)s, %(role)s and so on, or a function of the line's data."""
    _words[name] = (words, icon)


def of_business(business: Business) -> QuerySet[Line]:
    rows = Line.objects.annotate(about=KT("data__business")).filter(about=str(business.pk), name__in=_words)
    return rows.select_related("actor").order_by("-at", "-pk")


def read(lines: Iterable[Line]) -> list[Record]:
    """Two queries for all names, however many lines."""
    lines = list(lines)
    names, addresses = _names(lines), _addresses(lines)
    return [_record(line, names, addresses) for line in lines]


def _record(line: Line, names: dict[int, str], addresses: dict[str, str]) -> Record:
    words, icon = _words[line.name]
    told = dict(line.data)
    told.update({key: names.get(told[key], _now("a former member")) for key in PEOPLE if key in told})
    told.update({key: str(role_templates.label_of(told[key])) for key in ("role", "from") if told.get(key)})
    told["person"] = told.get("user", "")
    told["email"] = addresses.get(line.subject_id or "", "")
    text = words(told) if callable(words) else words
    who = (line.actor.get_full_name() or line.actor.email) if line.actor else _now("Diji.vet")
    return Record(line.at, who, str(text) % told, icon)


def _names(lines: list[Line]) -> dict[int, str]:
    ids = {line.data[key] for line in lines for key in PEOPLE if key in line.data}
    people = get_user_model().objects.filter(pk__in=ids)
    return {person.pk: person.get_full_name() or person.email for person in people}


def _addresses(lines: list[Line]) -> dict[str, str]:
    kind = ContentType.objects.get_for_model(Invitation)
    ids = {int(line.subject_id or 0) for line in lines if line.subject_type_id == kind.pk}
    return {str(pk): email for pk, email in Invitation.objects.filter(pk__in=ids).values_list("pk", "email")}


def _of_module(told: dict[str, Any]) -> Any:
    told["module"] = modules.BY_CODE[told["module"]].label
    on, off = _("Switched the module “%(module)s” on."), _("Switched the module “%(module)s” off.")
    return on if told["is_on"] else off


def _of_change(text: Any) -> Words:
    return lambda told: text % {"topic": Topic(told["topic"]).label}


tell(events.OPENED, _("Opened the business."), icon="store")
tell(events.MEMBER_JOINED, _("%(person)s joined the team as %(role)s."), icon="user-check")
tell(events.MEMBER_LEFT, _("%(person)s (%(role)s) is no longer in the team."), icon="door-open")
tell(events.ROLE_CHANGED, _("Role of %(person)s: %(from)s → %(role)s."), icon="user-cog")
tell(events.MODULE_SWITCHED, _of_module, icon="layers")
tell(events.INVITED, _("Invited %(email)s as %(role)s."), icon="mail")
tell(events.INVITED_AGAIN, _("Sent the invitation of %(email)s again."), icon="mail")
tell(events.INVITATION_ACCEPTED, _("Accepted the invitation as %(role)s."), icon="check")
tell(events.INVITATION_DECLINED, _("Declined the invitation as %(role)s."), icon="x")
tell(events.INVITATION_REVOKED, _("Withdrew the invitation of %(email)s."), icon="undo-2")
tell(events.INVITATION_EXPIRED, _("The invitation of %(email)s ran out."), icon="clock")
tell(events.ROLE_MADE, _("Made the role “%(role)s”."), icon="plus")
tell(events.ROLE_EDITED, _("Changed the role “%(role)s”."), icon="pencil")
tell(events.ROLE_REMOVED, _("Removed the role “%(role)s”."), icon="trash-2")
tell(events.OWNERSHIP_OFFERED, _("%(giver)s offered the ownership to %(taker)s."), icon="crown")
tell(events.OWNERSHIP_ACCEPTED, _("The ownership went from %(giver)s to %(taker)s."), icon="crown")
tell(events.OWNERSHIP_DECLINED, _("%(taker)s declined the ownership."), icon="crown")
tell(events.OWNERSHIP_WITHDRAWN, _("%(giver)s withdrew the offer of ownership."), icon="crown")
tell(events.OWNERSHIP_EXPIRED, _("The offer of ownership to %(taker)s ran out."), icon="crown")
tell(events.CHANGE_REQUESTED, _of_change(_("Sent for review: %(topic)s.")), icon="git-compare-arrows")
tell(events.CHANGE_EDITED, _of_change(_("Sent again for review: %(topic)s.")), icon="git-compare-arrows")
tell(events.CHANGE_WITHDRAWN, _of_change(_("Took back the request: %(topic)s.")), icon="undo-2")
tell(events.CHANGE_APPROVED, _of_change(_("Approved: %(topic)s.")), icon="file-check")
tell(events.CHANGE_RETURNED, _of_change(_("Returned with a note: %(topic)s.")), icon="undo-2")
