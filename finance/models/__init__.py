from .books import SHARED, Account, AccountKind, Checkpoint, ClosedDay, Entry, Txn
from .documents import Document, DocumentCounter, DocumentKind, EState, FileState
from .lines import CommissionLine
from .rates import CommissionRate, Tax, TaxRate

__all__ = [
    "SHARED",
    "Account",
    "AccountKind",
    "Checkpoint",
    "ClosedDay",
    "CommissionLine",
    "CommissionRate",
    "Document",
    "DocumentCounter",
    "DocumentKind",
    "EState",
    "Entry",
    "FileState",
    "Tax",
    "TaxRate",
    "Txn",
]
