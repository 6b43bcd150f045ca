"""What the ground proves about itself. (`core.proofs` is the registry.)"""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Line
from .proofs import Result, State, proof

LATEST = timedelta(minutes=5)


@proof("core.journal_delivers", title=gettext_lazy("Mails and reactions arrive within five minutes"))
def journal_delivers() -> Result:
    """Nothing waits longer than five minutes and nothing was given up."""
    late = Line.objects.due(timezone.now()).filter(due_at__lt=timezone.now() - LATEST).count()
    parked = Line.objects.parked().count()
    figures = f"{late} late, {parked} parked, {Line.objects.count()} lines"
    if parked:
        return Result(State.FAILED, _("Something did not reach its goal; staff are on it."), figures)
    if late:
        return Result(State.DEGRADED, _("Mails and reactions are late right now."), figures)
    return Result(State.OK, _("Nothing has waited longer than five minutes."), figures)
