from .books import SHARED, Account, AccountKind, Checkpoint, ClosedDay, Entry, Txn
from .bundles import Bundle, BundleForm, BundleStatus, DocumentMailed, DocumentMails
from .documents import Document, DocumentCounter, DocumentKind, EState, FileState
from .lines import CommissionLine
from .rates import CommissionRate, Tax, TaxRate

__all__ = [
    "SHARED",
    "Account",
    "AccountKind",
    "Bundle",
    "BundleForm",
    "BundleStatus",
    "Checkpoint",
    "ClosedDay",
    "CommissionLine",
    "CommissionRate",
    "Document",
    "DocumentCounter",
    "DocumentKind",
    "DocumentMailed",
    "DocumentMails",
    "EState",
    "Entry",
    "FileState",
    "Tax",
    "TaxRate",
    "Txn",
]
