"""What the newsletter promises: one issue a month, only to who confirmed, once each."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.proofs import Result, State, proof

from . import queries
from .models import Delivery, Evidence, EvidenceKind, Issue
from .services.assembling import month_before
from .states import DeliveryStatus

PATIENCE = timedelta(hours=6)  # so long after a month's beginning its issue may be missing
LEFT = [DeliveryStatus.CLAIMED, DeliveryStatus.SENT, DeliveryStatus.UNKNOWN]
DECISIVE = [EvidenceKind.CONFIRMED, EvidenceKind.RETURNED, EvidenceKind.STOPPED]


@proof(
    "newsletter.to_confirmed_once",
    title=gettext_lazy("The newsletter goes once a month, only to those who confirmed it"),
)
def to_confirmed_once() -> Result:
    wrong, unknown = unallowed().count(), Delivery.objects.filter(status=DeliveryStatus.UNKNOWN).count()
    is_missing, last = _is_missing(), Issue.objects.public().first()
    figures = f"{wrong} without a yes, {unknown} unknown, issue missing: {is_missing}"
    if wrong:
        public = _("The newsletter went to somebody who had not confirmed it or had ended it.")
        return Result(State.FAILED, public, figures)
    if is_missing:
        return Result(State.FAILED, _("The issue of last month was not made."), figures)
    if unknown:
        public = _("Of some mails we do not know whether they arrived; somebody looks at them.")
        return Result(State.DEGRADED, public, figures)
    if last is None:
        return Result(State.OK, _("No issue has left yet; nobody got one without a yes."), figures)
    sent = queries.progress(last).sent
    public = ngettext(
        "The last issue went to %(count)d confirmed reader, once.",
        "The last issue went to %(count)d confirmed readers, once each.",
        sent,
    )
    return Result(State.OK, public % {"count": sent}, figures)


def unallowed() -> QuerySet[Delivery]:
    """Mails that left although the last word of the reader before it was no yes."""
    words = Evidence.objects.filter(
        subscription=OuterRef("subscription"), kind__in=DECISIVE, at__lte=OuterRef("claimed_at")
    )
    last = Subquery(words.order_by("-at", "-pk").values("kind")[:1])
    left = Delivery.objects.filter(status__in=LEFT, subscription__isnull=False).annotate(last_word=last)
    return left.filter(Q(last_word=None) | Q(last_word=EvidenceKind.STOPPED))


def _is_missing() -> bool:
    """Whether the month that has ended has no issue, where months before had one."""
    ago = timezone.localdate(timezone.now() - PATIENCE)
    found = Issue.objects.filter(month=month_before(ago)).exists()
    return not found and Issue.objects.exists()
