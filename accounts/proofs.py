"""What accounts promise about themselves."""

from __future__ import annotations

from datetime import timedelta

from django.core.cache import cache
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from redis.exceptions import RedisError

from core import personal_data
from core.models import Mail
from core.proofs import Result, State, proof

from . import codes, rules
from .models import ContactChange, DataRequest, User
from .panel import SETTINGS
from .services.requests import BY_MACHINE
from .states import MOVES, RequestStatus, Status

PROMISED = rules.CodeRules(digits=6, minutes=10, tries=5, sends_per_hour=3)
SLOW = timedelta(minutes=1)
SLOW_COPY = timedelta(minutes=30)
LATE_PAUSE = timedelta(minutes=10)  # the sweeper looks once a minute


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


@proof("accounts.settings", title=gettext_lazy("The account is kept under Hesap > Ayarlar"))
def settings_page() -> Result:
    """The page is where the answer says, with its three tabs, and a new e-mail or phone needs a code."""
    with translation.override("tr"):
        paths = [reverse(name) for name in ("account_settings", "settings_addresses", "settings_preferences")]
        menu = f"{SETTINGS.section.label} > {SETTINGS.label}"
    figures = f"{menu}: {', '.join(paths)}"
    unproven = ContactChange.objects.exclude(used_at=None).filter(sealed="").count()
    if menu != "Hesap > Ayarlar" or unproven:
        return Result(State.FAILED, _("The settings are not where we say; staff are on it."), figures)
    public = _("%(menu)s has contact, addresses and preferences; a new e-mail or phone is confirmed by code.")
    return Result(State.OK, public % {"menu": menu}, figures)


@proof("accounts.pause", title=gettext_lazy("A paused account keeps everything and returns at will"))
def pause() -> Result:
    """No pause outlives its date, and no paused account was left without its way back."""
    now = timezone.now()
    late = User.objects.filter(status=Status.SUSPENDED, suspended_until__lt=now - LATE_PAUSE).count()
    stuck = not MOVES.allows(Status.SUSPENDED, Status.ACTIVE)
    figures = f"{User.objects.filter(status=Status.SUSPENDED).count()} paused, {late} past their day"
    if stuck:
        return Result(State.FAILED, _("Paused accounts cannot return; staff are on it."), figures)
    if late:
        return Result(State.DEGRADED, _("Some pauses last longer than their day right now."), figures)
    return Result(
        State.OK, _("Nothing is deleted in a pause, and its owner returns with one press."), figures
    )


@proof("accounts.data_requests", title=gettext_lazy("Requests about data are answered within 30 days"))
def data_requests() -> Result:
    """Nobody waits longer than the law allows, and every model with personal data is in the register."""
    now = timezone.now()
    waiting = DataRequest.objects.filter(status=RequestStatus.OPEN)
    late = waiting.filter(due_at__lt=now - LATE_PAUSE).count()
    slow = waiting.filter(kind__in=BY_MACHINE, asked_at__lt=now - SLOW_COPY).count()
    holes = personal_data.undeclared()
    figures = f"{waiting.count()} open, {late} late, {slow} copies slow, undeclared: {holes or 'none'}"
    if late or holes:
        return Result(State.FAILED, _("A request has waited longer than 30 days; staff are on it."), figures)
    if slow:
        return Result(State.DEGRADED, _("Copies of data take longer than usual right now."), figures)
    return Result(State.OK, _("No request about data has waited longer than 30 days."), figures)


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
