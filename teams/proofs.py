"""What this room proves about itself."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.proofs import Result, State, proof

from . import facts
from .models import Business, Verification
from .states import Status, VerificationStatus


@proof("teams.verified_facts_reviewed", title=gettext_lazy("Verified facts are those a review has approved"))
def verified_facts_reviewed() -> Result:
    """Legal name, tax number, bank account and licences in force equal what was approved last."""
    checked = list(Business.objects.filter(status__in=[Status.VERIFIED, Status.SUSPENDED]))
    wrong = [row.pk for row in checked if _approved_last(row) != facts.in_force(row)]
    figures = f"{len(checked)} checked, differing: {wrong[:50]}"
    if wrong:
        return Result(State.FAILED, _("A fact of a business is not the one that was approved."), figures)
    public = _("All facts of the %d verified businesses are those a review has approved.") % len(checked)
    return Result(State.OK, public, figures)


def _approved_last(business: Business) -> dict | None:
    approved = Verification.objects.filter(business=business, status=VerificationStatus.APPROVED)
    last = approved.order_by("-decided_at", "-pk").first()
    return last.facts if last else None
