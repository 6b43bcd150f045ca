"""The lives of a payment, an attempt, a refund and its parts, a payout."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.states import Moves


class PaymentStatus(TextChoices):
    OPEN = "open", _("Open")
    PAID = "paid", _("Paid")
    EXPIRED = "expired", _("Expired")
    CANCELLED = "cancelled", _("Cancelled")


class AttemptStatus(TextChoices):
    CREATED = "created", _("Created")  # committed, the bank was not spoken to yet
    STARTED = "started", _("With the customer")
    PENDING_TRANSFER = "pending_transfer", _("Waiting for the transfer")
    CAPTURED = "captured", _("Captured")
    REVIEW = "review", _("Under review")
    FAILED = "failed", _("Failed")
    EXPIRED = "expired", _("Expired")
    UNKNOWN = "unknown", _("Unknown")
    ATTENTION = "attention", _("Needs a person")  # figures differ from ours


class RefundStatus(TextChoices):
    """Of a part: one amount back to one source."""

    REQUESTED = "requested", _("Requested")
    SUBMITTED = "submitted", _("Sent")
    SUCCEEDED = "succeeded", _("Accepted")
    UNKNOWN = "unknown", _("Unknown")
    FAILED = "failed", _("Refused")
    MANUAL = "manual", _("With a person")


class PayoutStatus(TextChoices):
    DRAFT = "draft", _("Requested")
    APPROVED = "approved", _("Approved")
    SENT = "sent", _("Sent")
    PAID = "paid", _("Paid")
    FAILED = "failed", _("Failed")
    RETURNED = "returned", _("Returned")
    CANCELLED = "cancelled", _("Cancelled")


_P, _A, _R, _O = PaymentStatus, AttemptStatus, RefundStatus, PayoutStatus

PAYMENTS = Moves(
    {
        _P.OPEN: {_P.PAID, _P.EXPIRED, _P.CANCELLED},
        _P.EXPIRED: {_P.PAID},  # money that came late and is still of use
    }
)

_ENDS: set[str] = {_A.CAPTURED, _A.REVIEW, _A.FAILED, _A.EXPIRED, _A.UNKNOWN, _A.ATTENTION}
LIVE = [_A.CREATED, _A.STARTED, _A.PENDING_TRANSFER, _A.UNKNOWN, _A.REVIEW]  # money may still come by these
WITH_CUSTOMER = [_A.STARTED, _A.PENDING_TRANSFER]
ATTEMPTS = Moves(
    {
        _A.CREATED: {_A.STARTED, _A.PENDING_TRANSFER, *_ENDS},
        _A.STARTED: {_A.PENDING_TRANSFER, *_ENDS},
        _A.PENDING_TRANSFER: _ENDS,
        _A.UNKNOWN: {_A.STARTED, _A.PENDING_TRANSFER, *_ENDS} - {_A.UNKNOWN},
        _A.REVIEW: {_A.CAPTURED, _A.FAILED, _A.ATTENTION},
        _A.FAILED: {_A.CAPTURED, _A.REVIEW, _A.ATTENTION},  # a later try on the same page, a late notice
        _A.EXPIRED: {_A.CAPTURED, _A.REVIEW, _A.ATTENTION},
        _A.ATTENTION: {_A.CAPTURED, _A.FAILED},
    }
)

REFUNDS = Moves(
    {
        _R.REQUESTED: {_R.SUBMITTED, _R.SUCCEEDED, _R.MANUAL},
        _R.SUBMITTED: {_R.SUCCEEDED, _R.FAILED, _R.UNKNOWN, _R.REQUESTED},
        _R.UNKNOWN: {_R.SUCCEEDED, _R.REQUESTED, _R.FAILED},
        _R.FAILED: {_R.REQUESTED, _R.MANUAL},
        _R.MANUAL: {_R.SUCCEEDED, _R.REQUESTED},
    }
)

PAYOUTS = Moves(
    {
        _O.DRAFT: {_O.APPROVED, _O.CANCELLED},
        _O.APPROVED: {_O.SENT, _O.CANCELLED},
        _O.SENT: {_O.PAID, _O.FAILED, _O.RETURNED},
        _O.PAID: {_O.RETURNED},
    }
)
