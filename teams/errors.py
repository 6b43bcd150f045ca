"""Refusals of this room, with words fit for people."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class Incomplete(Refused):
    code = "incomplete"
    message = _("Something is still missing.")


class NotADraft(Refused):
    code = "not_a_draft"
    message = _("This was sent already and cannot be edited while it waits.")


class NothingChanged(Refused):
    code = "nothing_changed"
    message = _("This is what is in force already.")


class StaleReview(Refused):
    code = "stale_review"
    message = _("This has changed since you opened it. Read it again before you decide.")


class SameReviewer(Refused):
    code = "same_reviewer"
    message = _("You have approved this already. A second person has to look at it.")


class OwnBusiness(Refused):
    code = "own_business"
    message = _("You work for this business, so somebody else has to review it.")


class NoReason(Refused):
    code = "no_reason"
    message = _("Write at least one reason, so that they know what to mend.")


class LicenceFixed(Refused):
    code = "licence_fixed"
    message = _("A licence that was reviewed does not change. Add its renewal instead.")


class BranchInUse(Refused):
    code = "branch_in_use"
    message = _("A licence is bound to this branch, so it stays.")


class MainBranchStays(Refused):
    code = "main_branch_stays"
    message = _("The main branch stays. Make another one the main branch first.")


class TooManyFiles(Refused):
    code = "too_many_files"
    message = _("A licence may have at most 10 files.")
