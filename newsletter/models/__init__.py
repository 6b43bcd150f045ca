from .issues import Delivery, Issue, IssueItem
from .iys import IysChange, IysReport, IysSync
from .sender import SenderDetails
from .subscriptions import ConsentText, Evidence, EvidenceKind, Subscription

__all__ = [
    "ConsentText",
    "Delivery",
    "Evidence",
    "EvidenceKind",
    "Issue",
    "IssueItem",
    "IysChange",
    "IysReport",
    "IysSync",
    "SenderDetails",
    "Subscription",
]
