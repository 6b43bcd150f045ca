"""What lines of accounts mean for the newsletter."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import queries as accounts
from accounts.models import ConsentState
from core import journal, mail_kinds
from core.audiences import Audience
from core.models import Line

from . import consent, events, permission, services
from .models import Subscription
from .services.subscribing import BY_ACCOUNT

mail_kinds.commercial("newsletter/issue", allowed=permission.may_write_to)


@journal.on(events.CONSENT_GIVEN, events.CONSENT_WITHDRAWN)
def follow_consent(line: Line) -> None:
    """Allowed or taken back under Account > My consents. What holds there now counts, not the line."""
    if line.data.get("purpose") != consent.PURPOSE.code or line.subject is None:
        return
    user = line.subject.user
    decision = accounts.consent_in_force(user, consent.PURPOSE.code)
    row = Subscription.objects.filter(email=user.email).first()
    if decision is None:
        return
    where = services.Where(
        source=str(decision.evidence.get("path", "")), locale=user.locale, ip=decision.evidence.get("ip")
    )
    if decision.state == ConsentState.WITHDRAWN:
        if row:
            services.stop(subscription=row, where=where, now=timezone.now(), by=user)
    elif row is None or not row.is_active:
        _ask(user, where)


def _ask(user: object, where: services.Where) -> None:
    """She confirms by mail, as everybody."""
    try:
        services.ask(
            email=user.email,  # type: ignore[attr-defined]
            audiences=Audience.values,
            where=where,
            now=timezone.now(),
            by=user,  # type: ignore[arg-type]
        )
    except ValidationError:
        return


@journal.on(events.CLOSING)
def stop_with_account(line: Line) -> None:
    """Who has her account erased gets no mail from us from that day on; the proof stays its three years."""
    row = Subscription.objects.filter(email=line.subject.email).first() if line.subject else None
    if row:
        where = services.Where(source=BY_ACCOUNT, locale=row.locale)
        services.stop(subscription=row, where=where, now=timezone.now(), by=line.actor)
