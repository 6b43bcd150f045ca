"""What accounts promise about themselves."""

from __future__ import annotations

from datetime import timedelta

from django.core.cache import cache
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from redis.exceptions import RedisError

from core.models import Mail
from core.proofs import Result, State, proof

from . import codes, rules

PROMISED = rules.CodeRules(digits=6, minutes=10, tries=5, sends_per_hour=3)
SLOW = timedelta(minutes=1)


@proof("accounts.reset_code", title=gettext_lazy("A forgotten password is renewed by a code"))
def reset_code() -> Result:
    """The rules in force are the promised ones, codes are kept sealed, counted, and leave in time."""
    force, late = rules.of_reset(), _late_codes()
    figures = f"{force}, {late} late in 24 h"
    if force != PROMISED or not _seals():
        return Result(State.FAILED, _("Codes do not follow our rules right now; staff are on it."), figures)
    if not _counts():
        return Result(State.DEGRADED, _("Codes cannot be asked for right now."), figures)
    if late:
        return Result(State.DEGRADED, _("Mails with codes take longer than a minute right now."), figures)
    public = _("A code has %(digits)d digits, is good for %(minutes)d minutes and %(tries)d tries.")
    return Result(State.OK, public % vars(force), figures)


def _seals() -> bool:
    code = codes.new()
    sealed = codes.seal(code)
    other = f"{(int(code) + 1) % 10**codes.DIGITS:0{codes.DIGITS}}"
    return code not in sealed and codes.opens(code, sealed) and not codes.opens(other, sealed)


def _counts() -> bool:
    """Without the counters the forms are closed (accounts.views.needs_limiter)."""
    try:
        cache.get("accounts.proof")
    except RedisError:
        return False
    return True


def _late_codes() -> int:
    now = timezone.now()
    waiting = Q(sent_at=None, queued_at__lt=now - SLOW)
    slow = Q(sent_at__gt=F("queued_at") + SLOW)
    return Mail.objects.filter(
        waiting | slow, template="reset_code", queued_at__gt=now - timedelta(days=1)
    ).count()
